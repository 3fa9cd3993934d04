"""Sound files of any kind, and the sound of videos: sample for sample what ffmpeg decodes."""

import contextlib
from pathlib import Path

import numpy as np
import pytest
from video import media
from video.recipes import SOUNDS
from video.sounds import heard, shown

import zcgpu

FILM = "h264_sound.mp4"
FILES = [*SOUNDS, FILM, "h264_sound.mkv", "h264.ts"]


@pytest.mark.parametrize("name", FILES)
def test_a_sound_is_what_ffmpeg_decodes(name: str) -> None:
    path = media.file(name)
    expected = heard(path)
    sound = zcgpu.Audio.open(path)
    assert sound.channels == expected.shape[1]
    assert len(sound) == expected.shape[0]
    assert sound.rate in (8000, 44100, 48000)


@pytest.mark.parametrize("name", FILES)
def test_a_shader_reads_the_samples_that_ffmpeg_decodes(context: zcgpu.Context, name: str) -> None:
    path = media.file(name)
    expected = heard(path)
    reference = zcgpu.Audio(np.ascontiguousarray(expected.T), zcgpu.Audio.open(path).rate)
    for time in (0.05, 0.31):
        ours = shown(context, path, expected.shape[1], time)
        theirs = shown(context, reference, expected.shape[1], time)
        assert np.ptp(theirs) > 0.01
        np.testing.assert_allclose(ours, theirs, atol=1e-6)


def test_a_video_is_a_sound(context: zcgpu.Context) -> None:
    path = media.file(FILM)
    with zcgpu.open_video(path) as video:
        ours = shown(context, video, 2, 0.2)
    np.testing.assert_array_equal(ours, shown(context, path, 2, 0.2))


def test_a_file_without_sound_says_so(context: zcgpu.Context) -> None:
    silent = media.file("h264.mp4")
    with pytest.raises(zcgpu.MediaError, match=r"h264.mp4: there is no sound in it"):
        zcgpu.Audio.open(silent)


def test_what_is_cut_off_is_a_sound_or_an_error(tmp_path: Path) -> None:
    whole = media.file("sound.flac").read_bytes()
    path = tmp_path / "cut.flac"
    for length in range(0, len(whole), max(1, len(whole) // 60)):
        path.write_bytes(whole[:length])
        with contextlib.suppress(zcgpu.MediaError):
            assert len(zcgpu.Audio.open(path)) <= 44100
