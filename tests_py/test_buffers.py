"""Pictures and targets of the wrong shape, element, stride, length or access."""

from typing import Any

import numpy as np
import pytest
from expected import noise
from sources import FILTER, GRADIENT

import zcgpu

PICTURES = [
    (np.zeros((2, 2), np.uint8), r"a picture has 2 dimensions; it takes \(height, width, 3 or 4\)"),
    (np.zeros((1, 2, 2, 4), np.uint8), "a picture has 4 dimensions"),
    (np.zeros((2, 2, 2), np.uint8), r"a picture has the shape \(2, 2, 2\)"),
    (np.zeros((2, 2, 5), np.uint8), r"a picture has the shape \(2, 2, 5\)"),
    (np.zeros((4, 2, 2), np.uint8), r"a picture has the shape \(4, 2, 2\)"),
    (np.zeros((2, 2, 4), np.float64), "elements of format 'd'; it takes uint8 or float32"),
    (np.zeros((2, 2, 4), np.int8), "elements of format 'b'"),
    (np.zeros((2, 2, 4), np.uint16), "elements of format 'H'"),
    (np.zeros((2, 2, 4), np.float16), "elements of format 'e'"),
    (np.zeros((2, 2, 4), ">f4"), "elements of format '>f'"),
    (np.zeros((2, 2, 4), bool), r"elements of format '\?'"),
    (noise(2, 4)[:, ::2], "strides .*: the pixels of a row must lie side by side"),
    (noise(2, 4)[:, ::-1], "numpy.ascontiguousarray makes them"),
    (noise(4, 2).swapaxes(0, 1), "the pixels of a row must lie side by side"),
    (noise(2, 2, 4)[:, :, ::-1], "the pixels of a row must lie side by side"),
    (noise(2, 2, 8)[:, :, ::2], "the pixels of a row must lie side by side"),
    (np.broadcast_to(noise(1, 2), (3, 2, 4)), r"rows all lie in one place \(stride 0\)"),
    (b"0123456789abcdef", "a picture has 1 dimensions"),
]


@pytest.mark.parametrize(("picture", "message"), PICTURES)
def test_a_picture_that_does_not_fit_is_told_what_does(
    context: zcgpu.Context, picture: Any, message: str
) -> None:
    with pytest.raises(zcgpu.BufferError, match=message):
        context.frame(picture)
    with pytest.raises(zcgpu.BufferError, match=message):
        context.scene(FILTER).inputs["inputImage"] = picture


def test_an_empty_or_enormous_picture_is_refused(context: zcgpu.Context) -> None:
    limit = context.info["max_size"]
    for shape in ((0, 2, 4), (2, 0, 4), (0, 0, 3), (1, limit + 1, 4), (limit + 1, 1, 3)):
        with pytest.raises(zcgpu.SizeError, match=r"a picture cannot be .* pixels"):
            context.frame(np.zeros(shape, np.uint8))


@pytest.mark.parametrize("picture", [None, 3, object(), [[1, 2, 3]], {}])
def test_what_is_no_picture_is_told_what_is(context: zcgpu.Context, picture: Any) -> None:
    with pytest.raises(zcgpu.WrongTypeError, match="a picture is a path, a PIL image, an array"):
        context.frame(picture)


def read_only() -> Any:
    target = np.zeros((2, 2, 4), np.uint8)
    target.flags.writeable = False
    return target


TARGETS = [
    (np.zeros((2, 2), np.uint8), r"the target has 2 dimensions; it takes \(height, width, 4\)"),
    (np.zeros((2, 2, 3), np.uint8), r"the target has the shape \(2, 2, 3\)"),
    (np.zeros((2, 2, 5), np.uint8), r"the target has the shape \(2, 2, 5\)"),
    (np.zeros((2, 2, 4), np.int16), "the target has elements of format 'h'"),
    (np.zeros((2, 2, 4), np.float64), "the target has elements of format 'd'"),
    (np.zeros((2, 4, 4), np.uint8)[:, ::2], "pixels of a row must lie side by side"),
    (np.zeros((2, 2, 4), np.uint8)[:, ::-1], "pixels of a row must lie side by side"),
    (np.zeros((2, 2, 4), np.uint8)[::-1], "they may neither overlap nor run upwards"),
    (
        np.lib.stride_tricks.as_strided(np.zeros((2, 2, 4), np.uint8), strides=(4, 4, 1)),
        "the target's rows are 4 bytes apart, its rows hold 8",
    ),
    (bytearray(16), "the target has 1 dimensions"),
    (read_only(), "the target is read-only"),
    (bytes(16), "the target is read-only"),
    (3, r"the target is no buffer: give a writable array \(height, width, 4\)"),
    (None, "the target is no buffer"),
    ([[[0, 0, 0, 0]]], "the target is no buffer"),
]


@pytest.mark.parametrize(("target", "message"), TARGETS)
def test_a_target_that_does_not_fit_is_told_what_does(
    context: zcgpu.Context, target: Any, message: str
) -> None:
    with pytest.raises(zcgpu.BufferError, match=message):
        context.scene(GRADIENT).render_into(target)


def test_a_frame_is_no_target(context: zcgpu.Context) -> None:
    scene = context.scene(GRADIENT)
    with pytest.raises(zcgpu.BufferError, match="the target is read-only"):
        scene.render_into(scene.render(2, 2))


def test_an_empty_target_is_refused(context: zcgpu.Context) -> None:
    with pytest.raises(zcgpu.SizeError, match="a frame cannot be 2 x 0 pixels"):
        context.scene(GRADIENT).render_into(np.zeros((0, 2, 4), np.uint8))


def test_a_refused_target_is_not_written_to(context: zcgpu.Context) -> None:
    target = np.full((2, 2, 4), 7, np.uint8)
    with pytest.raises(zcgpu.Error):
        context.scene(GRADIENT).render_into(target, time=float("nan"))
    assert (target == 7).all()


@pytest.mark.parametrize("kind", ["uint8", "float32"])
def test_a_window_of_a_larger_target_is_written_and_nothing_else(
    each_rung: zcgpu.Context, kind: str
) -> None:
    scene = each_rung.scene(GRADIENT)
    whole = np.full((12, 20, 4), 7, kind)
    scene.render_into(whole[2:7, 3:10])
    alone = scene.render_into(np.zeros((5, 7, 4), kind))
    np.testing.assert_array_equal(whole[2:7, 3:10], alone)
    whole[2:7, 3:10] = 7
    assert (whole == 7).all()


def test_a_target_of_one_row_may_have_any_stride(context: zcgpu.Context) -> None:
    whole = np.zeros((3, 4, 4), np.uint8)
    scene = context.scene(GRADIENT)
    scene.render_into(whole[::-1][1:2])
    np.testing.assert_array_equal(whole[1:2], scene.render(4, 1))
    assert (whole[[0, 2]] == 0).all()


def test_a_memoryview_is_a_target(context: zcgpu.Context) -> None:
    memory = bytearray(2 * 3 * 4)
    scene = context.scene(GRADIENT)
    scene.render_into(memoryview(memory).cast("B", (2, 3, 4)))
    assert memory == np.asarray(scene.render(3, 2)).tobytes()
