"""What a host draws into, in a context of its own that is current."""

import ctypes

import host_gl
import numpy as np
from host_disorder import framebuffer
from numpy.typing import NDArray

GREEN = (0, 255, 0, 255)
_FRAMEBUFFER, _COLOUR, _RGBA, _BYTES = 0x8D40, 0x4000, 0x1908, 0x1401


class Canvas:
    """A framebuffer of 8 x 8 pixels, bound."""

    def __init__(self) -> None:
        self.name = framebuffer(8, 8)

    def clear_what_is_bound(self, colour: tuple[int, ...]) -> None:
        """Clear; the host believes that its canvas is still bound."""
        host_gl.call("glClearColor", *(component / 255 for component in colour))
        host_gl.call("glClear", _COLOUR)

    def clear(self, colour: tuple[int, ...]) -> None:
        """Bind and clear."""
        host_gl.call("glBindFramebuffer", _FRAMEBUFFER, self.name)
        self.clear_what_is_bound(colour)

    def pixels(self) -> NDArray[np.uint8]:
        """What it shows."""
        host_gl.call("glBindFramebuffer", _FRAMEBUFFER, self.name)
        pixels = np.zeros((8, 8, 4), np.uint8)
        host_gl.call(
            "glReadPixels", 0, 0, 8, 8, _RGBA, _BYTES, pixels.ctypes.data_as(ctypes.c_void_p)
        )
        return pixels
