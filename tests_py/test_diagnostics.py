"""What lives, who holds it, where it was acquired."""

import gc
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from children import output_of, python
from sources import FILTER, colour

import zcgpu
from zcgpu import _native, diagnostics

PAINT = colour("vec4(0.2, 0.4, 0.6, 1.0)")


@pytest.fixture
def traced() -> Iterator[None]:
    """Stacks are kept during the test."""
    diagnostics.trace(True)
    yield
    diagnostics.trace(False)


@pytest.fixture
def frame(context: zcgpu.Context) -> zcgpu.Frame:
    return context.scene(PAINT).render(4, 4)


def kept() -> int:
    """How many stacks the process keeps."""
    count: int = json.loads(_native.live())["traces"]
    return count


def of(kind: str) -> list[diagnostics.Live]:
    return [thing for thing in diagnostics.live() if thing.kind == kind]


def test_nothing_lives_where_nothing_was_made() -> None:
    assert diagnostics.live() == []
    assert diagnostics.leases() == []
    assert diagnostics.report().startswith("zcgpu: nothing lives\n")


def test_every_kind_is_listed_with_what_it_is(context: zcgpu.Context) -> None:
    scene = context.scene(FILTER)
    frame = context.frame(np.zeros((3, 5, 4), np.float32))
    scene.inputs["inputImage"] = frame
    view = np.asarray(frame)
    with frame.lease("decoder") as lease:
        kinds = [thing.kind for thing in diagnostics.live()]
        assert kinds == ["context", "scene", "frame", "lease", "view"]
        (it,) = of("frame")
        assert (it.size, it.dtype, it.bytes) == ((5, 3), "float32", 5 * 3 * 16)
        assert (it.generation, it.usable, it.role) == (1, True, "presenter")
        assert it.holders == frame.holders == {"cache": 1, "decoder": 1, "presenter": 1, "view": 1}
        (held,) = of("lease")
        assert (held.role, held.texture, held.holders) == ("decoder", it.texture, lease.holders)
        (seen,) = of("view")
        assert (seen.size, seen.dtype, seen.bytes) == ((5, 3), "float32", view.nbytes)
        (here,) = of("context")
        assert {it.context, held.context, seen.context} == {here.context}
    assert [thing.kind for thing in diagnostics.live()] == ["context", "scene", "frame", "view"]


def test_contexts_are_told_apart(context: zcgpu.Context, other_context: zcgpu.Context) -> None:
    frames = [it.scene(PAINT).render(2, 2) for it in (context, other_context)]
    numbers = {thing.context for thing in of("frame")}
    assert numbers == {thing.context for thing in of("context")}
    assert len(numbers) == len(frames)


def test_leases_group_who_holds_a_texture(context: zcgpu.Context) -> None:
    small, large = (context.scene(PAINT).render(n, n) for n in (2, 64))
    scene = context.scene(FILTER)
    scene.inputs["inputImage"] = small
    with large.lease("renderer"), zcgpu.from_capsule(large.capsule()):
        first, second = diagnostics.leases()
        assert (first.size, first.bytes, second.size) == ((64, 64), 64 * 64 * 4, (2, 2))
        assert first.holders == {"presenter": 2, "renderer": 1}
        assert sorted((it.kind, it.role) for it in first.by) == [
            ("frame", "presenter"),
            ("frame", "presenter"),
            ("lease", "renderer"),
        ]
        (own,) = of("scene")
        assert second.inputs == ((own.handle, "inputImage"),)


def test_a_frame_that_only_an_image_input_holds_is_found(context: zcgpu.Context) -> None:
    scene = context.scene(FILTER)
    scene.inputs["inputImage"] = np.zeros((4, 4, 4), np.uint8)
    (leased,) = diagnostics.leases()
    assert (leased.by, leased.holders, leased.size) == ((), {"cache": 1}, (4, 4))
    assert "input 'inputImage' as cache" in diagnostics.report()


def test_stale_ones_are_told() -> None:
    with zcgpu.Context() as context:
        frame = context.scene(PAINT).render(2, 2)
        context.reinitialize()
        (it,) = of("frame")
        assert (it.generation, it.usable) == (1, False)
        assert of("context")[0].generation == 2
        assert "as presenter, not usable any more" in diagnostics.report()
        frame.close()


def test_no_stack_is_kept_unless_asked(context: zcgpu.Context) -> None:
    frame = context.scene(PAINT).render(2, 2)
    assert not diagnostics.tracing()
    assert [thing.trace for thing in diagnostics.live()] == [None] * 2
    assert kept() == 0
    assert "zcgpu.diagnostics.trace(True) or ZCGPU_DEBUG=1 shows where." in diagnostics.report()
    frame.close()


def acquire_here(make: Callable[[], Any]) -> Any:
    return make()


