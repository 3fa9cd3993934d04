"""Memory of one card, GL of another: every import is refused, and the reason told."""

import numpy as np
import pytest
from expected import noise
from vm.dumb import Memory, memory

import zcgpu

WIDTH, HEIGHT = 64, 48


def take(context: zcgpu.Context, it: Memory, fourcc: str = "AB24") -> zcgpu.Frame:
    return context.import_dmabuf(
        [(it.fd, 0, it.pitch)], width=WIDTH, height=HEIGHT, fourcc=fourcc, modifier=0
    )


@pytest.mark.parametrize("fourcc", ["AB24", "XR24", "R8"])
def test_anothers_memory_is_refused_each_time(each_dialect: zcgpu.Context, fourcc: str) -> None:
    with memory(WIDTH * 4, HEIGHT) as other:
        for _ in range(3):
            with pytest.raises(zcgpu.DmabufError, match="EGL_BAD_ALLOC: it is memory of another"):
                take(each_dialect, other, fourcc)
    pixels = noise(HEIGHT, WIDTH)
    with each_dialect.frame(pixels) as copy:  # what is left to do
        np.testing.assert_array_equal(copy.to_numpy(), pixels)


def test_that_it_is_anothers_is_no_verdict_on_its_kind(context: zcgpu.Context) -> None:
    pixels = noise(HEIGHT, WIDTH)
    with memory(WIDTH * 4, HEIGHT) as other, memory(WIDTH * 4, HEIGHT, "virtio_gpu") as own:
        own.rows(0, HEIGHT, WIDTH * 4)[:] = pixels.reshape(HEIGHT, -1)
        with pytest.raises(zcgpu.DmabufError):
            take(context, other)
        with take(context, own) as frame:
            np.testing.assert_array_equal(frame.to_numpy(), pixels)
