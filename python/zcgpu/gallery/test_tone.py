"""A sound for shaders that want one: it rises over a beat, differently on either side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 32_000
LONGEST = 120.0
"""Seconds; there is silence after that."""
RISE = 3.0
"""Seconds from the lowest tone to the highest, six octaves above."""
LOWEST = 80.0
"""Hertz."""


def sweep(seconds: float) -> NDArray[np.float32]:
    """A tone with three overtones, and a fifth above it on the other channel: (2, samples)."""
    time = np.arange(int(min(max(seconds, 1.0), LONGEST) * RATE)) / RATE
    octaves = 6.0 * (time % RISE) / RISE
    turns = np.cumsum(LOWEST * 2.0**octaves) / RATE
    beat = 0.4 + 0.6 * np.cos(2.0 * np.pi * 2.0 * time) ** 2
    bass = 0.35 * np.sin(2.0 * np.pi * 55.0 * time) * beat
    channels = [
        bass + 0.25 * sum(np.sin(2.0 * np.pi * turns * pitch * k) / k for k in (1, 2, 3, 4))
        for pitch in (1.0, 1.5)
    ]
    return np.asarray(channels, np.float32)
