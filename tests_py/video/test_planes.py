"""Planes as NumPy and other consumers have them."""

import builtins
import gc
import hashlib
from functools import partial

import numpy as np
import pytest
from side_by_side import is_overtaken_by_others
from video import media

import zcgpu


def raw(name: str, shape: tuple[int, ...], dtype: str = "uint8") -> np.ndarray:
    """The first bytes of a film's frames by ffmpeg, as an array."""
    count = int(np.prod(shape)) * np.dtype(dtype).itemsize
    return np.frombuffer(media.raw_frames(media.file(name))[:count], dtype).reshape(shape)


def test_interleaved_chroma_has_two_samples_a_pixel() -> None:
    with zcgpu.open_video(media.file("raw_nv12.nut")) as video:
        luma, chroma = (np.asarray(plane) for plane in video[0].planes)
    assert (luma.shape, chroma.shape, str(chroma.dtype)) == ((17, 33), (9, 17, 2), "uint8")
    expected = raw("raw_nv12.nut", (17 * 33 + 9 * 17 * 2,))
    assert (luma.ravel() == expected[: 17 * 33]).all()
    assert (chroma.ravel() == expected[17 * 33 :]).all()


def test_samples_of_more_than_8_bits_are_uint16() -> None:
    with zcgpu.open_video(media.file("h264_10.mkv")) as video:
        planes = video[0].planes
        arrays = [np.asarray(plane) for plane in planes]
    assert [(it.shape, str(it.dtype)) for it in arrays] == [
        ((48, 64), "uint16"),
        ((24, 32), "uint16"),
        ((24, 32), "uint16"),
    ]
    assert (arrays[0] == raw("h264_10.mkv", (48, 64), "<u2")).all()
    assert 255 < arrays[0].max() < 1024


def test_packed_pixels_have_their_samples_together() -> None:
    with zcgpu.open_video(media.file("raw_rgba.nut")) as video:
        (plane,) = video[0].planes
        assert repr(plane) == "<zcgpu.Plane 33x17x4 uint8>"
        assert (np.asarray(plane) == raw("raw_rgba.nut", (17, 33, 4))).all()


def test_dlpack_shares_a_plane_and_keeps_it() -> None:
    with zcgpu.open_video(media.file("h264_cropped.mp4")) as video:
        frame = video[2]
        plane = frame.planes[0]
        assert plane.__dlpack_device__() == (1, 0)
        array = np.from_dlpack(plane)
        original = np.asarray(plane)
        assert (array.shape, array.strides) == (original.shape, original.strides)
        assert array.__array_interface__["data"][0] == original.__array_interface__["data"][0]
        assert not array.flags.writeable
        copy = np.from_dlpack(plane, copy=True)
        assert copy.strides == (50, 1)
        kept = original.copy()
        del plane, original
        frame.close()
    gc.collect()
    assert zcgpu.census()["planes"] == 1
    assert (array == kept).all()
    assert (copy == kept).all()


def test_dlpack_gives_what_is_interleaved() -> None:
    with zcgpu.open_video(media.file("raw_nv12.nut")) as video:
        chroma = video[0].planes[1]
        assert (np.from_dlpack(chroma) == np.asarray(chroma)).all()
        assert (np.from_dlpack(chroma, copy=True) == np.asarray(chroma)).all()


def test_a_plane_is_read_only_and_says_when_its_rows_have_gaps() -> None:
    with zcgpu.open_video(media.file("h264_cropped.mp4")) as video:
        plane = video[0].planes[0]
    view = memoryview(plane)
    assert (view.readonly, view.format, view.shape) == (True, "B", (38, 50))
    with pytest.raises(builtins.BufferError, match="ascontiguousarray"):
        hashlib.md5(plane)
    assert bytes(view) == np.asarray(plane).tobytes()
    with pytest.raises((TypeError, ValueError)):
        np.asarray(plane)[0, 0] = 1
    with pytest.raises(TypeError):
        type(plane)()
    view.release()


def search(video: zcgpu.Video) -> None:
    len(video)
    video[30]


def test_others_run_while_a_video_decodes() -> None:
    # Where the processors have other things to do this thread may be woken too late, now and then.
    for _ in range(50):
        with zcgpu.open_video(media.file("h264_b.mp4")) as video:
            if is_overtaken_by_others(partial(search, video)):
                return
    pytest.fail("nobody else ran while a video was decoded")
