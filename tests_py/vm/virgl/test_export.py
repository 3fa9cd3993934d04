"""Pictures handed out as DMA-BUFs, by a driver that can."""

import os
import select

import numpy as np
import pytest
from numpy.typing import NDArray

import zcgpu

WIDTH, HEIGHT = 64, 48


@pytest.fixture
def picture() -> NDArray[np.uint8]:
    y, x, c = np.mgrid[:HEIGHT, :WIDTH, :4]
    values: NDArray[np.uint8] = ((x * 3 + y * 7 + x * y + c * 50) % 251).astype(np.uint8)
    return values


def taken(context: zcgpu.Context, out: zcgpu.Dmabuf) -> NDArray[np.uint8]:
    with context.import_dmabuf(
        out.planes, width=out.width, height=out.height, fourcc=out.fourcc, modifier=out.modifier
    ) as frame:
        return np.array(frame)


def test_a_frame_is_handed_out_and_comes_back(
    context: zcgpu.Context, picture: NDArray[np.uint8]
) -> None:
    with context.frame(picture) as frame, frame.dmabuf() as out:
        assert (out.width, out.height, out.fourcc) == (WIDTH, HEIGHT, "AB24")
        assert np.array_equal(taken(context, out), picture)


def test_it_keeps_its_pixels_until_it_is_closed(
    context: zcgpu.Context, other_context: zcgpu.Context, picture: NDArray[np.uint8]
) -> None:
    with context.frame(picture) as frame:
        out = frame.dmabuf()
    for _ in range(8):  # would be drawn into its memory, were that free
        context.frame(np.zeros_like(picture)).close()
    assert np.array_equal(taken(other_context, out), picture)
    out.close()


def test_descriptors_are_closed_with_it(context: zcgpu.Context, picture: NDArray[np.uint8]) -> None:
    frame = context.frame(picture)
    frame.dmabuf().close()
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(20):
        out = frame.dmabuf()
        assert len(os.listdir("/proc/self/fd")) == before + len(out.planes)
        out.close()
        assert len(os.listdir("/proc/self/fd")) == before
    frame.close()


def test_a_fence_is_a_descriptor_that_becomes_readable(context: zcgpu.Context) -> None:
    scene = context.scene("/*{}*/ void main() { gl_FragColor = vec4(0.5); }")
    with scene.render(WIDTH, HEIGHT):
        fd = context.fence_fd()
        assert select.select([fd], [], [], 60)[0] == [fd]
        os.close(fd)
