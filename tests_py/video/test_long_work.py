"""Work on a whole file ends when the program wants it to."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from video import media
from video.decoded import md5

import zcgpu

TIMES = 800
"""How often the frames of h264.h264 come in the long file, whose index is made by decoding them."""


class Pressed(Exception):  # noqa: N818 - it stands for KeyboardInterrupt
    """Somebody pressed a key."""


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "long.h264"
    path.write_bytes(media.file("h264.h264").read_bytes() * TIMES)
    return path


@contextmanager
def pressed() -> Iterator[None]:
    """A signal comes in a moment, and its handler raises: as with Ctrl-C."""

    def press(number: int, frame: FrameType | None) -> None:
        raise Pressed

    before = signal.signal(signal.SIGALRM, press)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_an_index_is_interrupted_and_the_video_goes_on(film: Path) -> None:
    expected = [it.md5 for it in media.framemd5("h264.h264")]
    with zcgpu.open_video(film) as video:
        with pressed(), pytest.raises(Pressed):
            len(video)
        with pressed(), pytest.raises(Pressed):
            video[-1]
        assert video.stats()["index"] is None  # it is not made to its end first
        assert [md5(frame) for frame, _ in zip(video, range(5), strict=False)] == expected[:5]
        assert len(video) == 24 * TIMES
        with pressed(), pytest.raises(Pressed):
            video[24 * TIMES - 1]  # without times it is decoded all the way there


def test_closing_ends_an_index_that_another_thread_makes(film: Path) -> None:
    video = zcgpu.open_video(film)
    begun = threading.Event()
    outcome: list[object] = []

    def count() -> None:
        begun.set()
        try:
            outcome.append(len(video))
        except zcgpu.ClosedError as error:
            outcome.append(str(error))

    thread = threading.Thread(target=count)
    thread.start()
    begun.wait()
    video.close()
    thread.join()
    assert outcome == ["this video is closed"]
