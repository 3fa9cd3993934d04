"""The examples of video do what they say."""

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
from video import media

import zcgpu

ROOT = Path(__file__).resolve().parents[2]
FILTER = ROOT / "examples" / "scripts" / "filter_film.py"
TURN = (
    '/*{"INPUTS": [{"NAME": "inputImage", "TYPE": "image"}]}*/'
    " void main() { gl_FragColor = vec4(1.0 - IMG_THIS_PIXEL(inputImage).rgb, 1.0); }"
)


def test_the_film_that_is_filtered_has_each_frame_and_the_sound(tmp_path: Path) -> None:
    shader, out = tmp_path / "turn.fs", tmp_path / "out.mp4"
    shader.write_text(TURN)
    film = media.file("h264_sound.mp4")
    command = [sys.executable, str(FILTER), str(film), str(shader), str(out)]
    assert subprocess.run(command, timeout=60, check=True).returncode == 0
    with zcgpu.open_video(film) as before, zcgpu.open_video(out) as after:
        assert len(after) == len(before) == 40
        assert after.frame_rate == Fraction(25)
        assert [it["kind"] for it in after.streams] == [it["kind"] for it in before.streams]
        assert after.color.matrix == "bt709"
        for was, became in zip(before, after, strict=True):
            assert abs(was.pts - became.pts) < 1e-3
            # What the encoder loses; noise and hard edges lose most.
            lost = np.asarray(became).astype(float) + np.asarray(was) - 255
            assert abs(lost[..., :3].mean()) < 4
            assert np.abs(lost[..., :3]).mean() < 25


def test_without_arguments_it_says_which() -> None:
    done = subprocess.run([sys.executable, str(FILTER)], capture_output=True, text=True)
    assert done.returncode == 1
    assert "film.mp4 examples/shaders/halftone.fs out.mp4" in done.stderr
