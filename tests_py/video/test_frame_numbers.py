"""Frames by number and by time: always the one that was meant, whatever the file."""

import random
import threading
from fractions import Fraction
from pathlib import Path

import pytest
from video import media, recipes
from video.decoded import md5

import zcgpu

VARIED = [
    "h264_b.mp4",
    "h264_open.mkv",
    "h264_uneven.mp4",
    "h264_edited.mp4",
    "h264_delayed.mp4",
    "h264_wrapping.ts",
    "h264_fragments.mp4",
    "h264.h264",
    "h264.ts",
    "hevc_b.mkv",
    "vp8_hidden.webm",
    "mpeg2.mpg",
    "mjpeg.avi",
    "zmbv.avi",
]
DISTANT = f"{recipes.moving(frames=80)} {recipes.X264} -bf 2"
"""A film of more frames than are decoded on the way to one without an index."""


@pytest.mark.parametrize("name", VARIED)
def test_any_order_gives_the_frames_of_ffmpeg(name: str) -> None:
    expected = [picture.md5 for picture in media.framemd5(name)]
    with zcgpu.open_video(media.file(name)) as video:
        assert [md5(frame) for frame in video] == expected
        assert len(video) == len(expected)
        backwards = [md5(video[number]) for number in reversed(range(len(video)))]
        assert backwards == expected[::-1]
    order = random.Random(7).choices(range(len(expected)), k=20)
    with zcgpu.open_video(media.file(name)) as video:
        assert [md5(video[number]) for number in order] == [expected[it] for it in order]


@pytest.mark.parametrize("name", ["h264_uneven.mp4", "h264_uneven.mkv", "h264_edited.mp4"])
def test_the_frame_at_a_time_is_the_last_one_that_is_due(name: str) -> None:
    expected = media.framemd5(name)
    with zcgpu.open_video(media.file(name)) as video:
        base = video[0].time_base
        assert base is not None
        times = [(it.pts - expected[0].pts) * base for it in expected]
        assert times[0] == 0
        for number, time in enumerate(times[:-1]):
            middle = float((time + times[number + 1]) / 2)
            for asked in (float(time), middle):
                frame = video.frame_at(asked)
                assert (frame.index, md5(frame)) == (number, expected[number].md5)
                assert frame.pts == pytest.approx(float(time), abs=1e-12)
                assert frame.pts_ticks == expected[number].pts
            just_before = float(times[number + 1] - base / 4)
            assert video.index_at(just_before) == number
        assert video.index_at(float(times[-1])) == len(expected) - 1


def test_a_frames_own_time_leads_back_to_it() -> None:
    for name in VARIED:
        with zcgpu.open_video(media.file(name)) as video:
            for frame in list(video):
                assert video.index_at(frame.pts) == frame.index, name


def test_the_clock_of_a_joined_recording_goes_on_at_the_seam(tmp_path: Path) -> None:
    """Two recordings in a row, each of which begins at its own beginning, as `cat` joins them."""
    expected = [picture.md5 for picture in media.framemd5("h264.ts")] * 2
    joined = tmp_path / "joined.ts"
    joined.write_bytes(media.file("h264.ts").read_bytes() * 2)
    with zcgpu.open_video(joined) as video:
        found = [(frame.pts, md5(frame)) for frame in video]
        assert [it for _, it in found] == expected
        assert [time for time, _ in found] == pytest.approx([n / 25 for n in range(len(expected))])
        for number in (79, 0, 41, 40, 39, 12):
            assert md5(video[number]) == expected[number]
            frame = video.frame_at((number + 0.5) / 25)
            assert (frame.index, md5(frame)) == (number, expected[number])


def test_times_that_have_no_frame_are_refused() -> None:
    with zcgpu.open_video(media.file("h264.mp4")) as video:
        assert video.index_at(0.9599) == 23
        for time in (-0.001, 0.96, 1e300, -1e300):
            with pytest.raises(zcgpu.OutOfRangeError, match=" s"):
                video.frame_at(time)
        for time in (float("nan"), float("inf")):
            with pytest.raises(zcgpu.InvalidArgumentError, match="seconds"):
                video.frame_at(time)
        for wrong in ("1", None, True):
            with pytest.raises(zcgpu.WrongTypeError, match="seconds"):
                video.frame_at(wrong)  # type: ignore[arg-type]


def test_numbers_that_have_no_frame_are_refused() -> None:
    with zcgpu.open_video(media.file("h264.mp4")) as video:
        assert md5(video[-1]) == md5(video[23])
        assert video[-24].index == 0
        for number in (24, -25, 2**62, 2**70, -(2**70)):
            with pytest.raises(IndexError, match=r"there is no frame .*24 frames"):
                video[number]
            with pytest.raises(zcgpu.OutOfRangeError):
                video[number]
        for wrong in ("1", None, True, 1.0):
            with pytest.raises(zcgpu.WrongTypeError, match="whole number"):
                video[wrong]  # type: ignore[index]


