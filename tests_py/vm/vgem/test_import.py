"""Memory of another device, read by the GPU in place."""

import os
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from vm.dumb import Memory, memory

import zcgpu

WIDTH, HEIGHT = 64, 48
SHOW = """/*{"INPUTS": [{"NAME": "picture", "TYPE": "image"}]}*/
void main() { gl_FragColor = IMG_THIS_PIXEL(picture); }"""


@pytest.fixture
def pixels() -> Iterator[Memory]:
    with memory(WIDTH * 4, HEIGHT) as made:
        yield made


def pattern(rows: int, row: int, step: int) -> NDArray[np.uint8]:
    """Bytes that no turned, shifted or mirrored picture has."""
    y, x = np.mgrid[:rows, :row]
    values: NDArray[np.uint8] = ((x * 3 + y * 7 + x * y + step * 11) % 251).astype(np.uint8)
    return values


def take(context: zcgpu.Context, it: Memory, **changes: Any) -> zcgpu.Frame:
    plane = (changes.pop("fd", it.fd), changes.pop("offset", 0), changes.pop("pitch", it.pitch))
    arguments = {"width": WIDTH, "height": HEIGHT, "fourcc": "AB24", **changes}
    return context.import_dmabuf([plane], **arguments)


def test_pixels_are_those_in_memory_row_0_on_top(
    each_dialect: zcgpu.Context, pixels: Memory
) -> None:
    wanted = pattern(HEIGHT, WIDTH * 4, 0)
    pixels.rows(0, HEIGHT, WIDTH * 4)[:] = wanted
    for modifier in (None, 0):
        with take(each_dialect, pixels, modifier=modifier) as frame:
            assert np.array_equal(np.asarray(frame).reshape(HEIGHT, -1), wanted)


@pytest.mark.parametrize(
    ("fourcc", "order"),
    [
        ("AB24", (0, 1, 2, 3)),
        ("AR24", (2, 1, 0, 3)),
        ("XB24", (0, 1, 2, None)),
        ("XR24", (2, 1, 0, None)),
    ],
)
def test_components_are_where_the_format_has_them(
    context: zcgpu.Context, pixels: Memory, fourcc: str, order: tuple[int | None, ...]
) -> None:
    bytes_ = pattern(HEIGHT, WIDTH * 4, 1)
    pixels.rows(0, HEIGHT, WIDTH * 4)[:] = bytes_
    given = bytes_.reshape(HEIGHT, WIDTH, 4)
    wanted = [np.full_like(given[..., 0], 255) if at is None else given[..., at] for at in order]
    with take(context, pixels, fourcc=fourcc) as frame:
        assert np.array_equal(np.asarray(frame), np.stack(wanted, axis=-1))


def test_a_plane_of_one_component_is_red(context: zcgpu.Context, pixels: Memory) -> None:
    wanted = pattern(HEIGHT, WIDTH, 2)
    pixels.rows(0, HEIGHT, WIDTH)[:] = wanted
    with take(context, pixels, fourcc="R8") as frame:
        shown = np.asarray(frame)
    assert np.array_equal(shown[..., 0], wanted)
    assert (shown[..., 1:3] == 0).all()
    assert (shown[..., 3] == 255).all()


def test_what_the_processor_writes_later_is_seen_by_the_next_draw(
    each_dialect: zcgpu.Context, pixels: Memory
) -> None:
    scene = each_dialect.scene(SHOW)
    with take(each_dialect, pixels) as frame:
        scene.inputs["picture"] = frame
        for step in range(50):
            wanted = pattern(HEIGHT, WIDTH * 4, step)
            pixels.rows(0, HEIGHT, WIDTH * 4)[:] = wanted
            with scene.render(WIDTH, HEIGHT) as shown:
                assert np.array_equal(np.asarray(shown).reshape(HEIGHT, -1), wanted), step


