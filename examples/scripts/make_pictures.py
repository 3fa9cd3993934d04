#!/usr/bin/env python3
"""Makes the pictures that the example shaders use.

Needs NumPy and Pillow. Everything is computed, nothing is photographed, so the pictures carry no
one else's rights:

    python examples/scripts/make_pictures.py

writes examples/pictures/dusk.jpg (a lake under mountains at sunset), examples/pictures/mist.jpg
(a forest in the morning) and examples/shaders/media/grain.jpg (noise, which dunes.fs imports). The
same NumPy gives the same pixels each time.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image

#: One number a pixel, a column or a row, or three a pixel where it is a picture.
Field = NDArray[np.float64]
Colour = tuple[float, float, float]

WIDTH, HEIGHT = 960, 640
OVERSAMPLING = 2
BYTES_LIMIT = 120_000
PICTURES = Path(__file__).resolve().parent.parent / "pictures"
MEDIA = PICTURES.parent / "shaders" / "media"
GRAIN_SIDE = 256


def smooth(low: float, high: float, value: Field) -> Field:
    """Hermite step from 0 at `low` to 1 at `high`."""
    t = np.clip((value - low) / (high - low), 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def blend(below: Field, above: Field | Colour, amount: Field) -> Field:
    """`below` where `amount` is 0, `above` where it is 1; amount has no colour axis."""
    return below + (np.asarray(above, np.float64) - below) * amount[..., None]


def noise_line(rng: Generator, x: Field, frequency: float) -> Field:
    """Smooth noise over `x` in 0..1, one random value every 1 / frequency."""
    values = rng.random(int(frequency) + 2)
    at = x * frequency
    cell = np.clip(at.astype(int), 0, len(values) - 2)
    return blend_line(values[cell], values[cell + 1], at - cell)


def blend_line(a: Field, b: Field, t: Field) -> Field:
    """Cosine-like interpolation between two arrays."""
    t = t * t * (3.0 - 2.0 * t)
    return a + (b - a) * t


def ridge(
    rng: Generator, x: Field, base_frequency: float, octaves: int, sharpness: float = 0.0
) -> Field:
    """A mountain outline over `x`, about 0..1; `sharpness` 1 folds the noise into peaks."""
    total, weight = np.zeros_like(x), 0.0
    for octave in range(octaves):
        line = noise_line(rng, x, base_frequency * 2**octave)
        folded = 1.0 - np.abs(2.0 * line - 1.0)
        amplitude = 0.5**octave
        total += amplitude * (line + (folded - line) * sharpness)
        weight += amplitude
    return total / weight


def noise_field(
    rng: Generator, x: Field, y: Field, x_frequency: float, y_frequency: float, octaves: int
) -> Field:
    """Smooth noise over a grid, about 0..1."""
    total, weight = np.zeros(np.broadcast(x, y).shape), 0.0
    for octave in range(octaves):
        columns, rows = int(x_frequency * 2**octave), int(y_frequency * 2**octave)
        values = rng.random((rows + 2, columns + 2))
        u, v = x * columns, y * rows
        i = np.clip(u.astype(int), 0, columns)
        j = np.clip(v.astype(int), 0, rows)
        top = blend_line(values[j, i], values[j, i + 1], u - i)
        bottom = blend_line(values[j + 1, i], values[j + 1, i + 1], u - i)
        total += blend_line(top, bottom, v - j) * 0.5**octave
        weight += 0.5**octave
    return total / weight


def gradient(position: Field, stops: Sequence[tuple[float, Colour]]) -> Field:
    """Colours between `stops` of (position, rgb)."""
    places = [place for place, _ in stops]
    return np.stack(
        [np.interp(position, places, [rgb[channel] for _, rgb in stops]) for channel in range(3)],
        axis=-1,
    )


def grid() -> tuple[Field, Field, float]:
    """Give x and y in 0..1, y upwards, at the oversampled size, and the height of a pixel."""
    columns, rows = WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING
    x = (np.arange(columns) + 0.5) / columns
    y = 1.0 - (np.arange(rows) + 0.5) / rows
    return x[None, :], y[:, None], 1.0 / rows


def dusk() -> Field:
    """A lake under mountains at sunset, as an RGB array in 0..1."""
    rng = np.random.default_rng(20)
    x, y, pixel = grid()
    horizon = 0.36
    sun_x, sun_y, sun_radius = 0.64, 0.475, 0.036
    aspect = WIDTH / HEIGHT

    sky = gradient(
        np.broadcast_to(y, (y.size, x.size)),
        [
            (0.36, (1.00, 0.62, 0.30)),
            (0.46, (1.00, 0.50, 0.33)),
            (0.58, (0.86, 0.33, 0.44)),
            (0.74, (0.42, 0.22, 0.50)),
            (1.00, (0.09, 0.10, 0.28)),
        ],
    )
    distance = np.hypot((x - sun_x) * aspect, y - sun_y)
    sky += np.array([1.0, 0.60, 0.25]) * (0.55 * np.exp(-distance * 7.0))[..., None]

    streaks = noise_field(rng, x, y, 4, 22, 5)
    cover = smooth(0.50, 0.72, streaks) * smooth(0.44, 0.60, y) * (1.0 - smooth(0.86, 1.0, y))
    lit = np.exp(-distance * 2.4)
    cloud = gradient(
        lit, [(0.0, (0.36, 0.17, 0.40)), (0.35, (0.95, 0.40, 0.40)), (1.0, (1.0, 0.86, 0.55))]
    )
    sky = blend(sky, cloud, cover * 0.85)
    chosen = rng.random((HEIGHT, WIDTH)) > 0.9992
    stars = np.kron(chosen, np.ones((OVERSAMPLING, OVERSAMPLING)))
    sky += (stars * smooth(0.74, 1.0, y) * (1.0 - cover) * 0.8)[..., None]
    sky = blend(
        sky, (1.0, 0.95, 0.78), smooth(sun_radius + 2 * pixel, sun_radius - 2 * pixel, distance)
    )

    picture = sky
    layers = [
        (0.40, 0.17, 5, 0.9, (0.62, 0.31, 0.46), (0.93, 0.50, 0.40)),
        (0.37, 0.14, 7, 0.8, (0.36, 0.18, 0.38), (0.70, 0.33, 0.38)),
        (0.345, 0.09, 9, 0.5, (0.15, 0.09, 0.24), (0.34, 0.17, 0.28)),
    ]
    for base, height, frequency, sharpness, shade, haze in layers:
        outline = base + height * (ridge(rng, x, frequency, 7, sharpness) - 0.25)
        inside = smooth(pixel, -pixel, y - outline)
        depth = np.clip((outline - y) / height, 0.0, 1.0)
        folds = noise_field(rng, x, y + 0.4 * (outline - y), 30, 20, 4)
        glow = np.exp(-np.abs(x - sun_x) * 3.0)
        colour = blend(
            np.broadcast_to(shade, picture.shape),
            haze,
            np.clip(depth * 0.9 * glow + 0.1 * glow, 0, 1),
        )
        colour = colour * (0.86 + 0.28 * folds[..., None])
        picture = blend(picture, colour, inside)

    lake = lake_below(rng, picture, x, y, horizon, sun_x)
    picture = np.where((y < horizon)[..., None], lake, picture)
    return shore(rng, picture, x, y, pixel)


def lake_below(
    rng: Generator, picture: Field, x: Field, y: Field, horizon: float, sun_x: float
) -> Field:
    """What lies above the horizon, mirrored in slightly moving water, with the sun's path on it."""
    depth = np.clip((horizon - y) / horizon, 0.0, 1.0)
    waves = noise_field(rng, x, np.sqrt(depth), 14, 110, 3) - 0.5
    rows, columns = picture.shape[:2]
    mirrored = 2.0 * horizon - y + waves * 0.10 * depth + 0.0 * x
    shifted = x + waves * 0.02 * depth
    j = np.clip(((1.0 - mirrored) * rows).astype(int), 0, rows - 1)
    i = np.clip((shifted * columns).astype(int), 0, columns - 1)
    water = np.clip(picture[j, i], 0.0, 1.0) * np.array([0.86, 0.72, 0.74])
    water = blend(water, (0.10, 0.07, 0.24), depth * 0.50)
    path = np.exp(-(((x - sun_x) / (0.020 + 0.07 * depth)) ** 2))
    glints = smooth(0.02, 0.22, waves) * path
    gold = np.array([1.0, 0.62, 0.30], np.float64)
    return water + glints[..., None] * gold * (0.9 - 0.45 * depth)[..., None]


