"""`zcgpu gallery`, run as a person would."""

import base64
import io
import json
import os
import pty
import re
import signal
import subprocess
import termios
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from commands import ZCGPU, zcgpu
from PIL import Image
from sources import COUNTER, FILTER, colour, image, number, shader

RED = colour("vec4(0.8, 0.2, 0.0, 1.0)")
MOVING = colour("vec4(vec3(step(0.5, fract(TIME))) , 1.0)")
CROSS = colour(
    "mix(IMG_THIS_PIXEL(startImage), IMG_THIS_PIXEL(endImage), progress)",
    inputs=[image("startImage"), image("endImage"), number("progress", MIN=0, MAX=1)],
)
ENDLESS = shader(
    "float v = TIME; for (int i = 0; i < 60000; i++) for (int j = 0; j < 60000; j++)"
    " for (int k = 0; k < 60000; k++) v += sin(v + float(i * j - k)); gl_FragColor = vec4(v);"
)
"""Longer than anybody waits, in loops short enough for drivers that cut long ones."""
BROKEN = "/*{}*/\nvoid main() {\n  gl_FragColor = vec4(nope);\n}\n"
QUICK = ("--size", "32x18", "--times", "0,0.5")


def library(folder: Path, **shaders: str) -> Path:
    place = folder / "library"
    place.mkdir(exist_ok=True)
    for name, text in shaders.items():
        (place / f"{name}.fs").write_text(text)
    return place


def drawn(folder: Path, *options: str, status: int = 0) -> dict[str, Any]:
    """The reports of a run, by name; ``drawn`` is how many were drawn."""
    done = zcgpu(
        *("gallery", "library", "-o", "out.html", "--json", "out.json", *QUICK, *options),
        folder=folder,
    )
    assert done.returncode == status, done.stderr
    told = json.loads((folder / "out.json").read_text("utf-8"))
    count = re.search(r"(\d+) drawn in", done.stdout)
    assert count
    return {it["name"]: it for it in told["shaders"]} | {"drawn": int(count[1])}


def strips(folder: Path) -> dict[str, np.ndarray[Any, Any]]:
    """The pictures of the page, by name: (height, frames * width, 3)."""
    page = (folder / "out.html").read_text("utf-8")
    found = re.findall(r'alt="What (.*?) shows" src="data:image/webp;base64,(.*?)"', page)
    return {
        name: np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")).astype(int)
        for name, data in found
    }


def test_each_shader_is_drawn_and_told(tmp_path: Path) -> None:
    library(tmp_path, red=RED, cross=CROSS, filter=FILTER, moving=MOVING, broken=BROKEN)
    told = drawn(tmp_path, status=1)
    assert told.pop("drawn") == 5
    states = {name: (it["status"], it["kind"], it["flat"]) for name, it in told.items()}
    assert states == {
        "broken": ("failed", "generator", None),
        "cross": ("ok", "transition", False),
        "filter": ("ok", "filter", False),
        "moving": ("ok", "generator", False),
        "red": ("ok", "generator", True),
    }
    assert told["red"]["contrast"] == 0
    assert told["moving"]["contrast"] == 255
    assert [entry["name"] for entry in told["cross"]["inputs"]] == [
        "startImage",
        "endImage",
        "progress",
    ]
    assert set(told["red"]["cost"]) == {"compile_ms", "first_frame_ms", "frame_ms"}
    (problem,) = [it for it in told["broken"]["problems"] if "nope" in it["message"]]
    assert (problem["line"], problem["column"]) == (3, 23)
    assert problem["quote"] == "  gl_FragColor = vec4(nope);"


def test_warnings_are_told(tmp_path: Path) -> None:
    library(tmp_path, red=RED, unused=colour("vec4(1.0)", inputs=[number("nobody")]))
    told = drawn(tmp_path)
    assert (told["red"]["status"], told["red"]["warnings"]) == ("ok", [])
    assert told["unused"]["status"] == "warnings"
    (warning,) = told["unused"]["warnings"]
    assert "nobody" in warning["message"]
    assert "nobody" in warning["quote"]
    assert told["unused"]["problems"] == []


def test_of_many_warnings_some_are_told(tmp_path: Path) -> None:
    library(tmp_path, unused=colour("vec4(1.0)", inputs=[number(f"n{i}") for i in range(300)]))
    assert len(drawn(tmp_path)["unused"]["warnings"]) == 100


