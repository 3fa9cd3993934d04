"""What a decoded picture looks like, in double precision.

Written from ITU-T H.273 and from what a format's name says, with NumPy, and without a look at the
engine: slow and plain. `rgba(planes, layout, ...)` gives floats of 0 to 255, not rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

#: Kr and Kb of H.273, table 4, by FFmpeg's names.
WEIGHTS = {
    "bt709": (0.2126, 0.0722),
    "fcc": (0.30, 0.11),
    "bt470bg": (0.299, 0.114),
    "smpte170m": (0.299, 0.114),
    "smpte240m": (0.212, 0.087),
    "bt2020nc": (0.2627, 0.0593),
}

#: Where a chroma sample lies among the luma samples that it is for: 0 with the leftmost and highest
#: of them, 1 with the rightmost and lowest.
SITINGS = {
    "left": (0.0, 0.5),
    "center": (0.5, 0.5),
    "topleft": (0.0, 0.0),
    "top": (0.5, 0.0),
    "bottomleft": (0.0, 1.0),
    "bottom": (0.5, 1.0),
}


@dataclass(frozen=True)
class Layout:
    """A pixel format: samples by plane, and what they mean."""

    name: str
    #: "yuv": luma, Cb, Cr planes; "nv": luma, pairs; "gbr" planes; else letters of a packed pixel
    kind: str
    depth: int = 8
    across: int = 1  # luma columns for one of chroma
    down: int = 1
    shift: int = 0  # zero bits below a sample
    has_alpha: bool = False


def _yuv() -> list[Layout]:
    made = []
    made += [Layout("yuv411p", "yuv", 8, 4, 1), Layout("yuv410p", "yuv", 8, 4, 4)]
    kinds = (("420", 2, 2), ("422", 2, 1), ("440", 1, 2), ("444", 1, 1))
    for name, across, down in kinds:
        for depth in (8, 10, 12):
            ending = "" if depth == 8 else f"{depth}le"
            made.append(Layout(f"yuv{name}p{ending}", "yuv", depth, across, down))
        if name == "440":
            continue
        made.append(Layout(f"yuva{name}p", "yuv", 8, across, down, has_alpha=True))
        made.append(Layout(f"yuva{name}p10le", "yuv", 10, across, down, has_alpha=True))
        if name != "420":
            made.append(Layout(f"yuva{name}p12le", "yuv", 12, across, down, has_alpha=True))
    return made


LAYOUTS = {
    it.name: it
    for it in [
        Layout("nv12", "nv", 8, 2, 2),
        Layout("p010le", "nv", 10, 2, 2, 6),
        *_yuv(),
        Layout("gray", "y"),
        Layout("gray10le", "y", 10),
        Layout("gray12le", "y", 12),
        Layout("gray16le", "y", 16),
        Layout("ya8", "ya"),
        Layout("rgb24", "rgb"),
        Layout("bgr24", "bgr"),
        Layout("rgba", "rgba"),
        Layout("bgra", "bgra"),
        Layout("argb", "argb"),
        Layout("abgr", "abgr"),
        Layout("rgb0", "rgb0"),
        Layout("bgr0", "bgr0"),
        Layout("rgb48le", "rgb", 16),
        Layout("rgba64le", "rgba", 16),
        Layout("gbrp", "gbr"),
        Layout("gbrp10le", "gbr", 10),
        Layout("gbrp12le", "gbr", 12),
        Layout("gbrp14le", "gbr", 14),
        Layout("gbrp16le", "gbr", 16),
        Layout("gbrap", "gbr", has_alpha=True),
        Layout("gbrap10le", "gbr", 10, has_alpha=True),
        Layout("gbrap12le", "gbr", 12, has_alpha=True),
        Layout("gbrap16le", "gbr", 16, has_alpha=True),
    ]
}


def shapes(layout: Layout, width: int, height: int) -> list[tuple[int, ...]]:
    """The shape of each plane."""
    chroma: tuple[int, ...] = (-(-height // layout.down), -(-width // layout.across))
    luma: tuple[int, ...] = (height, width)
    if layout.kind == "nv":
        return [luma, (*chroma, 2)]
    if layout.kind == "yuv":
        return [luma, chroma, chroma] + [luma] * layout.has_alpha
    if layout.kind == "gbr":
        return [luma] * (3 + layout.has_alpha)
    return [(height, width, len(layout.kind))]


def samples(layout: Layout, width: int, height: int, seed: int) -> list[Array]:
    """Planes of any values, the extreme ones among them."""
    random = np.random.default_rng(seed)
    planes = []
    for shape in shapes(layout, width, height):
        plane = random.integers(0, 1 << layout.depth, shape)
        edge = random.random(shape)
        plane[edge < 0.05] = 0
        plane[edge > 0.95] = (1 << layout.depth) - 1
        planes.append(plane)
    return planes


def stored(layout: Layout, planes: list[Array]) -> bytes:
    """The planes as ffmpeg's rawvideo has them."""
    dtype = "<u2" if layout.depth > 8 else "u1"
    return b"".join((plane << layout.shift).astype(dtype).tobytes() for plane in planes)


