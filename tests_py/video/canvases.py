"""Framebuffers of a host for a renderer to draw into, and what is seen in them."""

from typing import Any

import host_gl
import hosts
import numpy as np
from expected import linear
from host_disorder import framebuffer
from host_gl import call
from numpy.typing import NDArray

KINDS = {
    "gl": (hosts.OPENGL, (4, 5), hosts.CORE),
    "compatibility": (hosts.OPENGL, (4, 5), hosts.COMPATIBILITY),
    "es": (hosts.OPENGL_ES, (3, 0), 0),
}
BACK = (10, 20, 30, 40)
"""What a framebuffer shows before anything is drawn."""
BLUE = (0, 0, 255, 255)


def counts(**some: int) -> dict[str, int]:
    """What a renderer's `stats` tells, of which only some happened."""
    return {**dict.fromkeys(("drawn", "dropped", "failed", "fallbacks"), 0), **some}


def canvas(width: int, height: int) -> int:
    """A framebuffer that shows `BACK`, bound, with a viewport over all of it."""
    made = framebuffer(width, height)
    call("glClearColor", *(number / 255 for number in BACK))
    call("glClear", 0x4000)
    call("glClearColor", 0.0, 0.0, 0.0, 0.0)
    call("glViewport", 0, 0, width, height)
    return made


def shown(width: int, height: int) -> NDArray[np.uint8]:
    """What is in the framebuffer, row 0 on top."""
    pixels = np.array(host_gl.pixels(width, height), np.uint8)
    return pixels.reshape(height, width, 4)[::-1]


def filled(width: int, height: int, colour: tuple[int, ...]) -> NDArray[np.uint8]:
    return np.full((height, width, 4), colour, np.uint8)


def scaled(picture: NDArray[Any], width: int, height: int) -> NDArray[Any]:
    """A picture in another size, filtered as GL does it."""
    x, y = (np.arange(width) + 0.5) / width, 1 - (np.arange(height) + 0.5) / height
    return linear(picture, *np.meshgrid(x, y)) * 255
