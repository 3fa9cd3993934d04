"""A video as a sequence of frames: all of them, some of them, and one after the other."""

from __future__ import annotations

from ._arguments import integer, shown
from .errors import InvalidArgumentError, OutOfRangeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import overload

    from .video import Video
    from .video_frame import VideoFrame


class FrameSequence:
    """Frames by number, from 0 or, below 0, from the end; and views of several."""

    __slots__ = ()

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, which: int, /) -> VideoFrame: ...
        @overload
        def __getitem__(self, which: slice, /) -> VideoSlice: ...

    def __getitem__(self, which: int | slice, /) -> VideoFrame | VideoSlice:
        """A frame by its number, from 0 or, below 0, from the end; or a view of several.

        Raises:
            OutOfRangeError: beyond the last frame. It is an IndexError, too.
            MediaError: that frame cannot be decoded.
            WrongTypeError: no whole number. It is a TypeError, too.
            InvalidArgumentError: a step of 0. It is a ValueError, too.
        """
        return (
            self._some(_whole(which))
            if isinstance(which, slice)
            else self._one(integer(which, "a frame has a whole number"))
        )

    def _one(self, number: int) -> VideoFrame:
        raise NotImplementedError

    def _some(self, which: slice) -> VideoSlice:
        raise NotImplementedError


def _whole(part: slice) -> slice:
    """A slice of whole numbers, with a step."""
    rule = "frames are taken by whole numbers, as in video[10:20:2]"
    numbers = (
        None if it is None else integer(it, rule) for it in (part.start, part.stop, part.step)
    )
    whole = slice(*numbers)
    if whole.step == 0:
        raise InvalidArgumentError("a step is at least 1, or at most -1 to go back, not 0")
    return whole


class VideoSlice(FrameSequence):
    """Some of a video's frames: a sequence that decodes what is asked of it."""

    __slots__ = ("_numbers", "_video")

    def __init__(self, video: Video, numbers: range) -> None:
        self._video = video
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def _some(self, which: slice) -> VideoSlice:
        return VideoSlice(self._video, self._numbers[which])

    def _one(self, number: int) -> VideoFrame:
        try:
            found = self._numbers[number]
        except IndexError:
            raise OutOfRangeError(
                f"there is no frame {shown(number)} among these {len(self)} frames"
            ) from None
        return self._video[found]

    def __iter__(self) -> Iterator[VideoFrame]:
        return (self._video[number] for number in self._numbers)

    def __repr__(self) -> str:
        return f"<zcgpu.VideoSlice {len(self)} frames of {self._video.path!r}>"


class VideoFrames:
    """An iterator over a video's frames, with a place of its own."""

    __slots__ = ("_next", "_video")

    def __init__(self, video: Video) -> None:
        self._video = video
        self._next = 0

    def __iter__(self) -> VideoFrames:
        return self

    def __next__(self) -> VideoFrame:
        number = self._next
        self._next = number + 1  # one that cannot be decoded is passed
        frame = self._video._frame(number)
        if frame is None:
            self._next = number
            raise StopIteration
        return frame  # type: ignore[no-any-return]
