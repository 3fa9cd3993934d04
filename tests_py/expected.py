"""What pictures must be, worked out in double precision without a GPU."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

import zcgpu

Numbers = NDArray[np.float64]


def positions(width: int, height: int) -> tuple[Numbers, Numbers]:
    """Each pixel centre's x and y, 0 to 1, y upwards, as arrays whose row 0 is on top."""
    x = (np.arange(width) + 0.5) / width
    y = 1.0 - (np.arange(height) + 0.5) / height
    xs, ys = np.meshgrid(x, y)
    return xs, ys


def rgba(*channels: ArrayLike) -> Numbers:
    """Four channels, arrays or numbers, as one picture."""
    return np.stack(np.broadcast_arrays(*channels), axis=-1).astype(np.float64)


def linear(picture: NDArray[Any], u: Numbers, v: Numbers) -> Numbers:
    """A picture (row 0 on top) looked up at (u, v), v upwards, linear, clamped to its edges.

    The formula is section 8.14.3 of the OpenGL 4.5 specification.
    """
    texels = picture[::-1].astype(np.float64) / (255.0 if picture.dtype == np.uint8 else 1.0)
    height, width = texels.shape[:2]
    x, y = u * width - 0.5, v * height - 0.5
    i, j = np.floor(x).astype(int), np.floor(y).astype(int)
    a, b = (x - i)[..., None], (y - j)[..., None]

    def texel(column: NDArray[Any], row: NDArray[Any]) -> Numbers:
        found: Numbers = texels[np.clip(row, 0, height - 1), np.clip(column, 0, width - 1)]
        return found

    below = (1 - a) * texel(i, j) + a * texel(i + 1, j)
    above = (1 - a) * texel(i, j + 1) + a * texel(i + 1, j + 1)
    mixed: Numbers = (1 - b) * below + b * above
    return mixed


def assert_shows(frame: zcgpu.Frame, expected: Numbers, *, steps: float = 0.5) -> None:
    """A frame of bytes is as expected (0 to 1): rounded to the nearest, or `steps` away."""
    pixels = np.asarray(frame)
    assert pixels.dtype == np.uint8
    assert pixels.shape == expected.shape
    wanted = np.clip(expected, 0.0, 1.0) * 255.0
    # 32-bit arithmetic in the shader is off by a few 1e-5 of a step.
    np.testing.assert_array_less(np.abs(pixels - wanted), steps + 1e-3)


def noise(height: int, width: int, channels: int = 4, seed: int = 7) -> NDArray[np.uint8]:
    """A picture of random bytes, the same each time."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, channels), np.uint8)