def test_pictures_show_what_shaders_draw(tmp_path: Path) -> None:
    library(tmp_path, red=RED, cross=CROSS, filter=FILTER, moving=MOVING)
    drawn(tmp_path)
    pictures = strips(tmp_path)
    assert pictures["red"].shape == (18, 32, 3)  # one frame, since all are the same
    assert np.abs(pictures["red"] - (204, 51, 0)).max() <= 8
    assert pictures["moving"].shape == (18, 64, 3)
    assert pictures["moving"][:, 2:28].max() <= 8
    assert pictures["moving"][:, 36:].min() >= 247
    start, end = pictures["cross"][:, :32], pictures["cross"][:, 32:]
    assert np.abs(start - pictures["filter"]).mean() < 8
    assert np.abs(end - start).mean() > 40


def test_pictures_that_are_named_are_used(tmp_path: Path) -> None:
    library(tmp_path, filter=FILTER)
    Image.new("RGB", (8, 8), (0, 120, 240)).save(tmp_path / "blue.png")
    told = drawn(tmp_path, "--image", "inputImage=blue.png")
    assert told["filter"]["flat"]
    assert np.abs(strips(tmp_path)["filter"] - (0, 120, 240)).max() <= 8
    Image.new("RGB", (8, 8), (240, 120, 0)).save(tmp_path / "blue.png")
    assert drawn(tmp_path, "--image", "inputImage=blue.png")["drawn"] == 1


def test_buffers_are_fed_back_between_the_times(tmp_path: Path) -> None:
    # 1, then seven frames and the one of the next time: 9.
    library(tmp_path, counter=COUNTER)
    assert drawn(tmp_path)["counter"]["contrast"] == 8


def test_only_what_changed_is_drawn_again(tmp_path: Path) -> None:
    place = library(tmp_path, red=RED, moving=MOVING, broken=BROKEN)
    first = drawn(tmp_path, status=1)
    assert first["drawn"] == 3
    again = drawn(tmp_path, status=1)
    assert again == {**first, "drawn": 0}
    (place / "red.fs").write_text(RED.replace("0.8", "0.4"))
    assert drawn(tmp_path, status=1)["drawn"] == 1
    assert np.abs(strips(tmp_path)["red"] - (102, 51, 0)).max() <= 8
    (place / "red.vs").write_text("void main() { isf_vertShaderInit(); }")
    assert drawn(tmp_path, status=1)["drawn"] == 1
    assert drawn(tmp_path, status=1)["drawn"] == 0


def test_what_was_drawn_otherwise_is_drawn_again(tmp_path: Path) -> None:
    library(tmp_path, red=RED)
    assert drawn(tmp_path)["drawn"] == 1
    for options in (("--times", "1"), ("--dialect", "es"), ("--size", "8x8")):
        assert drawn(tmp_path, *options)["drawn"] == 1
        assert drawn(tmp_path, *options)["drawn"] == 0
    assert drawn(tmp_path)["drawn"] == 0
    for entry in (tmp_path / "out.cache").iterdir():
        entry.write_text("{")
    assert drawn(tmp_path)["drawn"] == 1


def test_what_comes_with_a_shader_is_looked_at(tmp_path: Path) -> None:
    place = library(tmp_path)
    header = {"IMPORTED": {"grain": {"PATH": "grain.png"}}}
    text = f"/*{json.dumps(header)}*/\nvoid main() {{ gl_FragColor = IMG_THIS_PIXEL(grain); }}"
    (place / "grainy.fs").write_text(text)
    assert drawn(tmp_path, status=1)["drawn"] == 1
    assert drawn(tmp_path, status=1)["drawn"] == 0
    Image.new("RGB", (2, 2)).save(place / "grain.png")
    done = zcgpu("gallery", "library", "-o", "out.html", *QUICK, folder=tmp_path)
    assert "1 drawn in" in done.stdout


def test_a_terminal_sees_progress(tmp_path: Path) -> None:
    library(tmp_path, red=RED, broken=BROKEN)
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 100))
    with open(ours, "rb", buffering=0) as terminal:
        arguments = ("gallery", "library", "-o", "out.html", *QUICK)
        done = subprocess.run([*ZCGPU, *arguments], cwd=tmp_path, stderr=theirs, check=False)
        os.close(theirs)
        shown = b""
        try:
            while more := terminal.read(4096):
                shown += more
        except OSError:  # the other side is closed
            pass
    assert done.returncode == 1
    assert b"2/2" in shown
    assert b"library/broken.fs: line 3: " in shown


def test_forgetting_removes_nothing_else(tmp_path: Path) -> None:
    library(tmp_path, red=RED)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.json").touch()
    drawn(tmp_path, "--cache", "mine")
    assert len(list(mine.iterdir())) == 2
    assert drawn(tmp_path, "--cache", "mine", "--fresh", "--times", "3")["drawn"] == 1
    assert len(list(mine.iterdir())) == 2
    assert (mine / "letter.json").exists()


