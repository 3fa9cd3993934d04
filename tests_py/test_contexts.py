"""Contexts: side by side, closed, dropped, described."""

import re

import numpy as np
import pytest
from children import output_of, python
from expected import noise
from sources import COUNTER, FILTER, GRADIENT

import zcgpu


def test_contexts_live_side_by_side() -> None:
    contexts = [zcgpu.Context(dialect=dialect) for dialect in ("gl", "es", "gl", "es", "auto")]
    scenes = [context.scene(COUNTER) for context in contexts]
    for n in range(1, 6):
        for scene in scenes:
            assert np.asarray(scene.render(2, 2))[0, 0, 0] == n
    for closed, context in enumerate(contexts, 1):
        context.close()
        for scene in scenes[closed:]:
            assert np.asarray(scene.render(2, 2))[0, 0, 0] == 5 + closed


def test_closing_is_done_once_and_may_be_asked_again() -> None:
    context = zcgpu.Context()
    assert not context.closed
    for _ in range(3):
        context.close()
        assert context.closed
    assert repr(context) == "<zcgpu.Context closed>"


def test_with_closes_also_when_the_block_raises() -> None:
    with pytest.raises(ZeroDivisionError), zcgpu.Context() as context:
        raise ZeroDivisionError
    assert context.closed


def test_what_was_made_in_a_closed_context_says_so() -> None:
    with zcgpu.Context() as context:
        scene, frame, batch = context.scene(FILTER), context.frame(noise(2, 2)), context.batch()
    for use in (
        lambda: scene.render(2, 2),
        lambda: scene.render_into(np.zeros((2, 2, 4), np.uint8)),
        scene.reset,
        lambda: np.asarray(frame),
        frame.to_pil,
        lambda: context.scene(GRADIENT),
        lambda: context.frame(noise(2, 2)),
        batch.__enter__,
    ):
        with pytest.raises(zcgpu.ClosedError, match="the context is closed"):
            use()
    with pytest.raises(ValueError, match="closed"):
        scene.render(2, 2)
    assert frame.usable is False
    assert frame.size == (2, 2)
    assert repr(frame) == "<zcgpu.Frame 2x2 uint8, its context has ended>"


def test_a_closed_scene_says_so(context: zcgpu.Context) -> None:
    scene = context.scene(GRADIENT)
    inputs = scene.inputs
    frame = scene.render(3, 2)
    for _ in range(2):
        scene.close()
    assert scene.closed
    assert repr(scene) == "<zcgpu.Scene closed>"
    for use in (
        lambda: scene.render(2, 2),
        lambda: scene.render_into(np.zeros((2, 2, 4), np.uint8)),
        scene.reset,
        lambda: scene.info,
        lambda: inputs["speed"],
        lambda: inputs.update({"speed": 1}),
    ):
        with pytest.raises(zcgpu.ClosedError, match="this scene is closed"):
            use()
    assert np.asarray(frame).shape == (2, 3, 4)


def test_a_closed_frame_says_so(context: zcgpu.Context) -> None:
    with context.frame(noise(2, 2)) as frame:
        assert frame.usable
    frame.close()
    assert frame.closed
    assert not frame.usable
    assert repr(frame) == "<zcgpu.Frame closed>"
    for use in (lambda: frame.width, lambda: frame.dtype, lambda: np.asarray(frame), frame.to_pil):
        with pytest.raises(zcgpu.ClosedError, match="this frame is closed"):
            use()


def test_pixels_outlive_frame_scene_and_context() -> None:
    with zcgpu.Context() as context:
        scene = context.scene(GRADIENT)
        frame = scene.render(64, 64)
        view, copy, memory = np.asarray(frame), frame.to_numpy(), memoryview(frame)
        frame.close()
        scene.close()
        del scene, frame
    del context
    with zcgpu.Context() as another:
        another.scene("/*{}*/\nvoid main() { gl_FragColor = vec4(1.0); }").render(64, 64)
    np.testing.assert_array_equal(view, copy)
    np.testing.assert_array_equal(memory, copy)


def test_pixels_are_read_only_and_to_numpy_is_ones_own(context: zcgpu.Context) -> None:
    frame = context.frame(noise(3, 4))
    view = np.asarray(frame)
    assert not view.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        view[0, 0, 0] = 1
    mine = frame.to_numpy()
    mine[:] = 0
    np.testing.assert_array_equal(frame, noise(3, 4))


def test_pixels_are_read_once(context: zcgpu.Context) -> None:
    frame = context.frame(noise(3, 4))
    first, second = np.asarray(frame), np.asarray(frame)
    assert first.__array_interface__["data"] == second.__array_interface__["data"]


def test_a_context_dropped_open_warns_with_where_it_was_made() -> None:
    program = """
        import zcgpu
        def made():
            return zcgpu.Context()
        context = made()
        scene = context.scene("/*{}*/\\nvoid main() { gl_FragColor = vec4(1.0); }")
        frame = scene.render(2, 2)
        del context, scene, frame
        print(zcgpu.census())
        zcgpu.Context().close()
    """
    done = python(program, options=("-W", "always"))
    assert done.returncode == 0
    expected = "ResourceWarning: zcgpu.Context made at <string>:4 was dropped open; close() it"
    assert expected in done.stderr
    assert done.stderr.count("ResourceWarning") == 1
    assert set(re.findall(r"\d+", done.stdout)) == {"0"}


def test_a_closed_context_does_not_warn() -> None:
    program = """
        import zcgpu
        with zcgpu.Context() as context:
            pass
        del context
        frame = zcgpu.render("/*{}*/\\nvoid main() { gl_FragColor = vec4(1.0); }", 2, 2)
        print(bytes(memoryview(frame).cast("B")) == b"\\xff" * 16)
    """
    assert output_of(program, options=("-W", "error")) == "True\n"


@pytest.mark.parametrize(
    "arguments",
    [
        {"dialect": "vulkan"},
        {"device": -1},
        {"device": "gpu"},
        {"device": True},
        {"device": 2**31},
        {"max_version": 3},
        {"max_version": (3,)},
        {"max_version": ("3", "3")},
        {"max_version": (3, -3)},
    ],
)
def test_options_that_are_none_are_refused(arguments: dict[str, object]) -> None:
    (name,) = arguments
    with pytest.raises(zcgpu.InvalidArgumentError, match=f"{name} is .*, not "):
        zcgpu.Context(**arguments)  # type: ignore[arg-type]


def test_a_device_that_is_not_there_is_told_those_that_are() -> None:
    expected = r"device=99 was asked for, but this EGL lists (no devices|\d+ \(0 to \d+\): EGL dev)"
    with pytest.raises(zcgpu.DisplayError, match=expected):
        zcgpu.Context(device=99)


def test_a_version_below_every_rung_is_refused() -> None:
    with pytest.raises(zcgpu.DisplayError, match="no display can make"):
        zcgpu.Context(max_version=(1, 0))


def test_each_device_of_doctor_can_be_asked_for() -> None:
    names = [it["display"] for it in zcgpu.doctor()["displays"] if it["works"]]
    devices = [name for name in names if name.startswith("EGL device")]
    for name in devices:
        index = int(name.split()[2])
        with zcgpu.Context(device=index) as context:
            assert context.info["display"] == name


def test_frames_and_scenes_are_not_made_by_hand() -> None:
    with pytest.raises(TypeError, match="frames come from"):
        zcgpu.Frame()
    with pytest.raises(TypeError, match="Scene"):
        zcgpu.Scene()  # type: ignore[call-arg]
