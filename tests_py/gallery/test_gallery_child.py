"""The process in which one shader is drawn."""

import base64
import io
import json
import os
import signal
import subprocess
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gallery.test_gallery import ENDLESS
from PIL import Image
from sources import colour, image, shader

from zcgpu.gallery.crew import COMMAND, Crew

PATIENCE = 60.0

CUBE = {"NAME": "sky", "TYPE": "cube"}


def job(path: Path, **changes: Any) -> dict[str, Any]:
    how = {"size": [32, 18], "times": [0.0], "dialect": "auto", "images": {}, "sounds": {}}
    return {"path": str(path), **how, **changes}


def drawn(path: Path, **changes: Any) -> dict[str, Any]:
    ((_, told),) = Crew(1, PATIENCE).run([job(path, **changes)])
    return told


def strip(told: dict[str, Any]) -> np.ndarray[Any, Any]:
    """(height, frames * width, 3)."""
    data = base64.b64decode(told["strip"]["webp"])
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)


def test_a_child_whose_parent_is_gone_ends_itself(tmp_path: Path) -> None:
    (tmp_path / "endless.fs").write_text(ENDLESS)
    order = job(tmp_path / "endless.fs", size=[320, 180], timeout=3.0)
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin
        assert child.stdout
        child.stdin.write(json.dumps(order).encode())
        child.stdin.close()
        assert json.loads(child.stdout.readline())["kind"] == "generator"
        # Where memory runs out, it is the first to go.
        assert Path(f"/proc/{child.pid}/oom_score_adj").read_text() == "1000\n"
        child.stdout.read()
    assert child.returncode == -signal.SIGALRM


def test_what_a_driver_prints_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "one.fs").write_text(colour("vec4(1.0)"))
    program = (
        "import os; from zcgpu.gallery import child; tell = child.report\n"
        "def loud(job, reports): os.write(1, b'noise'); tell(job, reports); os.write(1, b'noise')\n"
        "child.report = loud; child.main()"
    )
    command = (COMMAND[0], "-c", program)
    ((_, told),) = Crew(1, PATIENCE, command).run([job(tmp_path / "one.fs")])
    assert told["status"] == "ok"


def test_pictures_that_come_with_a_shader_are_told(tmp_path: Path) -> None:
    imported = {"a": {"PATH": "in.png"}, "b": {"PATH": "../out.png"}, "c": {"PATH": "/etc/passwd"}}
    header = {"IMPORTED": imported}
    (tmp_path / "one.fs").write_text(f"/*{json.dumps(header)}*/\nvoid main() {{}}")
    assert drawn(tmp_path / "one.fs")["dependencies"] == {str(tmp_path / "in.png"): None}
    Image.new("RGB", (2, 2)).save(tmp_path / "in.png")
    (known,) = drawn(tmp_path / "one.fs")["dependencies"].values()
    assert len(known) == 64


def test_cubes_get_a_room(tmp_path: Path) -> None:
    # The direction +z in the left half, +x in the right one: the front wall and the right one.
    look = "textureCube(sky, isf_FragNormCoord.x < 0.5 ? vec3(0.8, 0.8, 1.0) : vec3(1.0, 0.8, 0.8))"
    (tmp_path / "one.fs").write_text(colour(look, inputs=[CUBE]))
    pixels = strip(drawn(tmp_path / "one.fs"))
    assert np.abs(pixels[:, 2:12] - (0x96, 0x60, 0xBE)).max() <= 12
    assert np.abs(pixels[:, 20:30] - (0xD6, 0x54, 0x4A)).max() <= 12


def test_sound_rises_over_a_beat(tmp_path: Path) -> None:
    heard = {"NAME": "heard", "TYPE": "audioFFT"}
    level = "40.0 * IMG_NORM_PIXEL(heard, vec2(isf_FragNormCoord.x, 0.5)).r"
    (tmp_path / "one.fs").write_text(colour(f"vec4(vec3({level}), 1.0)", inputs=[heard]))
    times = [0.7, 1.7]
    pictures = np.split(strip(drawn(tmp_path / "one.fs", times=times, size=[320, 18])), 2, axis=1)
    for time, picture in zip(times, pictures, strict=True):
        highest = 80.0 * 2.0 ** (2.0 * time) * 1.5 * 4  # the fifth's last overtone, Hz
        column = highest / (32000 / 1024)
        assert abs(np.flatnonzero(picture[9, :, 0] > 60).max() - column * 320 / 512) <= 4


