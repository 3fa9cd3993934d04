"""What tests of pools share."""

import dataclasses

import numpy as np
from sources import colour

import zcgpu

FRAME = 16 * 8 * 4
"""Bytes of a frame of 16 x 8."""


def paint(red: int) -> str:
    return colour(f"vec4({red}.0 / 255.0, 0.0, 0.0, 1.0)")


def used(pool: zcgpu.Pool) -> dict[str, int]:
    """The figures that are not 0, without the budget."""
    figures = dataclasses.asdict(pool.statistics)
    del figures["budget"]
    return {name: figure for name, figure in figures.items() if figure}


def finish(context: zcgpu.Context) -> None:
    """Let the GPU come past what was dropped.

    The first frame buries it, the second is drawn after that, and reading it waits.
    """
    scene = context.scene(paint(0))
    for _ in range(2):
        np.asarray(scene.render(1, 1))
