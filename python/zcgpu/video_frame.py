"""Decoded frames of videos."""

from __future__ import annotations

import json
from fractions import Fraction

from . import _native
from ._closing import Closing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .video_color import VideoColor


class VideoFrame(_native.VideoFrame, Closing):
    """A decoded frame. Immutable; it outlives its video, file and decoder.

    ``frame.planes`` are its planes in memory, read-only, without a copy, as coded and not turned:
    ``numpy.asarray(plane)`` is (rows, columns), or (rows, columns, samples) where a pixel has
    several, of uint8 or uint16. A plane keeps the pixels, whatever becomes of the frame.

    ``pts`` is seconds since the video's first frame, so that ``video.frame_at(frame.pts)`` is this
    one; ``pts_ticks`` is what the file says, in units of ``time_base``.
    """

    __slots__ = ()

    def _facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads(self._describe())
        return facts

    @property
    def time_base(self) -> Fraction | None:
        """Seconds a tick; or None."""
        numerator, denominator = self._time_base()
        return Fraction(numerator, denominator) if numerator else None

    @property
    def format(self) -> str:
        """FFmpeg's name of how pixels are stored: ``"yuv420p"``."""
        name: str = self._facts()["pixel_format"]
        return name

    @property
    def rotation(self) -> int:
        """How far the picture is turned clockwise to be shown: 0, 90, 180 or 270 degrees."""
        rotation: int = self._facts()["rotation"]
        return rotation

    @property
    def mirrored(self) -> bool:
        """Whether left and right change places to be shown, before turning."""
        mirrored: bool = self._facts()["mirrored"]
        return mirrored

    @property
    def width(self) -> int:
        """Pixels a row, as it is shown: turned upright."""
        return self.coded_size[1 if self.rotation % 180 else 0]

    @property
    def height(self) -> int:
        """Rows, as it is shown: turned upright."""
        return self.coded_size[0 if self.rotation % 180 else 1]

    @property
    def sample_aspect(self) -> Fraction | None:
        """How much wider than high a pixel is to be shown, before turning; or None."""
        pair = self._facts()["sample_aspect"]
        return Fraction(pair[0], pair[1]) if pair else None

    @property
    def color(self) -> VideoColor:
        """What the frame says of its colour."""
        from .video_color import VideoColor

        return VideoColor(**self._facts()["color"])

    def __repr__(self) -> str:
        if self.closed:
            return "<zcgpu.VideoFrame closed>"
        key = " key" if self.is_key else ""
        return (
            f"<zcgpu.VideoFrame {self.index} at {self.pts:.3f} s, "
            f"{self.width}x{self.height} {self.format}{key}>"
        )