def test_descriptors_are_as_many_as_before(context: zcgpu.Context, pixels: Memory) -> None:
    take(context, pixels).close()
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(50):
        frame = take(context, pixels)
        assert len(os.listdir("/proc/self/fd")) == before
        frame.close()


def test_the_frame_outlives_the_descriptor_and_its_exporter(context: zcgpu.Context) -> None:
    wanted = pattern(HEIGHT, WIDTH * 4, 3)
    with memory(WIDTH * 4, HEIGHT) as gone:
        gone.rows(0, HEIGHT, WIDTH * 4)[:] = wanted
        frame = take(context, gone)
    for _ in range(4):  # what would lie in memory that was given back
        with memory(WIDTH * 4, HEIGHT) as other:
            other.rows(0, HEIGHT, WIDTH * 4)[:] = 0xEE
    assert np.array_equal(np.asarray(frame).reshape(HEIGHT, -1), wanted)
    frame.close()


def test_two_imports_of_one_memory_show_the_same(context: zcgpu.Context, pixels: Memory) -> None:
    wanted = pattern(HEIGHT, WIDTH * 4, 4)
    with take(context, pixels) as first, take(context, pixels) as second:
        pixels.rows(0, HEIGHT, WIDTH * 4)[:] = wanted
        for frame in (first, second):
            assert np.array_equal(np.asarray(frame).reshape(HEIGHT, -1), wanted)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"modifier": 1 << 56 | 2}, r"planes: EGL_BAD_(MATCH|ALLOC|ATTRIBUTE)"),
        ({"fourcc": "RG88"}, "'RG88' is no format"),
        ({"pitch": 255}, "need 256 at least"),
        ({"offset": 1 << 24}, "end at byte"),
        ({"fd": -1}, "Bad file descriptor"),
    ],
)
def test_every_refusal_says_why_and_the_next_import_works(
    context: zcgpu.Context, pixels: Memory, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(zcgpu.DmabufError, match=words):
        take(context, pixels, **changes)
    take(context, pixels).close()


def test_memory_that_is_no_dmabuf_is_refused(context: zcgpu.Context, pixels: Memory) -> None:
    fd = os.memfd_create("pixels")
    os.truncate(fd, 1 << 20)
    with pytest.raises(zcgpu.DmabufError, match="no DMA-BUF"):
        take(context, pixels, fd=fd)
    os.close(fd)


def test_another_generation_imports_anew(context: zcgpu.Context, pixels: Memory) -> None:
    wanted = pattern(HEIGHT, WIDTH * 4, 5)
    pixels.rows(0, HEIGHT, WIDTH * 4)[:] = wanted
    old = take(context, pixels)
    context.reinitialize()
    with pytest.raises(zcgpu.StaleError):
        np.asarray(old)
    old.close()
    with take(context, pixels) as frame:
        assert np.array_equal(np.asarray(frame).reshape(HEIGHT, -1), wanted)


def test_what_became_of_each_kind_can_be_read(context: zcgpu.Context, pixels: Memory) -> None:
    take(context, pixels, modifier=0).close()
    assert context.info["imports"] == [
        {"fourcc": "AB24", "modifier": "0x0", "by": "planes", "refused": {}}
    ]


def test_a_driver_that_says_it_exported_and_gave_nothing_is_told(
    each_dialect: zcgpu.Context,
) -> None:
    with (
        each_dialect.scene(SHOW).render(WIDTH, HEIGHT) as frame,
        pytest.raises(zcgpu.DmabufError, match="no descriptor for the texture's memory"),
    ):
        frame.dmabuf()


def test_planes_of_nv12_become_rgb_and_later_writes_are_seen(each_dialect: zcgpu.Context) -> None:
    width, height = 63, 47
    rows, chroma_rows = height, (height + 1) // 2
    with memory(width + 1, rows + chroma_rows) as it:
        planes = [(it.fd, 0, it.pitch), (it.fd, rows * it.pitch, it.pitch)]
        frame = each_dialect.import_dmabuf(
            planes,
            width=width,
            height=height,
            fourcc="NV12",
            modifier=0,
            color={"matrix": "bt709", "range": "limited", "siting": "left"},
        )
        scene = each_dialect.scene(SHOW)
        scene.inputs["picture"] = frame
        for step in range(3):
            luma = pattern(rows, width, step)
            chroma = pattern(chroma_rows, width + 1, step + 1)
            it.rows(0, rows, width)[:] = luma
            it.rows(rows * it.pitch, chroma_rows, width + 1)[:] = chroma
            wanted = nv12_to_rgb(luma, chroma.reshape(chroma_rows, -1, 2))
            with scene.render(width, height) as shown:
                found = np.asarray(shown).astype(float)
                assert np.abs(found[..., :3] - wanted).max() <= 1.0, step
                assert (found[..., 3] == 255).all()
        scene.inputs["picture"] = None
        frame.close()


def nv12_to_rgb(luma: NDArray[np.uint8], chroma: NDArray[np.uint8]) -> NDArray[np.float64]:
    """BT.709, limited range, chroma bilinear, on the left: ITU-T H.273's formulas, 0..255."""
    height, width = luma.shape
    down = np.clip((np.arange(height) - 0.5) / 2, 0, chroma.shape[0] - 1)
    across = np.clip(np.arange(width) / 2, 0, chroma.shape[1] - 1)
    top, left = np.floor(down).astype(int), np.floor(across).astype(int)
    below = np.minimum(top + 1, chroma.shape[0] - 1)
    right = np.minimum(left + 1, chroma.shape[1] - 1)
    part_y, part_x = (down - top)[:, None, None], (across - left)[None, :, None]
    all_ = chroma.astype(float)
    upper = all_[top][:, left] * (1 - part_x) + all_[top][:, right] * part_x
    lower = all_[below][:, left] * (1 - part_x) + all_[below][:, right] * part_x
    cb, cr = np.moveaxis((upper * (1 - part_y) + lower * part_y - 128) / 224, -1, 0)
    y = (luma.astype(float) - 16) / 219
    red, blue = 0.2126, 0.0722
    r = y + 2 * (1 - red) * cr
    b = y + 2 * (1 - blue) * cb
    g = (y - red * r - blue * b) / (1 - red - blue)
    rgb: NDArray[np.float64] = np.clip(np.stack([r, g, b], axis=-1), 0, 1) * 255
    return rgb


def test_p010_keeps_its_bits_in_the_upper_ones(context: zcgpu.Context) -> None:
    width, height = 64, 48
    with memory(width * 2, height + height // 2) as it:
        planes = [(it.fd, 0, it.pitch), (it.fd, height * it.pitch, it.pitch)]
        luma = (np.arange(width)[None, :] * 13 + np.arange(height)[:, None] * 3) % 877 + 64
        it.rows(0, height, width * 2)[:] = (luma.astype("<u2") << 6).view(np.uint8)
        gray = np.full((height // 2, width), 512 << 6, "<u2")
        it.rows(height * it.pitch, height // 2, width * 2)[:] = gray.view(np.uint8)
        with context.import_dmabuf(planes, width=width, height=height, fourcc="P010") as frame:
            found = np.asarray(frame).astype(float)[..., :3]
    wanted = np.clip((luma - 64) / 876, 0, 1)[..., None] * 255
    assert np.abs(found - wanted).max() <= 1.0


def test_a_plane_that_ends_outside_of_its_memory_is_refused(context: zcgpu.Context) -> None:
    with memory(64, 72) as it:
        place = len(it.bytes) - 24 * it.pitch + 1
        planes = [(it.fd, 0, it.pitch), (it.fd, place, it.pitch)]
        with pytest.raises(zcgpu.DmabufError, match="plane 1: 32 x 24 pixels from offset"):
            context.import_dmabuf(planes, width=64, height=48, fourcc="NV12")
