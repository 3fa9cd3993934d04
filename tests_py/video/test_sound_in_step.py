"""The sound of a video begins with its first frame, wherever the file has it begin."""

import contextlib
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from video import media
from video.recipes import X264
from video.sounds import HEARD_AT_ONCE, heard, shown

import zcgpu

FLASH = r"-f lavfi -i color=black:s=64x48:r=25:d=3,drawbox=c=white:t=fill:enable='eq(n\,50)'"
"""Black, but for the frame at 2 s."""

CLICK = r"-f lavfi -i aevalsrc='0.02*sin(660*PI*t)+0.6*sin(2000*PI*t)*between(t\,2\,2.02)'"
"""All but silent, but for what begins at 2 s."""

BOTH = f"{FLASH} {CLICK}:s=48000:d=3 {X264}"
LATE = f"{FLASH} -itsoffset 0.5 {CLICK}:s=48000:d=3 {X264}"
EARLY = f"-itsoffset 0.52 {FLASH} {CLICK}:s=48000:d=3 {X264}"

RECIPES = {
    "both.mov": f"{BOTH} -bf 2 -c:a pcm_s16le",
    "both.ts": f"{BOTH} -bf 2 -c:a mp2",
    "both.mkv": f"{BOTH} -bf 2 -c:a flac",
    "late.mkv": f"{LATE} -c:a pcm_s16le",
    "late_u8.mkv": f"{LATE} -c:a pcm_u8",
    "late_f64.mkv": f"{LATE} -ac 2 -c:a pcm_f64le",
    "late.mp4": f"{LATE} -c:a aac -ac 2",
    "early.mkv": f"{EARLY} -c:a pcm_s16le",
    "early_planar.mkv": f"{EARLY} -ac 2 -c:a aac",
    "cut.ts": "-ss 1.1 -i '{both.ts}' -c copy",
    "cut.mkv": "-ss 1.1 -i '{both.mkv}' -c copy",
    "wrapping.ts": "-i '{both.ts}' -c copy -mpegts_copyts 1 -output_ts_offset 95442.5",
}
"""Films whose sound and picture begin at different times, or not."""

SYNCHRONOUS = {name for name in RECIPES if not name.startswith(("late", "early"))}
"""Those whose flash and click come together."""


def film(name: str) -> Path:
    recipe = RECIPES[name]
    for other in RECIPES:
        if f"{{{other}}}" in recipe:
            recipe = recipe.replace(f"{{{other}}}", str(film(other)))
    return media.made(name, recipe)


def first_time(path: Path, stream: str) -> Fraction:
    """When the first frame of a stream begins, in seconds, according to ffprobe."""
    probe = ["ffprobe", "-v", "error", "-select_streams", stream, "-of", "default=nw=1:nk=1"]
    entries = ["-show_entries", "frame=best_effort_timestamp:stream=time_base", str(path)]
    lines = media.output_of([*probe, *entries]).decode().split()
    base = next(line for line in lines if "/" in line)
    return int(lines[0]) * Fraction(base)


def gap(path: Path, rate: float) -> int:
    """By how many samples the sound begins after the picture."""
    return round((first_time(path, "a:0") - first_time(path, "v:0")) * Fraction(rate))


def moved(samples: np.ndarray, by: int) -> np.ndarray:
    """Samples after silence, or without the first ones."""
    silence = np.zeros((max(0, by), samples.shape[1]), "<f4")
    return np.concatenate([silence, samples[max(0, -by) :]])


@pytest.mark.parametrize("name", RECIPES)
def test_it_is_what_ffmpeg_decodes_moved_by_what_the_streams_begin_apart(
    context: zcgpu.Context, name: str
) -> None:
    path = film(name)
    samples, rate = heard(path), zcgpu.Audio.open(path).rate
    by = gap(path, rate)
    reference = zcgpu.Audio(np.ascontiguousarray(moved(samples, by).T), rate)
    with zcgpu.open_video(path) as video:
        for time in (0.002, 0.3, abs(by) / rate + 0.004, 1.0, 1.5):
            ours = shown(context, video, samples.shape[1], time)
            theirs = shown(context, reference, samples.shape[1], time)
            np.testing.assert_allclose(ours, theirs, atol=1e-6)
        assert np.ptp(theirs) > 0.01


def flash_of(video: zcgpu.Video) -> float:
    """When the flash is shown."""
    for number in range(len(video)):
        with contextlib.suppress(zcgpu.MediaError):
            frame = video[number]
            if np.asarray(frame.planes[0]).mean() > 128:
                return frame.pts
    raise AssertionError("there is no flash")


