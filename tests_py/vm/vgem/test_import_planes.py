"""Luma and chroma in memory of vgem's become RGB."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from vm.dumb import Memory, memory

import zcgpu

WIDTH, HEIGHT = 64, 48


def rgb(luma: NDArray[Any], blue: float, red: float) -> NDArray[Any]:
    """ITU-R BT.601, limited range, by the recommendation's formulas: bytes, not rounded."""
    y, cb, cr = (luma - 16) / 219, (blue - 128) / 224, (red - 128) / 224
    r, b = y + 1.402 * cr, y + 1.772 * cb
    return 255 * np.stack([r, (y - 0.299 * r - 0.114 * b) / 0.587, b], axis=-1)


def take(context: zcgpu.Context, it: Memory, fourcc: str) -> zcgpu.Frame:
    return context.import_dmabuf(
        [(it.fd, 0, it.pitch), (it.fd, it.pitch * HEIGHT, it.pitch)],
        width=WIDTH,
        height=HEIGHT,
        fourcc=fourcc,
        color={"matrix": "bt601", "range": "limited", "siting": "left"},
    )


@pytest.mark.parametrize(("fourcc", "kind", "scale"), [("NV12", "u1", 1), ("P010", "<u2", 256)])
def test_they_are_read_anew_by_each_draw(
    each_dialect: zcgpu.Context, fourcc: str, kind: str, scale: int
) -> None:
    """P010's 10 bits are the upper ones of 16: a byte's value times 4, times 64."""
    row = WIDTH * np.dtype(kind).itemsize
    random = np.random.default_rng(3)
    with memory(row, HEIGHT * 3 // 2) as it, take(each_dialect, it, fourcc) as frame:
        for blue, red in ((110, 140), (128, 128), (150, 100)):
            luma = random.integers(90, 160, (HEIGHT, WIDTH))
            it.rows(0, HEIGHT, row)[:] = (luma * scale).astype(kind).view("u1")
            chroma = np.tile([blue, red], (HEIGHT // 2, WIDTH // 2))
            lower = it.rows(it.pitch * HEIGHT, HEIGHT // 2, row)
            lower[:] = (chroma * scale).astype(kind).view("u1")
            with each_dialect.scene(SHOW).render(WIDTH, HEIGHT, inputs={"it": frame}) as shown:
                pixels = shown.to_numpy().astype(float)
            assert np.abs(pixels[..., :3] - rgb(luma, blue, red)).max() <= 1
            assert (pixels[..., 3] == 255).all()


SHOW = """/*{"INPUTS": [{"NAME": "it", "TYPE": "image"}]}*/
void main() { gl_FragColor = IMG_THIS_PIXEL(it); }"""
