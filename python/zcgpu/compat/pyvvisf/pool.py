"""Pools of buffers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import context
from .buffer import GLBuffer
from .errors import translated
from .geometry import needed_size

if TYPE_CHECKING:
    from .geometry import Size


class GLBufferPool:
    """Makes buffers, and reuses the memory of those that nobody holds any more.

    Raises:
        ShaderRenderingError: no context can be made; the message says why.
    """

    def __init__(self) -> None:
        context.needed()

    def create_buffer(self, size: Size) -> GLBuffer:
        """A buffer of transparent black.

        Raises:
            SizeError: less than a pixel, or more than 16384 on a side.
            ShaderRenderingError: no context, or no room.
        """
        import numpy as np

        width, height = needed_size(size)
        with translated("cannot create a buffer"):
            black = np.zeros((height, width, 4), np.uint8)
            return GLBuffer._showing(context.needed().frame(black))

    def housekeeping(self) -> None:
        """Free what has been idle for long."""

    def purge(self) -> None:
        """Free what is idle."""

    def cleanup(self) -> None:
        """Free what is idle, and what the GPU is about to be done with."""

    def force_cleanup(self) -> None:
        """Free what nobody holds; what somebody holds stays his, and is freed when he drops it."""
