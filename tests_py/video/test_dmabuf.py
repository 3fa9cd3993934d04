"""DMA-BUFs where there are none: what is refused, and in which words."""

import os
import socket
from typing import Any

import pytest
from children import output_of

import zcgpu

WHITE = "/*{}*/ void main() { gl_FragColor = vec4(1.0); }"
SIZE = 64 * 48 * 4
"""Bytes of 64 x 48 pixels of four bytes."""


@pytest.fixture
def memory() -> Any:
    fd = os.memfd_create("pixels")
    os.truncate(fd, SIZE)
    yield fd
    os.close(fd)


def take(context: zcgpu.Context, fd: int, **changes: Any) -> zcgpu.Frame:
    plane = (fd, changes.pop("offset", 0), changes.pop("pitch", 256))
    arguments = {"width": 64, "height": 48, "fourcc": "AR24", **changes}
    return context.import_dmabuf([plane], **arguments)


def open_descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


def test_memory_that_is_no_dmabuf_is_refused(context: zcgpu.Context, memory: int) -> None:
    with pytest.raises(zcgpu.DmabufError, match=r"plane 0: descriptor \d+ is no DMA-BUF"):
        take(context, memory)


def test_a_pipe_a_socket_and_a_file_are_no_dmabufs(context: zcgpu.Context) -> None:
    with socket.socket() as plug, open(__file__, "rb") as file:
        for fd in (plug.fileno(), file.fileno()):
            place = file.tell()
            with pytest.raises(zcgpu.DmabufError):
                take(context, fd)
            assert file.tell() == place


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"pitch": 255}, "rows are 255 bytes apart; 64 pixels of 'AR24' need 256 at least"),
        ({"pitch": -256}, "rows are -256 bytes apart"),
        ({"pitch": 2**31}, "2147483647 is the most"),
        ({"offset": 1}, f"end at byte {SIZE + 1}; the memory of descriptor \\d+ has {SIZE}"),
        ({"offset": -1}, "the offset is -1"),
        ({"offset": 2**63 - 1}, "the offset is 9223372036854775807"),
        ({"offset": 2**70}, "far beyond what fits"),
        ({"height": 49}, f"end at byte {SIZE + 256}"),
        ({"fourcc": "YUYV"}, "'YUYV' is no format that is known here; there are 'NV12'"),
        ({"fourcc": "NV12"}, "it has 1 planes; 'NV12' has 2"),
        ({"fourcc": "RG88"}, "'RG88' is no format"),
    ],
)
def test_a_number_that_does_not_fit_is_named(
    context: zcgpu.Context, memory: int, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(zcgpu.DmabufError, match=words):
        take(context, memory, **changes)


def test_a_size_that_no_texture_has_is_a_size_error(context: zcgpu.Context, memory: int) -> None:
    for size in ({"width": 0}, {"height": -1}, {"width": 2**40}, {"width": 2**70}):
        with pytest.raises(zcgpu.SizeError):
            take(context, memory, **size)


def test_a_descriptor_that_is_not_open_is_named(context: zcgpu.Context, memory: int) -> None:
    for fd in (-1, 10_000, 2**40):
        with pytest.raises(zcgpu.DmabufError, match="cannot be duplicated: Bad file descriptor"):
            take(context, fd)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"fourcc": "NV121"}, zcgpu.InvalidArgumentError),
        ({"fourcc": ""}, zcgpu.InvalidArgumentError),
        ({"fourcc": 7}, zcgpu.WrongTypeError),
        ({"modifier": -1}, zcgpu.InvalidArgumentError),
        ({"modifier": "LINEAR"}, zcgpu.WrongTypeError),
        ({"color": {"matrix": "bt5"}}, zcgpu.InvalidArgumentError),
        ({"pitch": 1.5}, zcgpu.WrongTypeError),
        ({"width": "64"}, zcgpu.WrongTypeError),
    ],
)
def test_what_is_no_number_or_name_is_refused(
    context: zcgpu.Context, memory: int, changes: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        take(context, memory, **changes)


def test_planes_are_one_to_four_of_three_numbers(context: zcgpu.Context, memory: int) -> None:
    size = {"width": 64, "height": 48, "fourcc": "AR24"}
    for planes in ([], [(memory, 0, 256)] * 5):
        with pytest.raises(zcgpu.DmabufError, match="1 to 4 planes"):
            context.import_dmabuf(planes, **size)  # type: ignore[arg-type]
    with pytest.raises(zcgpu.WrongTypeError, match="a plane is"):
        context.import_dmabuf([(memory, 0)], **size)  # type: ignore[arg-type, list-item]


def test_refusals_keep_no_descriptor(context: zcgpu.Context, memory: int) -> None:
    with pytest.raises(zcgpu.DmabufError):
        take(context, memory)
    before = open_descriptors()
    for pitch in (256, 255):
        for _ in range(20):
            with pytest.raises(zcgpu.DmabufError):
                take(context, memory, pitch=pitch)
    assert open_descriptors() == before


def test_a_driver_that_hands_nothing_out_says_so(context: zcgpu.Context) -> None:
    frame = context.scene(WHITE).render(4, 4)
    with pytest.raises(zcgpu.DmabufError, match="EGL_MESA_image_dma_buf_export"):
        frame.dmabuf()
    with pytest.raises(zcgpu.DmabufError, match="EGL_ANDROID_native_fence_sync"):
        context.fence_fd()


def test_info_says_what_there_is_for_memory_of_others(context: zcgpu.Context) -> None:
    features = context.info["features"]
    assert not features["DMA-BUF import"]["available"]
    assert "EGL_EXT_image_dma_buf_import" in features["DMA-BUF import"]["why"]
    assert context.info["imports"] == []


def test_closed_and_stale_are_told_before_memory(memory: int) -> None:
    context = zcgpu.Context()
    frame = context.scene(WHITE).render(4, 4)
    context.reinitialize()
    with pytest.raises(zcgpu.StaleError):
        frame.dmabuf()
    frame.close()
    with pytest.raises(zcgpu.ClosedError):
        frame.dmabuf()
    context.close()
    with pytest.raises(zcgpu.ClosedError):
        context.fence_fd()


def test_a_child_of_a_fork_is_refused() -> None:
    told = output_of(
        """
        import os, zcgpu
        context = zcgpu.Context()
        frame = context.scene("/*{}*/ void main() { gl_FragColor = vec4(1.0); }").render(4, 4)
        pid = os.fork()
        if pid == 0:
            def take():
                context.import_dmabuf([(1, 0, 256)], width=4, height=4, fourcc="R8")
            for call in (frame.dmabuf, context.fence_fd, take):
                try:
                    call()
                except zcgpu.ForkError:
                    continue
                os._exit(1)
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        context.close()
        """
    )
    assert told.split() == ["0"]


def test_dmabufs_come_from_frames_alone() -> None:
    with pytest.raises(TypeError, match=r"frame\.dmabuf"):
        zcgpu.Dmabuf()
