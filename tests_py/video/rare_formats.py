"""Pixel formats that libswscale has to convert: which samples they have, and their bytes.

Those that Matroska can hold, which is where a file of each comes from.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from video.color_files import Word
from video.color_reference import LAYOUTS, Array, Layout, rgba, samples


@dataclass(frozen=True)
class Rare:
    """A format by FFmpeg's name, of samples as another layout has them or as its own does."""

    name: str
    layout: Layout
    packed: Callable[[list[Array]], bytes]
    #: The highest red, green and blue, where they are not the layout's.
    tops: tuple[int, int, int] | None = None

    def samples(self, width: int, height: int) -> list[Array]:
        if not self.tops:
            return samples(self.layout, width, height, seed=width)
        random = np.random.default_rng(width)
        return [np.stack([random.integers(0, it + 1, (height, width)) for it in self.tops], -1)]

    def pixels(self, planes: list[Array], word: Word) -> Array:
        if self.tops:
            opaque = np.full(planes[0].shape[:2], 255.0)
            return np.dstack([planes[0] / self.tops * 255, opaque])
        return rgba(
            self.layout,
            planes,
            matrix=word.matrix or "rgb",
            full=word.full is not False,
            siting=word.siting or "left",
        )

    def write(self, path: Path, planes: list[Array], word: Word) -> None:
        height, width = planes[0].shape[:2]
        command = ["ffmpeg", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", self.name]
        command += ["-s", f"{width}x{height}", "-i", "-", "-c:v", "rawvideo"]
        command += ["-strict", "-2", *word.arguments, str(path)]
        subprocess.run(command, input=self.packed(planes), timeout=120, check=True)


def _in_turns(places: str) -> Callable[[list[Array]], bytes]:
    """Two pixels in four bytes: y and Y are luma of the left one and of the right one."""

    def packed(planes: list[Array]) -> bytes:
        height, columns = planes[1].shape
        luma = np.zeros((height, columns * 2), int)
        luma[:, : planes[0].shape[1]] = planes[0]
        parts = {"y": luma[:, ::2], "Y": luma[:, 1::2], "u": planes[1], "v": planes[2]}
        return np.stack([parts[it] for it in places], -1).astype("u1").tobytes()

    return packed


def _red_first(planes: list[Array]) -> bytes:
    """NV21: pairs of Cr and Cb."""
    pairs = np.stack([planes[2], planes[1]], -1)
    return planes[0].astype("u1").tobytes() + pairs.astype("u1").tobytes()


def _planes(dtype: str) -> Callable[[list[Array]], bytes]:
    return lambda planes: b"".join(it.astype(dtype).tobytes() for it in planes)


def _words(dtype: str, *starts: int) -> Callable[[list[Array]], bytes]:
    """A pixel in one word: where its red, green and blue start."""

    def packed(planes: list[Array]) -> bytes:
        pixels = sum(planes[0][..., index] << start for index, start in enumerate(starts))
        return np.asarray(pixels).astype(dtype).tobytes()

    return packed


def _bits(black: int) -> Callable[[list[Array]], bytes]:
    """Eight pixels a byte, the first one in the highest bit."""
    return lambda planes: np.packbits(planes[0][..., 0] ^ black, axis=1).tobytes()


def _palette(planes: list[Array]) -> bytes:
    """A byte a pixel, and 256 colours after them, blue first: pixel i has colour 255 - i."""
    red, green, blue = np.moveaxis(planes[0], -1, 0)
    index = red * 36 + green * 6 + blue
    numbers = np.arange(256)
    parts = [numbers % 6 * 51, numbers // 6 % 6 * 51, numbers // 36 * 51, np.full(256, 255)]
    colors = np.stack(parts, -1)[::-1]
    return bytes((255 - index).astype("u1").tobytes() + (colors & 255).astype("u1").tobytes())


def _deep(name: str, kind: str, depth: int, across: int = 1, down: int = 1) -> Rare:
    layout = Layout(name, kind, depth, across, down, has_alpha=name.startswith("yuva"))
    return Rare(name, layout, _planes(">u2" if name.endswith("be") else "<u2"))


def _rgb(name: str, dtype: str, starts: tuple[int, int, int], *tops: int) -> Rare:
    return Rare(name, LAYOUTS["rgb24"], _words(dtype, *starts), (tops[0], tops[1], tops[2]))


_ENDINGS = ("9le", "14le", "16le", "10be", "12be")

_ALL = [
    Rare("yuyv422", LAYOUTS["yuv422p"], _in_turns("yuYv")),
    Rare("uyvy422", LAYOUTS["yuv422p"], _in_turns("uyvY")),
    Rare("yvyu422", LAYOUTS["yuv422p"], _in_turns("yvYu")),
    Rare("nv21", LAYOUTS["yuv420p"], _red_first),
    *(
        _deep(f"yuv{kind}p{ending}", "yuv", int(ending[:-2]), *spans)
        for kind, spans in (("420", (2, 2)), ("422", (2, 1)), ("444", (1, 1)))
        for ending in _ENDINGS
    ),
    _deep("yuva420p9le", "yuv", 9, 2, 2),
    _deep("yuva420p16le", "yuv", 16, 2, 2),
    _deep("yuva422p16le", "yuv", 16, 2, 1),
    _deep("yuva444p16le", "yuv", 16),
    *(_deep(f"gray{ending}", "y", int(ending[:-2])) for ending in ("9le", "10be", "12be", "16be")),
    *(_deep(f"gbrp{bits}be", "gbr", bits) for bits in (10, 12, 14, 16)),
    _deep("gbrp9le", "gbr", 9),
    _deep("rgb48be", "rgb", 16),
    _deep("rgba64be", "rgba", 16),
    _rgb("0rgb", ">u4", (16, 8, 0), 255, 255, 255),
    _rgb("0bgr", ">u4", (0, 8, 16), 255, 255, 255),
    _rgb("rgb565le", "<u2", (11, 5, 0), 31, 63, 31),
    _rgb("bgr565le", "<u2", (0, 5, 11), 31, 63, 31),
    _rgb("rgb555le", "<u2", (10, 5, 0), 31, 31, 31),
    _rgb("rgb444le", "<u2", (8, 4, 0), 15, 15, 15),
    _rgb("bgr444le", "<u2", (0, 4, 8), 15, 15, 15),
    _rgb("rgb8", "u1", (5, 2, 0), 7, 7, 3),
    _rgb("bgr8", "u1", (0, 3, 6), 7, 7, 3),
    _rgb("rgb4_byte", "u1", (3, 1, 0), 1, 3, 1),
    Rare("pal8", LAYOUTS["rgb24"], _palette, (5, 5, 5)),
    Rare("monob", Layout("monob", "y", 1), _bits(black=0)),
    Rare("monow", Layout("monow", "y", 1), _bits(black=1)),
]

RARE = {it.name: it for it in _ALL}
