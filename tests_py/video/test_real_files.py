"""Every frame of real files is what ffmpeg makes of it, whichever way one comes to it."""

import random
from collections.abc import Callable

import pytest
from video import media
from video.planes import digest
from video.recipes import MOVIES, STILLS, TIMELESS

import zcgpu

Order = Callable[[int], list[int]]


def at_random(count: int) -> list[int]:
    """Every frame twice, in an order that is the same for each run."""
    numbers = [*range(count)] * 2
    random.Random(count).shuffle(numbers)
    return numbers


ORDERS: dict[str, Order] = {
    "backwards": lambda count: [*reversed(range(count))],
    "at random": at_random,
}


@pytest.mark.parametrize("name", [*MOVIES, *STILLS])
def test_frames_in_order_are_those_of_ffmpeg(name: str) -> None:
    truth = media.framemd5(name)
    with zcgpu.open_video(media.file(name)) as video:
        frames = [(frame.index, frame.pts_ticks, digest(frame)) for frame in video]
        assert len(video) == len(truth)
    assert [(number, md5) for number, _, md5 in frames] == [
        (number, picture.md5) for number, picture in enumerate(truth)
    ]
    if name not in TIMELESS:
        assert [ticks for _, ticks, _ in frames] == [picture.pts for picture in truth]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", MOVIES)
def test_frames_in_any_order_are_those_of_ffmpeg(name: str, order: str) -> None:
    truth = media.framemd5(name)
    with zcgpu.open_video(media.file(name)) as video:
        for number in ORDERS[order](len(truth)):
            assert digest(video[number]) == truth[number].md5, number


@pytest.mark.parametrize("name", [name for name in MOVIES if name not in TIMELESS])
def test_the_frame_of_a_time_is_the_one_that_is_shown_then(name: str) -> None:
    truth = media.framemd5(name)
    with zcgpu.open_video(media.file(name)) as video:
        base = float(video[0].time_base or 0)
        times = [(picture.pts - truth[0].pts) * base for picture in truth]
        for number in at_random(len(truth) - 1):
            begin, end = times[number], times[number + 1]
            for seconds in (begin, begin + 0.4 * (end - begin), end - 1e-6):
                assert video.frame_at(seconds).index == number
