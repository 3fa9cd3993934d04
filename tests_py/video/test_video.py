"""Videos: opening them, what they say of themselves, and how they end."""

import contextlib
import gc
import os
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from children import output_of
from video import media
from video.decoded import md5

import zcgpu
from zcgpu import diagnostics


def test_a_video_says_what_it_is() -> None:
    with zcgpu.open_video(media.file("h264_sound.mp4")) as video:
        assert (video.width, video.height, video.coded_size) == (64, 48, (64, 48))
        assert (video.codec, video.pixel_format, video.backend) == ("h264", "yuv420p", "software")
        assert (video.frame_rate, video.duration) == (Fraction(25), 1.6)
        assert (video.sample_aspect, video.rotation, video.mirrored) == (Fraction(1), 0, False)
        assert [stream["kind"] for stream in video.streams] == ["video", "audio"]
        assert video.streams[1]["sample_rate"] == 44100
        assert video.index_kind is None
        assert len(video) == 40
        assert video.index_kind == "packets"
        assert video.path == str(media.file("h264_sound.mp4"))
        assert repr(video) == f"<zcgpu.Video {video.path!r} h264 64x48>"
    assert repr(video).endswith("64x48 closed>")


def test_a_turned_video_has_its_upright_size() -> None:
    with zcgpu.open_video(media.file("h264_turned.mp4")) as video:
        assert (video.width, video.height, video.coded_size) == (48, 64, (64, 48))
        frame = video[0]
        assert (frame.width, frame.height, frame.coded_size) == (48, 64, (64, 48))
        assert {video.rotation, frame.rotation} <= {90, 270}
        assert frame.planes[0].shape == (48, 64)


def test_a_frame_says_what_it_is() -> None:
    with zcgpu.open_video(media.file("h264_b.mp4")) as video:
        first, second = video[0], video[1]
        assert (first.index, first.pts, first.pts_ticks, first.is_key) == (0, 0.0, 0, True)
        assert (second.index, second.pts, second.is_key) == (1, 0.04, False)
        assert second.time_base is not None
        assert second.pts_ticks == Fraction(1, 25) / second.time_base
        assert (first.duration, first.is_interlaced, first.format) == (0.04, False, "yuv420p")
        assert repr(first) == "<zcgpu.VideoFrame 0 at 0.000 s, 64x48 yuv420p key>"


def test_planes_are_the_decoders_own_memory() -> None:
    with zcgpu.open_video(media.file("h264_cropped.mp4")) as video:
        frame = video[3]
        planes = frame.planes
        arrays = [np.asarray(plane) for plane in planes]
        assert [array.shape for array in arrays] == [(38, 50), (19, 25), (19, 25)]
        assert [plane.strides for plane in planes] == [array.strides for array in arrays]
        assert all(array.strides[0] > array.shape[1] for array in arrays)
        again = np.asarray(frame.planes[0])
        assert again.__array_interface__["data"] == arrays[0].__array_interface__["data"]
        assert not again.flags.writeable


def test_frames_and_planes_outlive_their_video() -> None:
    expected = media.framemd5("h264_b.mp4")
    video = zcgpu.open_video(media.file("h264_b.mp4"))
    frame = video[7]
    array = np.asarray(video[9].planes[0])
    kept = array.copy()
    video.close()
    gc.collect()
    assert md5(frame) == expected[7].md5
    frame.close()
    with pytest.raises(zcgpu.ClosedError, match="frame is closed"):
        frame.planes  # noqa: B018
    assert (array == kept).all()
    with pytest.raises(zcgpu.ClosedError, match="video is closed"):
        video[0]
    video.close()


def test_who_looks_at_a_plane_is_counted() -> None:
    with zcgpu.open_video(media.file("h264.mp4")) as video:
        frame = video[0]
        assert frame.holders == {"presenter": 1}
        planes = frame.planes
        assert frame.holders == {"presenter": 1, "view": 3}
        kinds = [it.kind for it in diagnostics.live()]
        assert {kind: kinds.count(kind) for kind in kinds} == {
            "video": 1,
            "video frame": 1,
            "plane": 3,
        }
        del planes
        assert frame.holders == {"presenter": 1}


