"""Decoded frames of videos."""

from __future__ import annotations

import json
from fractions import Fraction

from . import _native
from ._closing import Closing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike
    from typing import Any

    from numpy.typing import NDArray
    from PIL.Image import Image

    from .context import Context
    from .dmabuf import Dmabuf
    from .frame import Frame
    from .lease import Lease, Role
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
        """Colour that the frame is shown with, and what of it was guessed."""
        from .video_color import VideoColor

        return VideoColor._of(self._facts()["color"])

    def lease(self, role: Role = "cache") -> Lease:
        """Take a hold of one's own on the pixels: ``lease.frame()`` has them, whoever lets them go.

        Args:
            role: the reason: ``"decoder"``, ``"cache"``, ``"presenter"`` or ``"renderer"``.

        Raises:
            LeaseError: ``"gpu"``, which is the GPU's own role.
            InvalidArgumentError: a role that is none.
            ClosedError: the frame is closed.
        """
        from ._origin import caller

        lease: Lease = self._lease(role, caller())
        return lease

    def capsule(self, *, owned: bool = True) -> Any:
        """The frame for another extension: a ``PyCapsule`` named ``zcgpu.video_frame``.

        Args:
            owned: the capsule brings a hold of its own. Otherwise it lends this frame's, and keeps
                this frame's object alive.

        docs/capsules.md tells how to take one.
        """
        return self._capsule(owned)

    # -- Pictures --

    def rgb(self, context: Context | None = None) -> Frame:
        """The picture for display: (height, width, 4), uint8, turned upright; opaque without alpha.

        Chroma is interpolated from where the stream says it lies, and colour is converted as
        ``color`` tells, to within 1/255 of the definition. HDR (``color.hdr``) is not mapped.

        Args:
            context: where the frame is to live; None is the video's own.

        Raises:
            InvalidArgumentError: neither this call nor the video has a context.
            SizeError: it is larger than the driver's textures.
            MediaError: FFmpeg cannot convert its format.
            DmabufError: it would be copied through memory, and ``zero_copy="require"`` forbids it.
        """
        frame: Frame = self._rgb(context)
        return frame

    def texture(self, plane: int = 0, context: Context | None = None) -> Frame:
        """A plane in a texture, as coded and not turned.

        Of a frame in a device's memory that can be imported it is a copy that the GPU makes; else
        it is uploaded, and ``video.explain()`` says why.

        ``numpy.asarray`` of it is (rows, columns), or (rows, columns, 2) for the chroma of NV12, of
        uint8, or uint16 for more than 8 bits. A shader reads red, or red and green, 0 to 1 for 0 to
        255 or 65535.

        Args:
            plane: its number, from 0.
            context: where the texture is to live; None is the video's own.

        Raises:
            OutOfRangeError: there is no such plane.
            WrongTypeError: no texture holds such samples; ``planes`` has them.
            DmabufError: it would be uploaded, and ``zero_copy="require"`` forbids it.
            InvalidArgumentError: neither this call nor the video has a context.
        """
        frame: Frame = self._texture(plane, context)
        return frame

    def dmabuf(self) -> Dmabuf:
        """The device's memory that the frame was decoded into, for other processes and libraries.

        Nothing is copied: `Dmabuf.planes` are as coded, cropped and not turned, of ``"NV12"`` or
        ``"P010"``; `color` says what they mean. They are for reading. The decoder misses the
        memory, which is one of ``lease_budget``, until it is closed.

        Raises:
            DmabufError: the frame was decoded on the CPU, or copied to the machine's memory to make
                room for others; or the device hands no memory out. The message says which.
        """
        from ._origin import caller

        dmabuf: Dmabuf = self._dmabuf(caller())
        return dmabuf

    def to_numpy(self) -> NDArray[Any]:
        """The picture for display as an array of one's own: (height, width, 4), uint8.

        Converted on the CPU: no context is needed.
        """
        from numpy import array

        return array(self)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        from numpy import asarray, frombuffer, uint8

        pixels = frombuffer(self._rgba(), uint8).reshape(self.height, self.width, 4)
        return pixels.copy() if copy and dtype is None else asarray(pixels, dtype=dtype)

    def to_pil(self) -> Image:
        """The picture for display as a PIL image, RGBA."""
        from PIL import Image

        return Image.frombytes("RGBA", (self.width, self.height), self._rgba())

    def save(self, path: str | PathLike[str]) -> None:
        """Write the picture: .png, .jpg (without alpha), .webp or .tif, whole or not at all.

        Raises:
            OutputError: the folder is missing or cannot be written to.
            InvalidArgumentError: an ending that is none of those.
        """
        from ._pictures import named, write

        name = named(path)
        write(self.to_pil(), name)

    def _repr_png_(self) -> bytes | None:
        from ._pictures import png

        return None if self.closed else png(self)

    def __repr__(self) -> str:
        if self.closed:
            return "<zcgpu.VideoFrame closed>"
        key = " key" if self.is_key else ""
        damaged = " damaged" if self.is_damaged else ""
        return (
            f"<zcgpu.VideoFrame {self.index} at {self.pts:.3f} s, "
            f"{self.width}x{self.height} {self.format}{key}{damaged}>"
        )
