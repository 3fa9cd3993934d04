"""A program that imports memory while refusing_egl.c refuses one way after another."""

import json
import os
import sys
from typing import Any

import numpy as np
from expected import noise

import zcgpu
from vm.dumb import Memory, memory

WIDTH, HEIGHT = 64, 48
COLOR = {"matrix": "bt709", "range": "limited", "siting": "left"}


def fill_with_colours(it: Memory) -> tuple[Any, Any]:
    """Planes, and what they show."""
    pixels = noise(HEIGHT, WIDTH)
    it.rows(0, HEIGHT, WIDTH * 4)[:] = pixels.reshape(HEIGHT, -1)
    return [(it.fd, 0, it.pitch)], pixels


def fill_with_greys(it: Memory) -> tuple[Any, Any]:
    """Planes, and what they show: white on the left, black on the right, whatever the matrix."""
    is_left = np.arange(WIDTH) < WIDTH // 2
    it.rows(0, HEIGHT, WIDTH)[:] = np.where(is_left, 235, 16)
    it.rows(HEIGHT * it.pitch, HEIGHT // 2, WIDTH)[:] = 128
    pixels = np.full((HEIGHT, WIDTH, 4), 255)
    pixels[:, ~is_left, :3] = 0
    return [(it.fd, 0, it.pitch), (it.fd, HEIGHT * it.pitch, it.pitch)], pixels


def outcome(dialect: str, fourcc: str, refused: str) -> dict[str, Any]:
    """What came of one import: how many bytes are wrong, or the error; and the context's report."""
    os.environ["REFUSE"] = refused
    fill, most = (fill_with_greys, 1) if fourcc == "NV12" else (fill_with_colours, 0)
    told: dict[str, Any] = {}
    with zcgpu.Context(dialect=dialect) as context, memory(WIDTH * 4, HEIGHT * 3 // 2) as it:
        planes, pixels = fill(it)
        size = {"width": WIDTH, "height": HEIGHT}
        try:
            with context.import_dmabuf(
                planes, **size, fourcc=fourcc, modifier=0, color=COLOR
            ) as frame:
                shown = frame.to_numpy().astype(int)
            off = np.abs(shown - pixels)
            told["corners"] = shown[[0, 0, -1, -1], [0, -1, 0, -1]].tolist()
            told["wrong"] = int((off > most).sum())
        except zcgpu.DmabufError as error:
            told["error"] = str(error)
        [told["report"]] = context.info["imports"]
    return told


if __name__ == "__main__":
    print(json.dumps([outcome(*case) for case in json.loads(sys.argv[1])]))
