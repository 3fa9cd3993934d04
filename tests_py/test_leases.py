"""Leases: holds on frames, given up once, and views that keep what they show."""

import gc
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from children import output_of
from side_by_side import used_up_by_eight
from sources import FILTER, colour

import zcgpu

ROLES = ("decoder", "cache", "presenter", "renderer")
PAINT = colour("vec4(0.2, 0.4, 0.6, 1.0)")
PAINTED = (51, 102, 153, 255)
"""0.2, 0.4 and 0.6 of 255."""


@pytest.fixture
def frame(context: zcgpu.Context) -> zcgpu.Frame:
    return context.scene(PAINT).render(4, 4)


def churn(context: zcgpu.Context) -> None:
    """Draw in other colours until any texture that is free was used again."""
    scene = context.scene(colour("vec4(1.0, 0.0, 0.0, 1.0)"))
    frames = [scene.render(4, 4) for _ in range(8)]
    assert all((np.asarray(frame) == (255, 0, 0, 255)).all() for frame in frames)


def test_a_new_frame_has_one_holder(frame: zcgpu.Frame) -> None:
    assert frame.holders == {"presenter": 1}
    assert frame.release() == {}
    assert frame.closed


@pytest.mark.parametrize("role", ROLES)
def test_a_lease_holds_in_its_role(frame: zcgpu.Frame, role: str) -> None:
    before = frame.holders.get(role, 0)
    with frame.lease(role) as lease:  # type: ignore[arg-type]
        assert lease.role == role
        assert lease.holders == frame.holders
        assert frame.holders[role] == before + 1
    assert frame.holders == {"presenter": 1}


def test_a_lease_keeps_the_pixels_that_the_frame_let_go(
    context: zcgpu.Context, frame: zcgpu.Frame
) -> None:
    with frame.lease("cache") as lease:
        assert frame.release() == {"cache": 1}
        churn(context)
        assert (np.asarray(lease.frame()) == PAINTED).all()
        assert lease.context is context


def test_a_second_release_says_so_and_takes_nothing_from_another(frame: zcgpu.Frame) -> None:
    one, other = frame.lease("cache"), frame.lease("cache")
    one.release()
    for _ in range(3):
        with pytest.raises(zcgpu.LeaseError, match="released before"):
            one.release()
        one.close()
    assert one.closed
    assert not other.closed
    assert frame.holders == {"cache": 1, "presenter": 1}
    other.close()
    with pytest.raises(zcgpu.LeaseError, match="released before"):
        other.release()


@pytest.mark.parametrize(
    "use",
    [
        lambda lease: lease.frame(),
        lambda lease: lease.pass_to("cache"),
        lambda lease: lease.role,
        lambda lease: lease.holders,
        lambda lease: lease.capsule(),
        lambda lease: lease.capsule(owned=False),
        lambda lease: lease.release(),
    ],
)
def test_a_lease_that_was_given_up_is_no_use(
    frame: zcgpu.Frame, use: Callable[[zcgpu.Lease], object]
) -> None:
    released = frame.lease("cache")
    released.release()
    with pytest.raises(zcgpu.LeaseError, match="released before") as error:
        use(released)
    assert error.value.code == 19
    passed = frame.lease("cache")
    with passed.pass_to("renderer"):
        with pytest.raises(zcgpu.LeaseError, match="passed on before"):
            use(passed)
        assert frame.holders == {"presenter": 1, "renderer": 1}


def test_a_hold_passes_on_without_a_moment_of_none(
    context: zcgpu.Context, frame: zcgpu.Frame
) -> None:
    lease = frame.lease("decoder")
    assert frame.release() == {"decoder": 1}
    waiting = context.validate()["waiting"]
    for _ in range(20):
        for role in ROLES:
            lease = lease.pass_to(role)  # type: ignore[arg-type]
            assert lease.holders == {role: 1}
            # What had no holder for a moment would wait for its burial.
            assert context.validate()["waiting"] == waiting
    churn(context)
    with lease:
        assert (np.asarray(lease.frame()) == PAINTED).all()


def test_a_failed_pass_leaves_the_lease_as_it_was(frame: zcgpu.Frame) -> None:
    with frame.lease("cache") as lease:
        with pytest.raises(zcgpu.LeaseError, match="the role 'gpu' is taken when work"):
            lease.pass_to("gpu")  # type: ignore[arg-type]
        with pytest.raises(zcgpu.InvalidArgumentError, match=r"a role is 'decoder'.*not 'owner'"):
            lease.pass_to("owner")  # type: ignore[arg-type]
        assert (lease.role, lease.closed) == ("cache", False)
        assert frame.holders == {"cache": 1, "presenter": 1}


