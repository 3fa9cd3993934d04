"""Buffers: pictures on the GPU."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from ..._arguments import shown
from ...errors import InvalidArgumentError, WrongTypeError
from . import context
from .descriptor import (
    Backing,
    GLBufferDescriptor,
    GLBufferTarget,
    GLBufferType,
    InternalFormat,
    PixelFormat,
    PixelType,
)
from .errors import ENDED, ShaderRenderingError, translated
from .geometry import Rect, Size

if TYPE_CHECKING:
    from PIL.Image import Image

    from ...frame import Frame

_names = count(1)
_CHANNELS = {"RGBA": 4, "RGB": 3, "L": 1}


class GLBuffer:
    """A picture on the GPU, kept as long as this lives; or nothing yet.

    ``size`` and ``backingSize`` are its pixels. ``srcRect`` (y upwards) and ``flipped`` are what of
    it an image input shows, and whether upside down. ``name`` is a number of its own while there is
    a picture and 0 otherwise; it is no texture's name, since nobody may bind or delete that
    beside zcgpu.
    """

    Type_Tex = GLBufferType.Type_Tex
    Target_2D = GLBufferTarget.Target_2D
    Target_Cube = GLBufferTarget.Target_Cube
    InternalFormat_RGBA = InternalFormat.InternalFormat_RGBA
    PixelFormat_RGBA = PixelFormat.PixelFormat_RGBA
    PixelType_UByte = PixelType.PixelType_UByte
    Backing_None = Backing.Backing_None

    def __init__(self) -> None:
        self._frame: Frame | None = None
        self._name = 0
        self.size = Size()
        self.srcRect = Rect()
        self.backingSize = Size()
        self.flipped = False
        self.preferDeletion = False

    @classmethod
    def _showing(cls, frame: Frame) -> GLBuffer:
        buffer = cls()
        buffer._show(frame)
        return buffer

    def _show(self, frame: Frame) -> None:
        """Take on a picture in place of the one before."""
        self._frame = frame
        self._name = next(_names)
        self.size = Size(frame.width, frame.height)
        self.srcRect = Rect(0, 0, frame.width, frame.height)
        self.backingSize = Size(frame.width, frame.height)
        self.flipped = False

    @property
    def name(self) -> int:
        """A number of its own; 0 where there is no picture yet."""
        return self._name

    @name.setter
    def name(self, value: object) -> None:
        raise AttributeError(
            "a GLBuffer takes no texture by its name: make one with GLBuffer.from_pil_image()"
        )

    @property
    def frame(self) -> Frame | None:
        """The same picture as zcgpu has it; None where there is none yet."""
        return self._frame

    @property
    def desc(self) -> GLBufferDescriptor:
        """What it is made of: one's own copy."""
        descriptor = GLBufferDescriptor()
        if self._frame is not None:
            descriptor.gpuBackingType = Backing.Backing_Internal
            if self._frame.dtype == "float32":
                descriptor.internalFormat = InternalFormat.InternalFormat_RGBA32F
                descriptor.pixelType = PixelType.PixelType_Float
        return descriptor

    def to_pil_image(self) -> Image:
        """The whole picture as a PIL image, RGBA, upright; floats are clamped to 0..1.

        Raises:
            ShaderRenderingError: there is no picture yet, or its context has ended.
        """
        frame = self._needed()
        with translated("cannot read the buffer"):
            return frame.to_pil()

    @staticmethod
    def from_pil_image(pil_image: Image) -> GLBuffer:
        """Upload a PIL image.

        Raises:
            WrongTypeError: no PIL image.
            ShaderRenderingError: no context can be made, or it has no room.
        """
        if not (hasattr(pil_image, "getbands") and hasattr(pil_image, "convert")):
            raise WrongTypeError(f"a PIL image is wanted, not {type(pil_image).__name__}")
        with translated("cannot upload the image"):
            return GLBuffer._showing(context.needed().frame(pil_image))

    def create_pil_image(
        self, mode: str = "RGBA", color: tuple[int, int, int, int] = (0, 0, 0, 255)
    ) -> Image:
        """A new PIL image of this size, all of one colour; the buffer's pixels are not read.

        Args:
            mode: RGBA, RGB or L.
            color: red, green, blue, alpha, 0 to 255; L takes the first.

        Raises:
            InvalidArgumentError: another mode.
            ShaderRenderingError: there is no picture yet.
        """
        from PIL import Image

        if not isinstance(mode, str) or mode not in _CHANNELS:
            raise InvalidArgumentError(f"mode is RGBA, RGB or L, not {shown(mode)}")
        frame = self._needed()
        parts = tuple(color)[: _CHANNELS[mode]]
        return Image.new(mode, frame.size, parts[0] if mode == "L" else parts)

    def is_full_frame(self) -> bool:
        """Whether ``srcRect`` is all of it."""
        rect = self.srcRect
        full = rect.size.width == self.size.width and rect.size.height == self.size.height
        return rect.origin.is_zero() and full

    def is_pot2d_tex(self) -> bool:
        """Whether both sides are powers of two."""
        return all(_is_power_of_two(side) for side in (self.size.width, self.size.height))

    def is_npot2d_tex(self) -> bool:
        """Whether a side is no power of two."""
        return not self.is_pot2d_tex()

    def calculate_backing_bytes_per_row(self) -> int:
        """Bytes of a row."""
        return int(self.backingSize.width) * (16 if self._is_float() else 4)

    def calculate_backing_length(self) -> int:
        """Bytes of all rows."""
        return self.calculate_backing_bytes_per_row() * int(self.backingSize.height)

    def _is_float(self) -> bool:
        return self._frame is not None and self._frame.dtype == "float32"

    def alloc_shallow_copy(self) -> GLBuffer:
        """Another buffer with the same picture, which both keep."""
        copy = GLBuffer()
        copy._frame, copy._name = self._frame, self._name
        copy.size = Size(self.size.width, self.size.height)
        copy.backingSize = Size(self.backingSize.width, self.backingSize.height)
        origin, size = self.srcRect.origin, self.srcRect.size
        copy.srcRect = Rect(origin.x, origin.y, size.width, size.height)
        copy.flipped, copy.preferDeletion = self.flipped, self.preferDeletion
        return copy

    def get_description(self) -> str:
        """Type, name and size, for people to read."""
        return f"<GLBuffer T-2, {self._name}, {self.size.width:.0f}x{self.size.height:.0f}>"

    def get_description_string(self) -> str:
        """As `get_description`."""
        return self.get_description()

    def __repr__(self) -> str:
        return self.get_description()

    def _needed(self) -> Frame:
        if self._frame is None:
            raise ShaderRenderingError(
                "this GLBuffer holds no picture (no OpenGL texture): buffers with one come from "
                "create_and_render_a_buffer(), GLBuffer.from_pil_image() and "
                "GLBufferPool.create_buffer()"
            )
        return self._frame

    def _input(self, name: str) -> Any:
        """The frame that the image input `name` shows: ``srcRect`` of it, flipped or not."""
        frame = self._needed()
        if frame.context.closed:
            raise ShaderRenderingError(f"input {name!r}: {ENDED}")
        if self.is_full_frame() and not self.flipped:
            return frame
        import numpy as np

        rect = self.srcRect
        left, right = int(rect.min_x()), int(rect.max_x())
        top, bottom = frame.height - int(rect.max_y()), frame.height - int(rect.min_y())
        if not (0 <= left < right <= frame.width and 0 <= top < bottom <= frame.height):
            raise ShaderRenderingError(
                f"input {name!r}: srcRect {rect} is not within the buffer's {self.size}"
            )
        part = np.asarray(frame)[top:bottom, left:right]
        return frame.context.frame(np.ascontiguousarray(part[::-1] if self.flipped else part))


def CreateGLBufferRef() -> GLBuffer:
    """A buffer without a picture."""
    return GLBuffer()


def _is_power_of_two(side: float) -> bool:
    return side >= 1 and int(side) == side and int(side) & (int(side) - 1) == 0