def shore(rng: Generator, picture: Field, x: Field, y: Field, pixel: float) -> Field:
    """A dark near shore with reeds and two pines, in front."""
    outline = 0.035 + 0.07 * smooth(0.42, 0.0, x) + 0.02 * ridge(rng, x, 12, 5)
    inside = smooth(pixel, -pixel, y - outline)
    for foot, height in [(0.105, 0.60), (0.185, 0.43)]:
        inside = np.maximum(inside, pine(rng, x, y, foot, 0.05, height))
    for _ in range(70):
        foot, height, lean = (
            rng.random() * 0.45,
            0.05 + 0.08 * rng.random(),
            0.03 * (rng.random() - 0.5),
        )
        up = np.clip((y - 0.04) / height, 0.0, 1.0)
        stem = np.abs(x - foot - lean * up * up) * WIDTH / 1.2
        inside = np.maximum(inside, smooth(1.3, 0.5, stem + up * 0.8) * (y < 0.04 + height))
    return blend(picture, (0.035, 0.025, 0.075), inside)


def pine(rng: Generator, x: Field, y: Field, foot: float, base: float, height: float) -> Field:
    """How much of each pixel a conifer covers."""
    up = (y - base) / height
    tiers = 15.0
    phase = (up * tiers + 0.35 * np.sin(up * 47.0)) % 1.0
    ragged = rng.random(400)[np.clip((up * 399).astype(int), 0, 399)]
    half = (1.0 - up) * height * 0.21 * (0.35 + 0.65 * (1.0 - phase)) * (
        0.75 + 0.5 * ragged
    ) + 0.0012
    half = np.where(up < 0.06, 0.004, half)
    side = np.abs(x - foot) * WIDTH / HEIGHT
    return smooth(0.0016, -0.0016, side - half) * ((up > -0.1) & (up < 1.0))