def test_a_video_that_is_dropped_open_warns_and_is_closed() -> None:
    said = output_of(
        f"""
        import gc, os, warnings, zcgpu
        warnings.simplefilter("always")
        with warnings.catch_warnings(record=True) as caught:
            before = len(os.listdir("/proc/self/fd"))
            video = zcgpu.open_video({str(media.file("h264.mp4"))!r})
            assert len(os.listdir("/proc/self/fd")) > before
            del video
            gc.collect()
        assert len(os.listdir("/proc/self/fd")) == before
        print([f"{{it.category.__name__}}: {{it.message}}" for it in caught])
        """
    )
    assert said == (
        "['ResourceWarning: zcgpu.Video opened at <string>:6 was dropped open; close() it, or use "
        "`with`']\n"
    )


def test_what_is_no_video_is_refused(tmp_path: Path) -> None:
    with pytest.raises(zcgpu.FileError, match=r"nothing\.mp4: No such file"):
        zcgpu.open_video(tmp_path / "nothing.mp4")
    with pytest.raises(FileNotFoundError):
        zcgpu.open_video("/nowhere")
    (tmp_path / "text.mp4").write_text("no video at all\n" * 100)
    with pytest.raises(zcgpu.MediaError, match=r"text\.mp4"):
        zcgpu.open_video(tmp_path / "text.mp4")
    (tmp_path / "empty.mp4").write_bytes(b"")
    with pytest.raises(zcgpu.MediaError, match=r"empty\.mp4"):
        zcgpu.open_video(tmp_path / "empty.mp4")
    with pytest.raises(zcgpu.MediaError):
        zcgpu.open_video(tmp_path)
    with pytest.raises(zcgpu.MediaError, match="no video in it"):
        zcgpu.open_video(media.file("sound.wav"))


def test_a_path_is_bytes_of_the_system(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9 %d.mp4")  # latin 1: no UTF-8
    path = tmp_path / name
    path.write_bytes(media.file("h264.mp4").read_bytes())
    with zcgpu.open_video(path) as video:
        assert len(video) == 24


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"backend": "metal"}, zcgpu.InvalidArgumentError, "'auto', 'software', 'vaapi'"),
        ({"threads": -1}, zcgpu.InvalidArgumentError, "1 to 64"),
        ({"threads": 65}, zcgpu.InvalidArgumentError, "1 to 64"),
        ({"threads": "2"}, zcgpu.WrongTypeError, "threads are 1 to 64"),
        ({"lease_budget": 0}, zcgpu.InvalidArgumentError, "1 to 64"),
        ({"lease_budget": 65}, zcgpu.InvalidArgumentError, "1 to 64"),
        ({"lease_budget": True}, zcgpu.WrongTypeError, "1 to 64 frames"),
        ({"context": 5}, zcgpu.WrongTypeError, "zcgpu.Context"),
        ({"device": 5}, zcgpu.WrongTypeError, "render node"),
    ],
)
def test_bad_arguments_are_refused(
    arguments: dict[str, object], error: type[zcgpu.Error], words: str
) -> None:
    with pytest.raises(error, match=words):
        zcgpu.open_video(media.file("h264.mp4"), **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize("path", [None, 5, ["a"], b"/nowhere"])
def test_a_path_is_a_path(path: object) -> None:
    with pytest.raises(zcgpu.WrongTypeError, match="path of a file"):
        zcgpu.open_video(path)  # type: ignore[arg-type]


def test_a_file_is_not_handed_on_to_other_programs() -> None:
    path = media.file("h264_b.mp4")
    with zcgpu.open_video(path):
        opened = []
        for name in os.listdir("/proc/self/fd"):
            with contextlib.suppress(OSError):  # the folder itself was one of them
                if os.readlink(f"/proc/self/fd/{name}") == str(path):
                    opened.append(int(name))
        assert opened
        assert not any(map(os.get_inheritable, opened))
