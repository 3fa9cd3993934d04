"""What a video's file says of it."""

from __future__ import annotations

from fractions import Fraction
from os import fsdecode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .video_color import VideoColor


class VideoFacts:
    """What a file says of itself: asked for once, and still known when it is closed."""

    __slots__ = ()

    @property
    def _facts(self) -> dict[str, Any]:
        raise NotImplementedError

    @property
    def path(self) -> str:
        """Its file."""
        path: str | list[int] = self._facts["path"]  # its bytes, where they are no text
        return path if isinstance(path, str) else fsdecode(bytes(path))

    @property
    def _stream(self) -> dict[str, Any]:
        stream: dict[str, Any] = self._facts["streams"][self._facts["stream"]]
        return stream

    @property
    def width(self) -> int:
        """Pixels a row, as it is shown: turned upright."""
        width: int = self._facts["width"]
        return width

    @property
    def height(self) -> int:
        """Rows, as it is shown: turned upright."""
        height: int = self._facts["height"]
        return height

    @property
    def coded_size(self) -> tuple[int, int]:
        """(width, height) of its planes: not turned."""
        return self._stream["width"], self._stream["height"]

    @property
    def frame_rate(self) -> Fraction | None:
        """Frames a second as the file says, which is the average of a variable rate; or None."""
        return _fraction(self._stream["frame_rate"])

    @property
    def duration(self) -> float | None:
        """Seconds, as the file says; or None."""
        duration: float | None = self._stream["duration"]
        return duration

    @property
    def codec(self) -> str:
        """FFmpeg's name of the codec: ``"h264"``."""
        codec: str = self._stream["codec"]
        return codec

    @property
    def pixel_format(self) -> str:
        """How pixels are stored, in FFmpeg's words: ``"yuv420p"``. A frame's ``format`` counts."""
        name: str = self._stream["pixel_format"]
        return name

    @property
    def color(self) -> VideoColor:
        """Colour as the file states it, or guessed. A frame's own counts."""
        from .video_color import VideoColor

        return VideoColor._of(self._stream["color"])

    @property
    def sample_aspect(self) -> Fraction | None:
        """How much wider than high a pixel is to be shown, before turning; or None."""
        return _fraction(self._stream["sample_aspect"])

    @property
    def rotation(self) -> int:
        """How far the picture is turned clockwise to be shown: 0, 90, 180 or 270 degrees."""
        rotation: int = self._stream["rotation"]
        return rotation

    @property
    def mirrored(self) -> bool:
        """Whether left and right change places to be shown, before turning."""
        mirrored: bool = self._stream["mirrored"]
        return mirrored

    @property
    def streams(self) -> tuple[dict[str, Any], ...]:
        """What the file says of each of its streams, sound among them."""
        return tuple(dict(stream) for stream in self._facts["streams"])


def _fraction(pair: list[int] | None) -> Fraction | None:
    return Fraction(pair[0], pair[1]) if pair else None
