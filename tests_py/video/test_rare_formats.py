"""Formats that libswscale converts first, against the same reference as all others."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
from video.color_files import Word
from video.rare_formats import RARE

import zcgpu

#: libswscale rounds to a sample of the format in between, too.
LIMIT = 1.0
#: What libswscale gets wrong, and by how much: few bits that it does not spread over the whole of a
#: byte (15 of 4 bits is 240), and 16 bits for which there is no better format than one of 10.
WRONG = {"rgb444le": 15.0, "bgr444le": 15.0, "rgb8": 3.0, "bgr8": 3.0, "yuva420p16le": 1.3}


def error(name: str, folder: Path, *sizes: tuple[int, int]) -> float:
    """The most that a component is off, in pictures of noise."""
    rare = RARE[name]
    is_yuv = rare.layout.kind == "yuv"
    words = [Word(full=True)]
    if is_yuv:
        words = [Word("bt709", False, "left"), Word("bt2020nc", True, "center")]
    worst = 0.0
    for number, word in enumerate(words):
        for width, height in sizes:
            planes = rare.samples(width, height)
            path = folder / f"{number}-{width}.mkv"
            rare.write(path, planes, word)
            with zcgpu.open_video(path) as video:
                assert video[0].format == name
                found = np.asarray(video[0])
            worst = max(worst, float(np.abs(found - rare.pixels(planes, word)).max()))
    return worst


@pytest.mark.parametrize("name", sorted(RARE.keys() - WRONG.keys()))
def test_a_format_that_libswscale_converts_is_right(name: str, tmp_path: Path) -> None:
    assert error(name, tmp_path, (161, 91), (3, 5)) <= LIMIT


@pytest.mark.parametrize("name", sorted(WRONG))
def test_what_libswscale_gets_wrong_is_no_further_off_than_the_docs_say(
    name: str, tmp_path: Path
) -> None:
    assert LIMIT < error(name, tmp_path, (320, 200)) <= WRONG[name]


@pytest.mark.parametrize("name", ["uyyvyy411", "rgb4"])
def test_what_libswscale_cannot_read_is_an_error(name: str, tmp_path: Path) -> None:
    path = tmp_path / "unread.nut"
    raw = ["-f", "rawvideo", "-pix_fmt", name, "-s", "8x4", "-i", "-", "-c:v", "rawvideo"]
    command = ["ffmpeg", "-loglevel", "error", *raw, "-frames:v", "1", str(path)]
    subprocess.run(command, input=bytes(48), timeout=120, check=True)
    with zcgpu.open_video(path) as video:
        assert video[0].format == name
        with pytest.raises(zcgpu.MediaError, match="libswscale cannot convert"):
            np.asarray(video[0])