def rgba(
    layout: Layout, planes: list[Array], *, matrix: str, full: bool, siting: str = "left"
) -> Array:
    """(height, width, 4), 0 to 255."""
    top = (1 << layout.depth) - 1
    unit = 2.0 ** (layout.depth - 8)

    def level(sample: Array) -> Array:
        return sample / top if full else (sample / unit - 16) / 219

    values = [plane.astype(float) for plane in planes]
    height, width = values[0].shape[:2]
    result = np.ones((height, width, 4))
    if layout.kind in ("yuv", "nv"):
        pair = [values[1][..., 0], values[1][..., 1]] if layout.kind == "nv" else values[1:3]
        cb, cr = (_spread(it, layout, siting, width, height) for it in pair)
        if layout.has_alpha:
            result[..., 3] = values[3] / top
        luma = level(values[0])
        if matrix == "rgb":
            result[..., :3] = np.stack([level(cr), luma, level(cb)], -1)
        else:
            middle = 128 * unit
            span = top if full else 224 * unit
            result[..., :3] = _rgb(luma, (cb - middle) / span, (cr - middle) / span, matrix)
    elif layout.kind == "gbr":
        for index, plane in zip((1, 2, 0), values, strict=False):
            result[..., index] = level(plane)
        if layout.has_alpha:
            result[..., 3] = values[3] / top
    else:
        for place, letter in enumerate(layout.kind):
            sample = values[0][..., place]
            if letter == "y":
                result[..., :3] = level(sample)[..., None]
            elif letter == "a":
                result[..., 3] = sample / top
            elif letter != "0":
                result[..., "rgb".index(letter)] = level(sample)
    clipped: Array = np.clip(result, 0, 1) * 255
    return clipped


def _rgb(luma: Array, cb: Array, cr: Array, matrix: str) -> Array:
    if matrix == "ycgco":  # H.273, equations 56 to 59
        return np.stack([luma - cb + cr, luma + cb, luma - cb - cr], -1)
    kr, kb = WEIGHTS[matrix]
    red = luma + 2 * (1 - kr) * cr
    blue = luma + 2 * (1 - kb) * cb
    return np.stack([red, (luma - kr * red - kb * blue) / (1 - kr - kb), blue], -1)


def _spread(chroma: Array, layout: Layout, siting: str, width: int, height: int) -> Array:
    """Chroma where luma is: bilinear, the outermost samples repeated."""
    right, below = SITINGS[siting]
    columns = _positions(width, layout.across, right)
    rows = _positions(height, layout.down, below)
    spread = _along(chroma, columns, 1)
    return _along(spread, rows, 0)


def _positions(count: int, step: int, place: float) -> Array:
    return (np.arange(count) - place * (step - 1)) / step


def _along(values: Array, at: Array, axis: int) -> Array:
    last = values.shape[axis] - 1
    low = np.floor(at).astype(int)
    part = at - low
    part = part if axis else part[:, None]
    before = np.take(values, np.clip(low, 0, last), axis)
    after = np.take(values, np.clip(low + 1, 0, last), axis)
    mixed: Array = before * (1 - part) + after * part
    return mixed
