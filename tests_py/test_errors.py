"""Calls that cannot be answered: a message that helps, and a scene that is as it was."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from expected import noise
from sources import COUNTER, FILTER, GRADIENT, colour, number

import zcgpu


@pytest.mark.parametrize("size", [(0, 4), (4, 0), (0, 0), (-1, 4), (4, -(2**31)), (2**62, 4)])
def test_a_size_below_1_or_beyond_any_limit_is_refused(
    context: zcgpu.Context, size: tuple[int, int]
) -> None:
    with pytest.raises(zcgpu.SizeError, match=r"each side is 1 to \d+ on this driver"):
        context.scene(GRADIENT).render(*size)


def test_a_size_above_the_gl_limit_is_refused(each_dialect: zcgpu.Context) -> None:
    limit = each_dialect.info["max_size"]
    scene = each_dialect.scene(GRADIENT)
    expected = f"a frame cannot be {limit + 1} x 1 pixels; each side is 1 to {limit}"
    with pytest.raises(zcgpu.SizeError, match=expected):
        scene.render(limit + 1, 1)
    with pytest.raises(zcgpu.SizeError, match=f"1 x {limit + 1} pixels"):
        scene.render(1, limit + 1)
    assert np.asarray(scene.render(limit, 1)).shape == (1, limit, 4)


@pytest.mark.parametrize("size", [1.5, 4.0, "x", "4", True, None, (4,), np.float32(4)])
def test_a_size_that_is_no_integer_is_refused(context: zcgpu.Context, size: Any) -> None:
    scene = context.scene(GRADIENT)
    with pytest.raises(zcgpu.WrongTypeError, match="width is an integer, not"):
        scene.render(size, 4)
    with pytest.raises(zcgpu.WrongTypeError, match="height is an integer, not"):
        scene.render(4, size)


def test_a_size_beyond_64_bits_is_told_as_it_was_given(context: zcgpu.Context) -> None:
    with pytest.raises(zcgpu.SizeError, match=f"height is far beyond what fits: {2**70}"):
        context.scene(GRADIENT).render(4, 2**70)


def test_a_size_of_numpys_integers_is_fine(context: zcgpu.Context) -> None:
    width: Any = np.int64(3)
    height: Any = np.uint8(2)
    assert context.scene(GRADIENT).render(width, height).size == (3, 2)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        ({"time": "x"}, zcgpu.WrongTypeError, "time is a number, not 'x'"),
        (
            {"time": float("inf")},
            zcgpu.InvalidArgumentError,
            "time is seconds, a number that .*, not inf",
        ),
        ({"time": 1e39}, zcgpu.InvalidArgumentError, "a 32-bit float holds, not 1e\\+39"),
        ({"time_delta": "x"}, zcgpu.WrongTypeError, "time_delta is a number, not 'x'"),
        (
            {"time_delta": float("nan")},
            zcgpu.InvalidArgumentError,
            "time_delta is seconds, .* not nan",
        ),
        ({"frame_index": 1.5}, zcgpu.WrongTypeError, "frame_index is an integer, not 1.5"),
        ({"frame_index": -1}, zcgpu.InvalidArgumentError, "frame_index is 0 to 2147483647"),
        ({"frame_index": 2**31}, zcgpu.InvalidArgumentError, "not 2147483648"),
        ({"frame_index": 2**70}, zcgpu.InvalidArgumentError, "frame_index is far beyond .*: 118"),
        ({"date": (float("nan"), 1, 1, 1)}, zcgpu.InvalidArgumentError, "year is 0.* not nan"),
        ({"date": (2024, 13, 1, 1)}, zcgpu.InvalidArgumentError, "month is 1.0 to 12.0, not 13"),
        ({"date": (2024, 1, 0, 1)}, zcgpu.InvalidArgumentError, "day is 1.0 to 31.0, not 0"),
        ({"date": (2024, 1, 1, -5)}, zcgpu.InvalidArgumentError, "seconds is 0.* not -5"),
        ({"date": "now"}, zcgpu.WrongTypeError, "date is a datetime or .*, not 'now'"),
        ({"date": (1, 2, 3)}, zcgpu.WrongTypeError, "date is a datetime or"),
        ({"date": (1, 2, 3, "x")}, zcgpu.WrongTypeError, "date is a datetime or"),
    ],
)
def test_a_time_or_date_that_is_none_is_refused(
    context: zcgpu.Context, call: dict[str, Any], error: type[zcgpu.Error], message: str
) -> None:
    scene = context.scene(GRADIENT)
    with pytest.raises(error, match=message):
        scene.render(4, 4, **call)
    with pytest.raises(error, match=message):
        scene.render_into(np.zeros((4, 4, 4), np.uint8), **call)


@pytest.mark.parametrize(
    ("size", "value"),
    [("1e9", "1000000000.0"), ("1/0", "inf"), ("0/0", "no number"), ("-1/0", "-inf")],
)
@pytest.mark.parametrize("side", ["WIDTH", "HEIGHT"])
def test_a_pass_of_an_impossible_size_is_named(
    context: zcgpu.Context, side: str, size: str, value: str
) -> None:
    source = colour("vec4(1.0)", passes=[{"TARGET": "blur", side: size}, {}])
    expected = rf'pass 0 \(TARGET "blur"\): {side} "{size}" is {value}; a side is 1 to'
    with pytest.raises(zcgpu.SizeError, match=expected):
        context.scene(source).render(4, 4)


def failures(scene: zcgpu.Scene) -> list[Callable[[], object]]:
    """Calls that fail, each in another way."""
    read_only = np.zeros((2, 2, 4), np.uint8)
    read_only.flags.writeable = False
    return [
        lambda: scene.render(0, 2),
        lambda: scene.render(2, 2, time=float("nan")),
        lambda: scene.render(2, 2, inputs={"nope": 1}),
        lambda: scene.render(2, 2, inputs={"step": "much"}),
        lambda: scene.render(2, 2, inputs={"step": 1e9}),
        lambda: scene.render(2, 2, inputs={"side": 0}),
        lambda: scene.render(2, 2, frame_index=-5),
        lambda: scene.render_into(read_only),
        lambda: scene.render_into(np.zeros((2, 2), np.uint8)),
    ]


def test_a_failed_call_leaves_the_scene_as_it_was(each_dialect: zcgpu.Context) -> None:
    source = colour(
        "PASSINDEX == 0 ? vec4(0.0) : IMG_THIS_PIXEL(kept)"
        " + vec4(step, float(FRAMEINDEX), TIMEDELTA, 1.0)",
        inputs=[number("step", DEFAULT=0.5), number("side", DEFAULT=2)],
        passes=[
            {"TARGET": "small", "WIDTH": "4/$side"},
            {"TARGET": "kept", "PERSISTENT": True, "FLOAT": True},
        ],
    )
    scene = each_dialect.scene(source)
    undisturbed = each_dialect.scene(source)
    for n in range(9):
        for fail in failures(scene):
            with pytest.raises(zcgpu.Error):
                fail()
        expected = undisturbed.render(2, 2, time=n / 4)
        np.testing.assert_array_equal(scene.render(2, 2, time=n / 4), expected)
        assert scene.inputs.values() == [0.5, 2.0]


def test_a_failed_compile_leaves_other_scenes_alone(each_dialect: zcgpu.Context) -> None:
    scene = each_dialect.scene(COUNTER)
    scene.render(1, 1)
    for source in ("no shader\n", "/*{}*/\nvoid main() { gl_FragColor = vec4(nope); }"):
        with pytest.raises(zcgpu.SourceError):
            each_dialect.scene(source)
    assert np.asarray(scene.render(1, 1))[0, 0, 0] == 2


def test_a_refused_image_leaves_the_old_one(context: zcgpu.Context) -> None:
    scene = context.scene(FILTER)
    scene.inputs["inputImage"] = noise(2, 2)
    for bad in ("nofile.png", np.zeros((2, 2)), 3, object()):
        with pytest.raises(zcgpu.Error):
            scene.inputs["inputImage"] = bad
    np.testing.assert_array_equal(scene.render(2, 2), noise(2, 2))