@pytest.mark.parametrize("role", ["GPU", "", "view", None, 5, b"cache"])
def test_what_is_no_role_is_told_the_roles(frame: zcgpu.Frame, role: object) -> None:
    with pytest.raises(zcgpu.InvalidArgumentError, match="a role is 'decoder', 'cache', 'pres"):
        frame.lease(role)  # type: ignore[arg-type]
    assert frame.holders == {"presenter": 1}


def test_the_role_gpu_is_nobodys_to_take(frame: zcgpu.Frame) -> None:
    with pytest.raises(zcgpu.LeaseError, match="dropped by its fence alone"):
        frame.lease("gpu")  # type: ignore[arg-type]


def test_an_image_input_holds_as_cache(context: zcgpu.Context, frame: zcgpu.Frame) -> None:
    scene = context.scene(FILTER)
    scene.inputs["inputImage"] = frame
    assert frame.holders == {"cache": 1, "presenter": 1}
    scene.inputs["inputImage"] = None
    assert frame.holders == {"presenter": 1}


def test_the_gpu_holds_what_it_reads_until_its_fence(context: zcgpu.Context) -> None:
    """On llvmpipe a fence signals when the drawing threads are done: a slow draw shows it."""
    scene = context.scene(
        FILTER.replace(
            "gl_FragColor = IMG_THIS_PIXEL(inputImage);",
            "vec4 c = IMG_THIS_PIXEL(inputImage);\n"
            "for (int i = 0; i < 2000; i++) {\n"
            "  c += 1e-3 * IMG_NORM_PIXEL(inputImage, fract(c.xy + float(i) * 0.37));\n}\n"
            "gl_FragColor = vec4(c.rgb * 1e-6, 1.0);",
        )
    )
    picture = context.frame(np.full((64, 64, 4), 7, np.uint8))
    scene.inputs["inputImage"] = picture
    drawn = scene.render(256, 256)
    assert picture.holders.get("gpu") == 1, "the fence had signalled before anybody could look"
    scene.inputs["inputImage"] = None
    assert picture.holders == {"gpu": 1, "presenter": 1}
    np.asarray(drawn)  # waits for the GPU
    context.scene(PAINT)  # a turn, which asks the fences
    assert picture.holders == {"presenter": 1}


def test_closing_a_context_takes_no_lease_away(frame: zcgpu.Frame, context: zcgpu.Context) -> None:
    lease = frame.lease("cache")
    context.close()
    assert frame.holders == {"cache": 1, "presenter": 1}
    with pytest.raises(zcgpu.ClosedError):
        lease.pass_to("renderer")
    with pytest.raises(zcgpu.ClosedError):
        frame.lease("cache")
    lease.release()
    assert frame.release() == {}


def test_a_stale_lease_is_told_and_can_be_released() -> None:
    with zcgpu.Context() as context:
        frame = context.scene(PAINT).render(2, 2)
        lease = frame.lease("cache")
        context.reinitialize()
        with pytest.raises(zcgpu.StaleError, match=r"generation 1 .* in generation 2"):
            lease.pass_to("renderer")
        with pytest.raises(zcgpu.StaleError):
            frame.lease("cache")
        with pytest.raises(zcgpu.StaleError):
            np.asarray(lease.frame())
        assert lease.role == "cache"
        lease.release()
        assert frame.release() == {}


def test_a_released_frame_tells_who_defers_it(context: zcgpu.Context, frame: zcgpu.Frame) -> None:
    scene = context.scene(FILTER)
    scene.inputs["inputImage"] = frame
    view = memoryview(frame)
    with frame.lease("renderer"), frame.lease("renderer"):
        assert frame.release() == {"cache": 1, "renderer": 2, "view": 1}
    with pytest.raises(zcgpu.ClosedError, match="this frame is closed"):
        frame.release()
    with pytest.raises(zcgpu.ClosedError, match="this frame is closed"):
        frame.holders  # noqa: B018
    frame.close()
    assert view.tobytes() == bytes(PAINTED) * 16


def test_views_are_counted_until_they_go(frame: zcgpu.Frame) -> None:
    views: list[Any] = [np.asarray(frame), memoryview(frame), np.from_dlpack(frame)]
    views.append(views[0][1:, 1:])
    assert frame.holders == {"presenter": 1, "view": 3}
    views.clear()
    assert frame.holders == {"presenter": 1}


def test_a_view_keeps_its_pixels_and_neither_frame_nor_texture(context: zcgpu.Context) -> None:
    scene = context.scene(PAINT)
    views = [np.asarray(scene.render(1024, 1024)) for _ in range(40)]
    census = zcgpu.census()
    assert (census["frames"], census["mappings"]) == (0, 40)
    assert all((view[::64, ::64] == PAINTED).all() for view in views)
    context.close()
    del scene, context
    gc.collect()
    assert all((view[::64, ::64] == PAINTED).all() for view in views)