def mist() -> Field:
    """A conifer forest on hills in the morning mist, as an RGB array in 0..1."""
    rng = np.random.default_rng(7)
    x, y, pixel = grid()
    sky = gradient(
        np.broadcast_to(y, (y.size, x.size)),
        [(0.35, (0.97, 0.95, 0.80)), (0.60, (0.80, 0.92, 0.86)), (1.00, (0.28, 0.62, 0.72))],
    )
    distance = np.hypot((x - 0.30) * WIDTH / HEIGHT, y - 0.74)
    sky = blend(sky, (1.0, 0.93, 0.70), 0.85 * np.exp(-distance * 3.6))
    picture = blend(sky, (1.0, 0.99, 0.92), smooth(0.052, 0.046, distance))
    layers = 6
    for layer in range(layers):
        near = layer / (layers - 1)
        base = 0.60 - 0.52 * near
        outline = base + (0.16 - 0.05 * near) * (ridge(rng, x, 3 + layer % 3, 4) - 0.5)
        inside = smooth(pixel, -pixel, y - outline)
        size = 0.035 + 0.30 * near**1.6
        for foot in np.sort(rng.random(int(150 - 115 * near))):
            column = min(int(foot * outline.size), outline.size - 1)
            height = size * (0.55 + 0.75 * rng.random())
            inside = stand(rng, inside, x, y, foot, float(outline[0, column]) - 0.01, height)
        far, close = np.array([0.62, 0.82, 0.78]), np.array([0.02, 0.13, 0.13])
        tone = far + (close - far) * near**0.75
        fog = noise_field(rng, x, y, 4, 6, 4)
        rise = np.clip((outline + size - y) / (0.30 + 0.1 * near), 0.0, 1.0)
        thickness = rise * (0.25 + 0.75 * fog) * (1.0 - near) * 0.9
        colour = blend(np.broadcast_to(tone, picture.shape), (0.95, 0.96, 0.86), thickness)
        picture = blend(picture, colour, inside)
    beams = 0.5 + 0.5 * np.sin(np.arctan2(y - 0.74, x - 0.30) * 26.0)
    lit = beams * np.exp(-distance * 2.2) * smooth(0.78, 0.4, y) * 0.16
    return picture + lit[..., None] * np.array([1.0, 0.93, 0.65], np.float64)


def stand(
    rng: Generator, inside: Field, x: Field, y: Field, foot: float, base: float, height: float
) -> Field:
    """`inside` with one more pine; only the columns and rows that it can reach are worked on."""
    columns = (np.abs(x[0] - foot) < height * 0.25 + 0.01).nonzero()[0]
    rows = ((y[:, 0] > base - 0.1 * height) & (y[:, 0] < base + height)).nonzero()[0]
    if columns.size == 0 or rows.size == 0:
        return inside
    part = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    tree = pine(rng, x[:, part[1]], y[part[0]], foot, base, height)
    inside[part] = np.maximum(inside[part], tree)
    return inside


def save(name: str, picture: Field) -> None:
    """Filters `picture` down and writes it at the best quality that fits the limit."""
    pixels = (
        np.clip(picture, 0.0, 1.0)
        .reshape(HEIGHT, OVERSAMPLING, WIDTH, OVERSAMPLING, 3)
        .mean(axis=(1, 3))
    )
    image = Image.fromarray((pixels * 255.0 + 0.5).astype(np.uint8))
    path = PICTURES / name
    for quality in range(92, 40, -4):
        image.save(path, quality=quality, optimize=True, progressive=True)
        if path.stat().st_size <= BYTES_LIMIT:
            break
    print(f"{path.name}: {path.stat().st_size} bytes at quality {quality}")


def grain() -> Image.Image:
    """Noise of three octaves, as grays."""
    at = (np.arange(GRAIN_SIDE) + 0.5) / GRAIN_SIDE
    field = noise_field(np.random.default_rng(11), at[None, :], at[:, None], 4, 4, 3)
    low, high = field.min(), field.max()
    return Image.fromarray(((field - low) / (high - low) * 255.0 + 0.5).astype(np.uint8))


def main() -> None:
    """Writes all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    save("dusk.jpg", dusk())
    save("mist.jpg", mist())
    MEDIA.mkdir(exist_ok=True)
    grain().save(MEDIA / "grain.jpg", quality=85, optimize=True)


if __name__ == "__main__":
    main()