def test_a_sound_that_is_named_is_heard(tmp_path: Path) -> None:
    heard = {"NAME": "heard", "TYPE": "audio", "MAX": 8}
    (tmp_path / "one.fs").write_text(
        colour("vec4(IMG_NORM_PIXEL(heard, vec2(0.5)).rrr, 1.0)", inputs=[heard])
    )
    with wave.open(str(tmp_path / "half.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(np.full(8000, 16384, "<i2").tobytes())
    sounds = {"heard": str(tmp_path / "half.wav")}
    pixels = strip(drawn(tmp_path / "one.fs", times=[0.5], sounds=sounds))
    assert np.abs(pixels - 191).max() <= 4  # 0.5 + 0.5 / 2
    assert np.abs(strip(drawn(tmp_path / "one.fs", times=[0.5])) - 191).max() > 4


def test_images_alternate_between_day_and_night(tmp_path: Path) -> None:
    names = ("first", "second", "third")
    (tmp_path / "one.fs").write_text(
        shader(
            "float x = isf_FragNormCoord.x * 3.0; vec2 middle = vec2(0.5, 0.98);"
            "gl_FragColor = x < 1.0 ? IMG_NORM_PIXEL(first, middle) : x < 2.0 ?"
            "  IMG_NORM_PIXEL(second, middle) : IMG_NORM_PIXEL(third, middle);",
            inputs=[image(name) for name in names],
        )
    )
    pixels = strip(drawn(tmp_path / "one.fs", size=[96, 18]))
    first, second, third = (pixels[:, 32 * index + 10 : 32 * index + 22] for index in range(3))
    assert np.abs(first - third).max() <= 10
    assert np.abs(first - second).min(axis=(0, 1)).max() > 60


@pytest.mark.parametrize(
    ("main", "frames"),
    [("gl_FragColor = vec4(isf_FragNormCoord, 0.5, 1.0);", 1), ("gl_FragColor = vec4(TIME);", 3)],
)
def test_what_does_not_move_is_kept_once(tmp_path: Path, main: str, frames: int) -> None:
    (tmp_path / "one.fs").write_text(shader(main))
    told = drawn(tmp_path / "one.fs", times=[0.0, 0.5, 1.0])
    assert told["strip"]["frames"] == frames
    assert strip(told).shape == (18, 32 * frames, 3)


def test_noise_takes_no_more_room_than_it_may(tmp_path: Path) -> None:
    seed = "dot(gl_FragCoord.xy, vec2(12.9898, 78.233)) + vec3(1.0, 2.0, 3.0) * (1.0 + TIME)"
    noise = f"vec4(fract(sin({seed}) * 43758.5453), 1.0)"
    (tmp_path / "one.fs").write_text(colour(noise))
    told = drawn(tmp_path / "one.fs", size=[320, 180], times=[0.0, 1.0, 2.0])
    assert len(told["strip"]["webp"]) < 60_000


def test_thumbnails_are_small_however_large_frames_are(tmp_path: Path) -> None:
    (tmp_path / "one.fs").write_text(colour("vec4(isf_FragNormCoord, 0.0, 1.0)"))
    told = drawn(tmp_path / "one.fs", size=[1000, 1000])
    assert (told["strip"]["width"], told["strip"]["height"]) == (180, 180)


def test_colours_are_shown_whatever_alpha_says(tmp_path: Path) -> None:
    (tmp_path / "one.fs").write_text(colour("vec4(0.0, 0.6, 0.2, 0.0)"))
    assert np.abs(strip(drawn(tmp_path / "one.fs")) - (0, 153, 51)).max() <= 8


def test_a_flat_picture_may_differ_by_one(tmp_path: Path) -> None:
    for steps, flat in ((1, True), (2, False)):
        text = f"vec4(vec3(100.0 + {steps}.0 * step(0.5, isf_FragNormCoord.x)) / 255.0, 1.0)"
        (tmp_path / "one.fs").write_text(colour(text))
        told = drawn(tmp_path / "one.fs")
        assert (told["contrast"], told["flat"]) == (steps, flat)


def test_the_folder_one_is_in_is_no_place_to_import_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "numpy.py").write_text("raise SystemExit('taken in')")
    (tmp_path / "one.fs").write_text(colour("vec4(1.0)"))
    monkeypatch.chdir(tmp_path)
    assert drawn(Path(os.path.abspath("one.fs")))["status"] == "ok"
