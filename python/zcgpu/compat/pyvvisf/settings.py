"""What a scene notes about how it is to be drawn, and was."""

from __future__ import annotations

import time
import warnings

from ..._arguments import shown
from ...errors import WrongTypeError
from .errors import VVISFError
from .geometry import Size
from .pool import GLBufferPool
from .program import Program


class SceneSettings:
    """The part of an `ISFScene` that is neither document nor drawing."""

    def __init__(self) -> None:
        self._program = Program()
        self._pool: GLBufferPool | None = None
        self._size = Size()
        self._render_size = Size()
        self._to_surface = False
        self._began = time.monotonic()

    def size(self) -> Size:
        """The size set or drawn last; 0x0 before."""
        return Size(self._size.width, self._size.height)

    def set_size(self, size: Size) -> None:
        """Note a size; each frame says its own."""
        if not isinstance(size, Size):
            raise WrongTypeError(f"a size is a Size(width, height), not {shown(size)}")
        self._size = Size(size.width, size.height)

    def ortho_size(self) -> Size:
        """As `size`."""
        return self.size()

    def set_ortho_size(self, size: Size) -> None:
        """As `set_size`."""
        self.set_size(size)

    def render_size(self) -> Size:
        """The size drawn last; 0x0 before."""
        return Size(self._render_size.width, self._render_size.height)

    def get_timestamp(self) -> float:
        """Seconds since the document came into use."""
        return time.monotonic() - self._began

    def set_always_render_to_float(self, value: bool) -> None:
        """Draw every pass in 32-bit floats, from the next frame on."""
        if bool(value) != self._program.is_float:
            self._program.is_float = bool(value)
            self._program.forget()

    def always_render_to_float(self) -> bool:
        """Whether every pass is drawn in 32-bit floats."""
        return self._program.is_float

    def set_persistent_to_iosurface(self, value: bool) -> None:
        """Note a wish that only macOS can grant."""
        self._to_surface = bool(value)

    def persistent_to_iosurface(self) -> bool:
        """What `set_persistent_to_iosurface` noted; nothing else depends on it."""
        return self._to_surface

    def set_throw_exceptions(self, value: bool) -> None:
        """Errors are always raised, as pyvvisf said they were; False is a warning."""
        if not value:
            warnings.warn(
                "errors are always raised: set_throw_exceptions(False) changes nothing",
                RuntimeWarning,
                stacklevel=2,
            )

    def throw_exceptions(self) -> bool:
        """True."""
        return True

    def set_private_pool(self, pool: GLBufferPool | None) -> None:
        """Draw frames from a pool, where a call names no other."""
        if pool is not None and not isinstance(pool, GLBufferPool):
            raise WrongTypeError(f"a pool is a GLBufferPool or None, not {type(pool).__name__}")
        self._pool = pool

    def private_pool(self) -> GLBufferPool | None:
        """The pool that frames are drawn from, where it is not the context's."""
        return self._pool

    def set_private_copier(self, copier: None) -> None:
        """Only None: zcgpu copies by itself.

        Raises:
            VVISFError: anything else.
        """
        if copier is not None:
            raise VVISFError("zcgpu copies textures by itself: a scene takes no copier")

    def private_copier(self) -> None:
        """None: zcgpu copies by itself."""

    def set_render_callback(self, callback: object) -> None:
        """Cannot be had.

        Raises:
            VVISFError: unless the callback is None.
        """
        if callback is not None:
            raise VVISFError(
                "zcgpu calls nobody back while it draws, for the driver would be in the middle of "
                "something; act before or after create_and_render_a_buffer()"
            )