def test_an_endless_shader_ends_at_the_limit(tmp_path: Path) -> None:
    library(tmp_path, endless=ENDLESS, red=RED)
    told = drawn(tmp_path, "--timeout", "2", "--size", "320x180", status=1)
    assert (told["endless"]["status"], told["endless"]["failure"]) == ("failed", "time")
    assert told["endless"]["kind"] == "generator"
    assert told["red"]["status"] == "ok"
    # Known to be too long, until there is more time.
    assert drawn(tmp_path, "--timeout", "2", "--size", "320x180", status=1)["drawn"] == 0
    assert drawn(tmp_path, "--timeout", "2.5", "--size", "320x180", status=1)["drawn"] == 1


def test_files_that_are_no_shaders_fail_alone(tmp_path: Path) -> None:
    place = library(tmp_path, red=RED, empty="", text="hello")
    (place / "nowhere.fs").symlink_to("nothing")
    (place / "folder.fs").mkdir()
    os.mkfifo(place / "pipe.fs")
    (place / "bytes.fs").write_bytes(bytes(range(256)))
    told = drawn(tmp_path, status=1)
    del told["drawn"]
    failures = {name: it["failure"] for name, it in told.items()}
    assert failures == {
        **dict.fromkeys(("empty", "text", "bytes"), "header"),
        **dict.fromkeys(("nowhere", "pipe"), "file"),
        "red": None,
    }


def test_names_may_be_anything(tmp_path: Path) -> None:
    place = os.fsencode(library(tmp_path))
    names = [b"a b.fs", b"q'\"<b>&.fs", "é🎨.fs".encode(), b"\xff.fs", b"-o;{.fs", b"new\nline.fs"]
    for name in names:
        with open(os.path.join(place, name), "w") as file:
            file.write(RED)
    told = drawn(tmp_path)
    del told["drawn"]
    assert set(told) == {"a b", "q'\"<b>&", "é🎨", "\\xff", "-o;{", "new\nline"}
    assert {it["status"] for it in told.values()} == {"ok"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere",), "nowhere: there is no such folder or shader"),
        (("empty",), "empty: no shaders there"),
        (("library", "--size", "0x9"), "a side of --size is from 1 to 8192"),
        (("library", "--size", "big"), "a size is WIDTHxHEIGHT"),
        (("library", "--times", "0,nan"), "times are 1 to 48 numbers"),
        (("library", "--times", ",".join(map(str, range(49)))), "times are 1 to 48 numbers"),
        (("library", "--jobs", "0"), "a number of processes is 1 to 256"),
        (("library", "--timeout", "-1"), "seconds, more than 0"),
        (("library", "--image", "inputImage=no.png"), "no.png: there is no such picture"),
        (("library", "--audio", "sound=no.wav"), "no.wav: there is no such sound"),
        (("library", "--cache", "library/red.fs"), "library/red.fs: is no folder"),
    ],
)
def test_wrong_arguments_are_told(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    library(tmp_path, red=RED)
    (tmp_path / "empty").mkdir()
    done = zcgpu("gallery", "-o", "out.html", *arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert not (tmp_path / "out.html").exists()


def test_a_page_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    library(tmp_path, red=RED)
    done = zcgpu("gallery", "library", "-o", "library/red.fs/out.html", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("zcgpu: library/red.fs/out.cache: cannot make this folder (")


def test_ctrl_c_keeps_what_is_done(tmp_path: Path) -> None:
    library(tmp_path, broken=BROKEN, endless=ENDLESS)
    arguments = ("gallery", "library", "-o", "out.html", "--jobs", "1", "--size", "320x180")
    running = subprocess.Popen(
        [*ZCGPU, *arguments], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    with running:
        assert running.stderr
        assert running.stderr.readline().startswith("library/broken.fs: line 3: ")
        running.send_signal(signal.SIGINT)
        words = running.stderr.read()
    assert running.returncode == 130
    assert words.startswith("zcgpu: stopped; 1 of 2 are done and kept")
    assert not (tmp_path / "out.html").exists()
    done = zcgpu(*arguments, "--timeout", "2", folder=tmp_path)
    assert done.stdout.startswith("2 shaders, 2 failed, 0 flat; 1 drawn in ")
    assert (tmp_path / "out.html").exists()


def test_no_display_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library(tmp_path, red=RED, moving=MOVING)
    monkeypatch.setenv("ZCGPU_LIBEGL", "/no/such/library.so")
    done = zcgpu("gallery", "library", "-o", "out.html", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("zcgpu: ")
    assert "/no/such/library.so" in done.stderr
    monkeypatch.delenv("ZCGPU_LIBEGL")
    assert drawn(tmp_path)["drawn"] == 2
