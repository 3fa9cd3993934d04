"""What the shader is told: sizes, time, frames, dates."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray
from sources import colour

import zcgpu

FLOAT = {"passes": [{"FLOAT": True}]}


def value(frame: zcgpu.Frame) -> NDArray[np.float32]:
    """The first pixel of a float frame: whatever the shader wanted to say."""
    pixels = np.asarray(frame)
    assert pixels.dtype == np.float32
    first: NDArray[np.float32] = pixels[0, 0]
    return first


@pytest.mark.parametrize("size", [(1, 1), (7, 5), (1921, 3)])
def test_rendersize_is_the_frames(each_dialect: zcgpu.Context, size: tuple[int, int]) -> None:
    frame = each_dialect.scene(colour("vec4(RENDERSIZE, 0.0, 1.0)", **FLOAT)).render(*size)
    assert value(frame).tolist() == [*size, 0, 1]


def test_fragcoord_counts_pixel_centres_from_the_bottom(each_dialect: zcgpu.Context) -> None:
    scene = each_dialect.scene(colour("vec4(gl_FragCoord.xy, isf_FragCoord.xy)", **FLOAT))
    pixels = np.asarray(scene.render(3, 2))
    assert pixels[1, 0].tolist() == [0.5, 0.5, 0.5, 0.5]
    assert pixels[0, 2].tolist() == [2.5, 1.5, 2.5, 1.5]


@pytest.mark.parametrize("time", [0.0, 1.25, -3.5, 86400.125])
def test_time_is_the_callers(each_dialect: zcgpu.Context, time: float) -> None:
    frame = each_dialect.scene(colour("vec4(TIME)", **FLOAT)).render(1, 1, time=time)
    assert value(frame)[0] == np.float32(time)


def test_timedelta_is_0_and_then_the_step(each_dialect: zcgpu.Context) -> None:
    scene = each_dialect.scene(colour("vec4(TIMEDELTA)", **FLOAT))
    seen = [value(scene.render(1, 1, time=t))[0] for t in (5.0, 5.25, 6.0, 5.5, 5.5)]
    assert seen == [0.0, 0.25, 0.75, -0.5, 0.0]


def test_timedelta_can_be_given(context: zcgpu.Context) -> None:
    scene = context.scene(colour("vec4(TIMEDELTA)", **FLOAT))
    assert value(scene.render(1, 1, time=1.0, time_delta=0.5))[0] == 0.5
    assert value(scene.render(1, 1, time=2.0, time_delta=0.125))[0] == 0.125
    assert value(scene.render(1, 1, time=4.0))[0] == 2.0


def test_frameindex_counts(each_dialect: zcgpu.Context) -> None:
    scene = each_dialect.scene(colour("vec4(float(FRAMEINDEX))", **FLOAT))
    assert [value(scene.render(1, 1))[0] for _ in range(4)] == [0, 1, 2, 3]


def test_frameindex_can_be_given_and_counts_on(context: zcgpu.Context) -> None:
    scene = context.scene(colour("vec4(float(FRAMEINDEX))", **FLOAT))
    given = [None, 40, None, None, 0, None]
    seen = [value(scene.render(1, 1, frame_index=index))[0] for index in given]
    assert seen == [0, 40, 41, 42, 0, 1]


def test_frameindex_takes_the_largest_there_is(context: zcgpu.Context) -> None:
    scene = context.scene(colour("vec4(float(FRAMEINDEX == 2147483647))", **FLOAT))
    assert value(scene.render(1, 1, frame_index=2**31 - 1))[0] == 1.0
    with pytest.raises(zcgpu.InvalidArgumentError, match="frame_index is 0 to 2147483647"):
        scene.render(1, 1, frame_index=2**31)
    assert value(scene.render(1, 1, frame_index=2**31 - 1))[0] == 1.0


def test_reset_starts_time_and_frames_again(context: zcgpu.Context) -> None:
    scene = context.scene(colour("vec4(TIMEDELTA, float(FRAMEINDEX), 0.0, 1.0)", **FLOAT))
    scene.render(1, 1, time=1.0)
    assert value(scene.render(1, 1, time=3.0)).tolist() == [2, 1, 0, 1]
    scene.reset()
    assert value(scene.render(1, 1, time=9.0)).tolist() == [0, 0, 0, 1]


def test_two_scenes_have_clocks_of_their_own(context: zcgpu.Context) -> None:
    one, two = (context.scene(colour("vec4(float(FRAMEINDEX))", **FLOAT)) for _ in range(2))
    one.render(1, 1)
    one.render(1, 1)
    assert value(two.render(1, 1))[0] == 0
    assert value(one.render(1, 1))[0] == 2


def test_date_is_a_tuples_year_month_day_seconds(each_dialect: zcgpu.Context) -> None:
    scene = each_dialect.scene(colour("DATE", **FLOAT))
    frame = scene.render(1, 1, date=(2024, 2, 29, 3661.5))
    assert value(frame).tolist() == [2024, 2, 29, 3661.5]


def test_date_is_a_datetimes(context: zcgpu.Context) -> None:
    moment = datetime(1999, 12, 31, 23, 59, 58, 500_000, tzinfo=UTC)
    frame = context.scene(colour("DATE", **FLOAT)).render(1, 1, date=moment)
    assert value(frame).tolist() == [1999, 12, 31, 23 * 3600 + 59 * 60 + 58.5]


def test_date_is_now_in_local_time_otherwise(context: zcgpu.Context) -> None:
    scene = context.scene(colour("DATE", **FLOAT))
    before = datetime.now()
    year, month, day, seconds = value(scene.render(1, 1)).tolist()
    after = datetime.now()
    shown = datetime(int(year), int(month), int(day)) + timedelta(seconds=seconds)
    exact = timedelta(seconds=1 / 128)  # what a float32 of a day's seconds tells apart
    assert before - exact <= shown <= after + exact


def test_passindex_of_a_single_pass_is_0(each_dialect: zcgpu.Context) -> None:
    assert value(each_dialect.scene(colour("vec4(float(PASSINDEX))", **FLOAT)).render(1, 1))[0] == 0


def test_frames_are_counted_from_0_again_after_the_last_number(context: zcgpu.Context) -> None:
    scene = context.scene(colour("vec4(FRAMEINDEX == 2147483647, FRAMEINDEX == 0, 0.0, 1.0)"))
    assert np.asarray(scene.render(1, 1, frame_index=2**31 - 1))[0, 0].tolist() == [255, 0, 0, 255]
    assert np.asarray(scene.render(1, 1))[0, 0].tolist() == [0, 255, 0, 255]
