"""Pictures for shaders that want some: colourful, lopsided, and with fine detail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIZE = (640, 360)
WALLS = ("#d6544a", "#4096be", "#f0dcaa", "#465a46", "#9660be", "#dca03c")


def day() -> Image.Image:
    """A bright coast with a sun on the left: what filters get, and what transitions begin with."""
    x, y = _places()
    red = 0.98 - 0.55 * y
    green = 0.55 + 0.30 * y - 0.10 * x
    blue = 0.45 + 0.50 * y + 0.10 * x
    card = _painted(red, green, blue)
    draw = ImageDraw.Draw(card)
    draw.ellipse((70, 40, 170, 140), fill=(255, 236, 150))
    for base, height, colour in (
        (210, 60, (94, 92, 150)),
        (250, 44, (52, 112, 120)),
        (296, 30, (24, 62, 66)),
    ):
        across = np.linspace(0.0, 1.0, 81)
        ridge = base - height * (np.sin(across * 9 + base) + 0.6 * np.sin(across * 23 + height))
        outline = [(edge * SIZE[0], top) for edge, top in zip(across, ridge, strict=True)]
        draw.polygon([(0, SIZE[1]), *outline, (SIZE[0], SIZE[1])], fill=colour)
    _checks(draw, 430, 34)
    _words(draw, (196, 26), (255, 255, 255))
    return card


def night() -> Image.Image:
    """Coloured rings in the dark: a transition's end, and every second picture."""
    x, y = _places()
    rings = 0.5 + 0.5 * np.cos(28.0 * np.hypot((x - 0.68) * 16 / 9, y - 0.42))
    red = 0.06 + 0.75 * rings * x
    green = 0.10 + 0.35 * rings * (1.0 - y)
    blue = 0.22 + 0.60 * rings * (1.0 - 0.6 * x)
    card = _painted(red, green, blue)
    draw = ImageDraw.Draw(card)
    draw.polygon([(60, 300), (150, 120), (250, 330)], fill=(250, 196, 40))
    draw.rectangle((36, 40, 116, 84), fill=(232, 66, 92))
    _checks(draw, 500, 250)
    _words(draw, (140, 44), (120, 255, 220))
    return card


def sides() -> list[Image.Image]:
    """A room's walls, for cubes: right, left, top, bottom, front, back, each of its own colour."""
    walls = []
    for index, colour in enumerate(WALLS):
        wall = Image.new("RGB", (128, 128), colour)
        draw = ImageDraw.Draw(wall)
        draw.rectangle((4, 4, 123, 123), outline=(20, 20, 26), width=2)
        draw.polygon([(20 + 6 * index, 108), (64, 24), (108, 108)], fill=(250, 250, 240))
        draw.text((60, 70), ["+x", "-x", "+y", "-y", "+z", "-z"][index], fill=(20, 20, 26))
        walls.append(wall)
    return walls


def _places() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How far to the right, and how far down, 0 to 1."""
    width, height = SIZE
    x, y = np.meshgrid(np.linspace(0.0, 1.0, width), np.linspace(0.0, 1.0, height))
    return x, y


def _painted(*channels: NDArray[np.float64]) -> Image.Image:
    pixels = np.rint(np.clip(np.stack(channels, axis=-1), 0.0, 1.0) * 255.0)
    return Image.fromarray(pixels.astype(np.uint8), "RGB")


def _checks(draw: ImageDraw.ImageDraw, left: int, top: int) -> None:
    """Primaries and fine lines, where blurs and shifts show."""
    colours = ((230, 40, 40), (40, 190, 70), (50, 90, 235), (245, 245, 245), (10, 10, 12))
    for index, colour in enumerate(colours):
        draw.rectangle((left + index * 22, top, left + index * 22 + 21, top + 21), fill=colour)
    for index in range(0, 110, 4):
        draw.line((left + index, top + 26, left + index, top + 44), fill=(245, 245, 245))


def _words(draw: ImageDraw.ImageDraw, place: tuple[int, int], colour: tuple[int, int, int]) -> None:
    font = ImageFont.load_default()
    for row, words in enumerate(("zcgpu  ISF 0123", "the quick brown fox", "jumps over it all")):
        mask = Image.new("1", (120, 12))
        ImageDraw.Draw(mask).text((0, 0), words, fill=1, font=font)
        size = (240, 24) if row == 0 else mask.size
        top = place[1] + (0, 28, 42)[row]
        draw.bitmap((place[0], top), mask.resize(size, Image.Resampling.NEAREST), fill=colour)