def test_a_thousand_views_need_no_more_of_the_gpu_than_one() -> None:
    with zcgpu.Context(pool_budget=4 * 64 * 64 * 4) as context:
        scene = context.scene(PAINT)
        views = [np.asarray(scene.render(64, 64)) for _ in range(1000)]
        assert all((view[::8, ::8] == PAINTED).all() for view in views)
        with pytest.raises(zcgpu.PoolExhausted, match="presenter"):
            [scene.render(64, 64) for _ in range(1000)]


def test_all_who_hold_a_frame_share_its_pixels(frame: zcgpu.Frame) -> None:
    with frame.lease("cache") as lease:
        one, other = np.asarray(frame), np.asarray(lease.frame())
        assert np.shares_memory(one, other)
        assert frame.holders == {"cache": 1, "presenter": 1, "view": 2}


def test_a_lease_dropped_held_warns_with_its_origin_and_is_released(frame: zcgpu.Frame) -> None:
    with pytest.warns(ResourceWarning, match=r"Lease taken at .*test_leases.py:\d+ was dropped"):
        frame.lease("cache")
    with pytest.warns(ResourceWarning, match=r"Lease taken at .*test_leases.py:\d+ was dropped"):
        frame.lease("cache").pass_to("renderer")
    assert frame.holders == {"presenter": 1}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        frame.lease("cache").release()


def test_threads_pass_and_release_and_none_takes_anothers(
    context: zcgpu.Context, frame: zcgpu.Frame
) -> None:
    """Eight threads use each of a hundred leases up at once: one succeeds each time."""
    leases = [frame.lease("decoder") for _ in range(100)]
    assert used_up_by_eight(leases) == [["done"] + ["refused"] * 7] * 100
    assert frame.holders == {"presenter": 1}
    assert (np.asarray(frame) == PAINTED).all()


def test_leases_come_from_frames(frame: zcgpu.Frame) -> None:
    with pytest.raises(TypeError, match=r"leases come from frame\.lease"):
        zcgpu.Lease()
    with frame.lease() as lease:
        assert repr(lease) == "<zcgpu.Lease 'cache' of {'cache': 1, 'presenter': 1}>"
    assert repr(lease) == "<zcgpu.Lease given up>"


def test_a_closed_frame_cannot_be_leased(frame: zcgpu.Frame) -> None:
    frame.close()
    with pytest.raises(zcgpu.ClosedError, match="this frame is closed"):
        frame.lease()


START = """
import sys, threading
import zcgpu
context = zcgpu.Context()
scene = context.scene("/*{}*/\\nvoid main() { gl_FragColor = vec4(1.0, 0.0, 0.0, 1.0); }")
frame = scene.render(64, 64)
lease = frame.lease("cache")
"""


@pytest.mark.parametrize(
    "ending",
    [
        "pass",
        "context.close()",
        "frame.release()",
        "del frame, scene, context",
        "passed = lease.pass_to('renderer')",
        "sys.modules.clear()",
        "loop = [lease]; loop.append(loop)",
        "view = memoryview(lease.frame())",
    ],
)
def test_a_program_may_end_while_it_holds(ending: str) -> None:
    assert output_of(START + ending) == ""
    assert output_of(START + ending, options=("-X", "dev", "-W", "ignore")) == ""


def test_a_class_that_was_replaced_is_not_filled_with_a_lease() -> None:
    program = """
        import zcgpu
        import zcgpu.lease
        with zcgpu.Context() as context:
            frame = context.scene("/*{}*/\\nvoid main() {}").render(1, 1)
            own = zcgpu.lease.Lease
            for zcgpu.lease.Lease in (object, int, 3, zcgpu.Frame):
                try:
                    frame.lease()
                except TypeError as error:
                    print(str(error).partition("<")[0].rstrip("3"))
            zcgpu.lease.Lease = own
            frame.lease().release()
            print(frame.holders)
    """
    told = "zcgpu.lease.Lease has been replaced by \n"
    assert output_of(program) == told * 4 + "{'presenter': 1}\n"


def test_a_forked_child_gets_an_error_and_may_drop_what_it_holds() -> None:
    program = """
import os
child = os.fork()
if child == 0:
    code = 1
    try:
        frame.lease("cache")
    except zcgpu.ForkError:
        code = 0
    lease.release()
    del lease, frame, scene, context
    os._exit(code)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), frame.holders)
lease.release()
"""
    assert output_of(START + program) == "0 {'cache': 1, 'presenter': 1}\n"
