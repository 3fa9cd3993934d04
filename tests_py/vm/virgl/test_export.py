"""Pictures handed out as DMA-BUFs, by a driver that can; and its fences."""

import contextlib
import os
import select

import numpy as np
import pytest

import zcgpu

WIDTH, HEIGHT = 64, 48


def test_a_frame_is_handed_out_with_its_layout(context: zcgpu.Context) -> None:
    with context.frame(np.zeros((HEIGHT, WIDTH, 4), np.uint8)) as frame, frame.dmabuf() as out:
        assert (out.width, out.height, out.fourcc) == (WIDTH, HEIGHT, "AB24")
        [plane] = out.planes
        assert plane.pitch >= WIDTH * 4
        # What a DMA-BUF is called in /proc.
        assert "dmabuf" in os.readlink(f"/proc/self/fd/{plane.fd}")


def test_descriptors_are_closed_with_it(context: zcgpu.Context) -> None:
    with context.frame(np.zeros((HEIGHT, WIDTH, 4), np.uint8)) as frame:
        for _ in range(20):
            with frame.dmabuf() as out:
                [plane] = out.planes
                inode = os.fstat(plane.fd).st_ino
            # The number may be a fence's by now.
            with contextlib.suppress(OSError):
                assert os.fstat(plane.fd).st_ino != inode


def test_each_of_two_that_are_open_has_memory_of_its_own(context: zcgpu.Context) -> None:
    with (
        context.frame(np.zeros((HEIGHT, WIDTH, 4), np.uint8)) as frame,
        frame.dmabuf() as first,
        frame.dmabuf() as second,
    ):
        assert len({os.fstat(out.planes[0].fd).st_ino for out in (first, second)}) == 2


def test_memory_that_is_the_hosts_is_smaller_than_its_picture_and_refused(
    context: zcgpu.Context,
) -> None:
    """virtio-gpu has textures on the host, and a page in their place: nobody can check them."""
    with (
        context.frame(np.zeros((HEIGHT, WIDTH, 4), np.uint8)) as frame,
        frame.dmabuf() as out,
        pytest.raises(zcgpu.DmabufError, match="end at byte 12288"),
    ):
        context.import_dmabuf(
            out.planes, width=out.width, height=out.height, fourcc=out.fourcc
        ).close()


def test_a_fence_is_a_descriptor_that_becomes_readable(context: zcgpu.Context) -> None:
    scene = context.scene("/*{}*/ void main() { gl_FragColor = vec4(0.5); }")
    with scene.render(WIDTH, HEIGHT):
        fd = context.fence_fd()
        assert select.select([fd], [], [], 60)[0] == [fd]
        os.close(fd)
