"""Frames: pictures on the GPU."""

from __future__ import annotations

from . import _native
from ._closing import Closing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike
    from typing import Any

    from numpy.typing import NDArray
    from PIL.Image import Image

    from .dmabuf import Dmabuf
    from .lease import Lease, Role


class Frame(_native.Frame, Closing):
    """A picture on the GPU: (height, width, 4), straight alpha, row 0 on top. Immutable.

    ``numpy.asarray(frame)`` is a read-only view of its pixels, read back on first use: uint8, or
    float32 for float frames. A view stays valid after the frame and its context are closed.
    Alone on a notebook's line it shows the picture. A cube, from ``context.cube(...)``, has six
    ``faces``: its pixels are those of its square sides, one below the other. A plane of a video's
    frame has one or two ``channels``: (height, width) or (height, width, 2), of uint8, or of uint16
    for more than 8 bits.
    """

    __slots__ = ()

    @property
    def shape(self) -> tuple[int, ...]:
        """(height, width, 4); for a plane (height, width) or (height, width, 2)."""
        channels = self.channels
        return (self.height, self.width, channels) if channels > 1 else (self.height, self.width)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height), as PIL has it."""
        return self.width, self.height

    def to_numpy(self) -> NDArray[Any]:
        """The pixels as an array of one's own, to write to."""
        from numpy import array

        return array(self)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        """For NumPy where the buffer cannot be had: says why, rather than make an object array."""
        from numpy import asarray

        return asarray(memoryview(self), dtype=dtype)

    def to_pil(self) -> Image:
        """The picture as a PIL image, RGBA; floats are clamped to 0..1 first.

        A plane of one component is gray: L, or I;16.

        Raises:
            WrongTypeError: a plane of two components, which PIL has no mode for.
        """
        from ._pictures import to_pil

        return to_pil(self)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the picture: .png, .jpg (without alpha), .webp or .tif, whole or not at all.

        Raises:
            OutputError: the folder is missing or cannot be written to.
            InvalidArgumentError: an ending that is none of those.
        """
        from ._pictures import save

        save(self, path)

    def lease(self, role: Role = "cache") -> Lease:
        """Take a hold of one's own on the frame: it stays, whoever else lets it go.

        Args:
            role: the reason: ``"decoder"``, ``"cache"``, ``"presenter"`` or ``"renderer"``.

        Raises:
            LeaseError: ``"gpu"``, which is the GPU's own role.
            InvalidArgumentError: a role that is none.
            StaleError: the frame belongs to an ended generation of its context.
            ClosedError: the frame or its context is closed.
        """
        from ._origin import caller

        lease: Lease = self._lease(role, caller())
        return lease

    def capsule(self, *, owned: bool = True) -> Any:
        """The frame for another extension: a ``PyCapsule`` named ``zcgpu.frame``.

        Args:
            owned: the capsule brings a hold of its own. Otherwise it lends this frame's, and keeps
                this frame's object alive.

        docs/capsules.md tells how to take one.
        """
        return self._capsule(owned)

    def dmabuf(self) -> Dmabuf:
        """The picture as it is now in DMA-BUFs, for other processes and libraries.

        The GPU makes a copy with row 0 on top, and is waited for. Close it when the last reader is
        done: its memory is drawn into again then.

        Raises:
            DmabufError: the driver hands no memory out, and why.
            StaleError: the frame belongs to an ended generation of its context.
        """
        from ._origin import caller

        dmabuf: Dmabuf = self._dmabuf(caller())
        return dmabuf

    def _repr_png_(self) -> bytes | None:
        from ._pictures import png

        return None if self.closed or self.channels == 2 else png(self)

    def __repr__(self) -> str:
        if self.closed:
            return "<zcgpu.Frame closed>"
        state = "" if self.usable else ", its context has ended"
        kind = "cube of " if self.faces == 6 else ""
        height = self.height // self.faces
        kind = {1: "plane of ", 2: "plane of "}.get(self.channels, kind)
        return f"<zcgpu.Frame {kind}{self.width}x{height} {self.dtype}{state}>"


_native.use_frame_type(Frame)