def check_click(context: zcgpu.Context, video: zcgpu.Video, time: float) -> None:
    """Nothing is heard until 2 ms before a time, and the click from 2 ms after it on."""
    before = shown(context, video, 1, time - 0.002)
    after = shown(context, video, 1, time + HEARD_AT_ONCE / 48000)
    assert np.abs(before - 0.5).max() < 0.1
    assert np.abs(after[:, :96] - 0.5).max() > 0.2


@pytest.mark.parametrize(
    ("name", "late"),
    [(name, 0.0) for name in sorted(SYNCHRONOUS)]
    + [("late.mkv", 0.5), ("late_u8.mkv", 0.5), ("late.mp4", 0.5), ("early.mkv", -0.52)],
)
def test_the_flash_is_seen_when_the_click_is_heard(
    context: zcgpu.Context, name: str, late: float
) -> None:
    with zcgpu.open_video(film(name)) as video:
        check_click(context, video, flash_of(video) + late)


@pytest.mark.parametrize("codec", ["mpeg4", "libxvid"])
def test_where_frames_have_no_times_sound_begins_with_the_first(
    context: zcgpu.Context, codec: str
) -> None:
    path = media.made(f"{codec}.avi", f"{FLASH} {CLICK}:s=48000:d=3 -c:v {codec} -bf 2 -c:a mp3")
    with zcgpu.open_video(path) as video:
        for time in (0.02, 2.03):
            np.testing.assert_array_equal(
                shown(context, video, 1, time), shown(context, path, 1, time)
            )


def test_a_cover_is_no_beginning(context: zcgpu.Context) -> None:
    recipe = f"{CLICK}:s=44100:d=3 -i '{media.file('still.jpg')}' -map 0 -map 1 -c:v copy"
    path = media.made("cover.mp3", f"{recipe} -c:a libmp3lame -disposition:v attached_pic")
    with zcgpu.open_video(path) as video:
        np.testing.assert_array_equal(shown(context, video, 1, 2), shown(context, path, 1, 2))


def test_a_first_frame_that_cannot_be_decoded_is_the_beginning(
    context: zcgpu.Context, tmp_path: Path
) -> None:
    recipe = EARLY.replace(X264, "-c:v png -c:a pcm_s16le")
    whole = media.made("early_png.mkv", recipe).read_bytes()
    path = tmp_path / "film.mkv"
    path.write_bytes(whole.replace(b"\x89PNG\r\n", bytes(6), 1))
    with zcgpu.open_video(path) as video:
        with pytest.raises(zcgpu.MediaError, match="frame 0"):
            video[0]
        check_click(context, video, flash_of(video) - 0.52)


def test_what_is_over_before_the_first_frame_says_so(context: zcgpu.Context) -> None:
    path = media.made("over.mkv", f"-itsoffset 5 {FLASH} {CLICK}:s=48000:d=3 {X264} -c:a pcm_s16le")
    assert len(zcgpu.Audio.open(path)) == 3 * 48000
    with (
        zcgpu.open_video(path) as video,
        pytest.raises(zcgpu.MediaError, match=r"over.mkv: its sound is over before its first fr"),
    ):
        shown(context, video, 1, 0)


def test_silence_takes_no_more_memory_than_sound_may(context: zcgpu.Context) -> None:
    recipe = f"{FLASH} -itsoffset 12000 {CLICK}:s=48000:d=0.1 {X264} -c:a pcm_s16le"
    with (
        zcgpu.open_video(media.made("far.mkv", recipe)) as video,
        pytest.raises(zcgpu.MediaError, match=r"far.mkv: the sound is longer than 536870912 sam"),
    ):
        shown(context, video, 1, 0)


def test_a_closed_video_is_no_sound(context: zcgpu.Context) -> None:
    video = zcgpu.open_video(film("both.mov"))
    video.close()
    with pytest.raises(zcgpu.ClosedError, match="this video is closed"):
        shown(context, video, 1, 0)


def test_the_sound_is_that_of_the_file_that_is_open(context: zcgpu.Context, tmp_path: Path) -> None:
    path = tmp_path / "film.mov"
    path.write_bytes(film("both.mov").read_bytes())
    expected = shown(context, path, 1, 2.01)
    with zcgpu.open_video(path) as video:
        path.unlink()
        np.testing.assert_array_equal(shown(context, video, 1, 2.01), expected)