MAKERS: dict[str, Callable[[zcgpu.Frame], Any]] = {
    "frame": lambda frame: frame.context.scene(PAINT).render(1, 1),
    "lease": lambda frame: frame.lease("cache"),
    "view": memoryview,
    "scene": lambda frame: frame.context.scene(PAINT),
    "reference": lambda frame: frame.context.acquire("the test"),
    "context": lambda frame: zcgpu.Context(),
    "pool": lambda frame: frame.context.pool(budget=4096),
}


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.usefixtures("traced")
def test_each_acquisition_keeps_its_stack(context: zcgpu.Context, kind: str) -> None:
    frame = context.scene(PAINT).render(2, 2)
    known = {thing.handle for thing in of(kind)}
    made = acquire_here(lambda: MAKERS[kind](frame))
    (it,) = (thing for thing in of(kind) if thing.handle not in known)
    assert it.trace is not None
    assert "in acquire_here" in it.trace
    assert "test_diagnostics.py" in it.trace
    assert "python/zcgpu" not in it.trace, "the program's calls, not the package's own"
    assert it.trace in diagnostics.report().replace("\n      ", "\n  ")
    if kind == "view":
        made.release()
    else:
        getattr(made, "release", made.close)()


@pytest.mark.usefixtures("traced")
def test_a_capsules_hold_and_what_is_taken_from_it_keep_theirs(frame: zcgpu.Frame) -> None:
    (own,) = of("frame")
    capsule = frame.capsule()
    (brought,) = (it for it in of("frame") if it.handle != own.handle)
    assert "frame.capsule()" in (brought.trace or "")
    taken = acquire_here(lambda: zcgpu.from_capsule(capsule))
    (it,) = (it for it in of("frame") if it.handle == brought.handle)
    assert "in acquire_here" in (it.trace or "")
    taken.close()
    with acquire_here(frame.lease) as lease:
        passed = acquire_here(lambda: lease.pass_to("renderer"))
        assert "in acquire_here" in (of("lease")[0].trace or "")
        passed.release()


@pytest.mark.usefixtures("traced")
def test_a_stack_goes_with_its_object(context: zcgpu.Context) -> None:
    scene = context.scene(PAINT)
    frame = scene.render(2, 2)
    old = of("frame")[0].handle
    frame.close()
    diagnostics.trace(True)
    frame = scene.render(2, 2)
    (it,) = of("frame")
    # The slot is used again, with another epoch: the new handle has its own stack.
    assert it.handle & 0xFFFFFFFF == old & 0xFFFFFFFF
    assert it.handle != old
    assert it.trace


@pytest.mark.usefixtures("traced")
def test_turning_it_off_forgets_all(frame: zcgpu.Frame) -> None:
    assert of("frame")[0].trace
    diagnostics.trace(False)
    assert kept() == 0
    diagnostics.trace(True)
    assert of("frame")[0].trace is None
    assert frame.holders == {"presenter": 1}


def test_the_environment_turns_it_on() -> None:
    program = """
        import zcgpu
        context = zcgpu.Context()
        print(zcgpu.diagnostics.tracing(), zcgpu.diagnostics.live()[0].trace is not None)
        context.close()
    """
    for value, shown in (("1", "True True\n"), ("0", "False False\n"), ("", "False False\n")):
        done = python(program, environment={"ZCGPU_DEBUG": value})
        assert (done.returncode, done.stdout, done.stderr) == (0, shown, "")


@pytest.mark.parametrize("ending", ["pass", "sys.modules.clear()", "context.close()"])
def test_a_traced_program_may_end_with_all_it_holds(ending: str) -> None:
    program = """
import sys
import zcgpu
zcgpu.diagnostics.trace(True)
context = zcgpu.Context()
frame = context.scene("/*{}*/\\nvoid main() { gl_FragColor = vec4(1.0); }").render(4, 4)
held = [frame.lease("cache"), frame.capsule(), memoryview(frame), frame.__dlpack__()]
class Late:
    def __del__(self, frame=frame):
        frame.capsule()
late = Late()
"""
    assert output_of(program + ending) == ""


@pytest.mark.usefixtures("traced")
def test_many_traced_objects_leave_nothing(context: zcgpu.Context) -> None:
    scene = context.scene(PAINT)
    before = zcgpu.census()
    for _ in range(300):
        frame = scene.render(1, 1)
        frame.lease("cache").release()
        memoryview(frame).release()
    del frame
    gc.collect()
    assert zcgpu.census() == before
    assert [thing.kind for thing in diagnostics.live() if thing.trace] == ["context", "scene"]
    assert kept() == 2


def test_a_report_while_threads_come_and_go(context: zcgpu.Context) -> None:
    done = threading.Event()

    def work() -> None:
        scene = context.scene(PAINT)
        while not done.is_set():
            with scene.render(4, 4) as frame, frame.lease("cache"):
                np.asarray(frame)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(100):
        assert diagnostics.report().startswith("zcgpu: ")
        for leased in diagnostics.leases():
            assert leased.size == (4, 4)
    done.set()
    for thread in threads:
        thread.join()


def test_words_of_any_kind_come_through(context: zcgpu.Context) -> None:
    with context.acquire('a "quoted" \\ name\n\x01 é 🦊'):
        (it,) = of("reference")
        assert it.detail == 'held by a "quoted" \\ name\n\x01 é 🦊'