def test_slices_decode_what_is_asked_of_them() -> None:
    expected = [picture.md5 for picture in media.framemd5("h264_b.mp4")]
    with zcgpu.open_video(media.file("h264_b.mp4")) as video:
        part = video[30:10:-5]
        assert len(part) == 4
        assert video.stats()["decoded"] == 1  # to see whether packets tell the truth
        assert [md5(frame) for frame in part] == expected[30:10:-5]
        assert md5(part[1]) == expected[25]
        assert md5(part[-1]) == expected[15]
        assert [md5(frame) for frame in part[1:3]] == expected[30:10:-5][1:3]
        assert len(video[50:]) == 0
        assert list(video[50:]) == []
        with pytest.raises(IndexError, match="among these 4 frames"):
            part[4]


def test_what_comes_next_is_not_sought() -> None:
    with zcgpu.open_video(media.file("h264_b.mp4")) as video:
        for _ in video:
            pass
        assert video.stats()["index"] is None
        assert video.stats()["seeks"] == 0
    with zcgpu.open_video(media.file("h264_b.mp4")) as video:
        assert len(video) == 40
        for number in range(40):
            video[number]
        stats = video.stats()
        assert (stats["seeks"], stats["decoded"], stats["dropped"]) == (0, 40, 0)
        video[20]
        video[21]
        assert video.stats()["seeks"] == 1


def test_a_frame_not_far_ahead_needs_no_index() -> None:
    with zcgpu.open_video(media.made("distant.mp4", DISTANT)) as video:
        assert video[10].index == 10
        assert video.index_kind is None
        assert video[60].index == 60
        assert video.index_kind == "packets"


def test_iterators_do_not_disturb_each_other() -> None:
    expected = [picture.md5 for picture in media.framemd5("h264_b.mp4")]
    with zcgpu.open_video(media.file("h264_b.mp4")) as video:
        first, second = iter(video), iter(video)
        seen: list[str] = []
        late: list[str] = []
        for step in range(20):
            seen.append(md5(next(first)))
            if step % 2:
                late.append(md5(next(second)))
        assert seen == expected[:20]
        assert late == expected[:10]


def test_threads_share_a_video() -> None:
    expected = [picture.md5 for picture in media.framemd5("h264_b.mp4")]
    failures: list[BaseException] = []

    def look(seed: int) -> None:
        try:
            numbers = random.Random(seed).choices(range(40), k=12)
            assert [md5(video[number]) for number in numbers] == [expected[it] for it in numbers]
        except BaseException as error:
            failures.append(error)

    with zcgpu.open_video(media.file("h264_b.mp4")) as video:
        threads = [threading.Thread(target=look, args=(seed,)) for seed in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("h264_b.mp4", "packets"),
        ("h264_edited.mp4", "packets"),
        ("h264.h264", "decoded"),
        ("mpeg2.m2v", "decoded"),
        ("mpeg4_b.avi", "decoded"),
    ],
)
def test_what_packets_do_not_tell_is_decoded(name: str, kind: str) -> None:
    with zcgpu.open_video(media.file(name)) as video:
        assert len(video) == len(media.framemd5(name))
        assert video.index_kind == kind


def test_frames_without_times_are_as_far_apart_as_the_rate_says() -> None:
    with zcgpu.open_video(media.file("h264.h264")) as video:
        rate = video.frame_rate
        assert rate == Fraction(25)
        times = [frame.pts for frame in video]
        assert times == pytest.approx([number / 25 for number in range(24)], abs=1e-9)
        assert [video[number].pts for number in (20, 3)] == [times[20], times[3]]
        assert video.index_at(0.5) == 12


def test_a_film_that_refreshes_bit_by_bit_is_right_everywhere(tmp_path: Path) -> None:
    recipe = f"{recipes.moving(frames=60)} -c:v libx264 -preset ultrafast -g 15"
    path = media.made("refreshed.mp4", f"{recipe} -x264-params intra-refresh=1:bframes=0")
    with zcgpu.open_video(path, threads=1) as video:
        expected = [md5(frame) for frame in video]
        assert len(video) == len(expected) == 60
        order = random.Random(3).choices(range(60), k=20)
        assert [md5(video[number]) for number in order] == [expected[it] for it in order]


def test_where_a_key_frame_does_not_lead_the_one_before_it_is_gone_for(tmp_path: Path) -> None:
    recipe = f"{recipes.moving(frames=60)} -c:v libx264 -preset ultrafast -g 15"
    path = media.made("refreshed.mp4", f"{recipe} -x264-params intra-refresh=1:bframes=0")
    with zcgpu.open_video(path, threads=1) as video:
        expected = [md5(frame) for frame in video][16]
        assert md5(video[50]) != expected
        before = video.stats()
        # What is called a key frame there gives nothing before the picture is whole again.
        assert md5(video[16]) == expected
        after = video.stats()
    assert after["index"] == "packets"
    assert after["seeks"] - before["seeks"] == 2
    assert after["rewinds"] == before["rewinds"]
