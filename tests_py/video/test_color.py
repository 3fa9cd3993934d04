"""Decoded pictures as RGBA, against a reference in double precision: at most 1/255 off."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import angle
import children
import numpy as np
import pytest
from video.color_files import LOSSLESS, Word, write
from video.color_reference import LAYOUTS, Array, Layout, rgba, samples, stored

import zcgpu

#: Half a unit is rounded away; the CPU's sums of 16 bits may lose a little more.
LIMIT = 0.6

MATRICES = ("smpte170m", "bt470bg", "bt709", "fcc", "smpte240m", "ycgco", "bt2020nc", "rgb")
#: What Matroska can say.
SAID_SITINGS = ("left", "center", "topleft", "top")
#: Of all sorts: chroma's last column and row may be for 1, 2, 3 or 4 of luma.
SIZES = ((35, 17), (7, 9), (2, 3), (1, 1))


def words(layout: Layout) -> list[Word]:
    """What is said of a format's pictures here: every matrix and range, and each siting."""
    if layout.kind not in ("yuv", "nv"):
        return [Word(full=True), Word(full=False)] if layout.name in LOSSLESS else [Word()]
    return [
        Word(matrix, full, SAID_SITINGS[(index + full) % 4])
        for index, matrix in enumerate(MATRICES)
        for full in (False, True)
    ]


def expected(layout: Layout, planes: list[Array], word: Word) -> Array:
    """What is not said is of BT.601, limited and on the left; RGB is of full range."""
    is_yuv = layout.kind in ("yuv", "nv")
    full = not is_yuv if word.full is None else word.full
    return rgba(
        layout, planes, matrix=word.matrix or "smpte170m", full=full, siting=word.siting or "left"
    )


def cases(folder: Path, layout: Layout) -> Iterator[tuple[Path, Array, Word]]:
    for width, height in SIZES:
        planes = samples(layout, width, height, seed=width)
        chosen = words(layout)
        if width < 35 and len(chosen) > 2:  # each siting, and both ranges
            chosen = chosen[:12:3]
        paths = write(folder, layout, planes, chosen)
        for path, word in zip(paths, chosen, strict=True):
            yield path, expected(layout, planes, word), word


def error(found: Any, reference: Array) -> float:
    pixels = np.asarray(found)
    assert pixels.shape == reference.shape
    assert pixels.dtype == np.uint8
    return float(np.abs(pixels - reference).max())


#: No container holds P010, which only devices decode to; Swift's tests have it.
STORED = [name for name in LAYOUTS if name != "p010le"]


@pytest.mark.parametrize("name", STORED)
def test_every_format_matrix_range_and_siting_is_right(name: str, tmp_path: Path) -> None:
    for path, reference, word in cases(tmp_path, LAYOUTS[name]):
        with zcgpu.open_video(path) as video:
            assert error(video[0], reference) <= LIMIT, (path.name, word)


ON_SHADER = """
    import sys
    import numpy as np
    import zcgpu
    dialect, store, *paths = sys.argv[1:]
    pictures = {}
    with zcgpu.Context(dialect=dialect) as context:
        for number, path in enumerate(paths):
            with zcgpu.open_video(path, context=context) as video:
                pictures[str(number)] = np.asarray(video[0].rgb())
    np.savez(store, **pictures)
"""


@pytest.mark.parametrize("driver", ["gl", "es", "angle"])
@pytest.mark.parametrize("road", ["shader", "cpu"])
def test_the_shader_is_right_too(driver: str, road: str, tmp_path: Path) -> None:
    kinds = [LAYOUTS[it] for it in STORED]
    kinds = [it for it in kinds if it.kind in ("yuv", "nv") and not it.has_alpha]
    chosen = kinds if road == "shader" else kinds[:2]
    all_cases = [case for layout in chosen for case in cases(tmp_path, layout)]
    store = tmp_path / "pictures.npz"
    (angle.output_of if driver == "angle" else children.output_of)(
        ON_SHADER,
        "gl" if driver == "gl" else "es",
        str(store),
        *(str(path) for path, _, _ in all_cases),
        environment={"ZCGPU_VIDEO_CONVERT": road},
    )
    found = np.load(store)
    for number, (path, reference, word) in enumerate(all_cases):
        assert error(found[str(number)], reference) <= LIMIT, (path.name, word)


def test_the_chroma_of_dv_is_right(tmp_path: Path) -> None:
    """A camera's tape, 4:1:1: a sample of chroma for four columns."""
    path = tmp_path / "dv.avi"
    noise = ["-f", "lavfi", "-i", "testsrc2=s=720x480:r=30000/1001,noise=alls=40:allf=t"]
    dv = ["-frames:v", "1", "-pix_fmt", "yuv411p", "-c:v", "dvvideo"]
    subprocess.run(["ffmpeg", "-loglevel", "error", *noise, *dv, str(path)], check=True)
    with zcgpu.open_video(path) as video:
        frame = video[0]
        assert (frame.format, frame.color.siting) == ("yuv411p", "topLeft")
        planes = [np.asarray(plane) for plane in frame.planes]
        assert planes[1].shape == (480, 180)
        word = Word("smpte170m", full=False, siting="topleft")
        assert error(frame, expected(LAYOUTS["yuv411p"], planes, word)) <= LIMIT


@pytest.mark.parametrize("name", ["gray10le", "gbrp12le", "yuv420p10le", "yuva444p10le"])
def test_bits_beyond_the_depth_are_harmless(name: str, tmp_path: Path) -> None:
    """A file may hold words that are larger than any sample: they count as the largest one."""
    layout = LAYOUTS[name]
    top = (1 << layout.depth) - 1
    planes = [np.full_like(plane, top) for plane in samples(layout, 6, 4, seed=1)]
    words = b"\xff" * len(stored(layout, planes))
    path = tmp_path / "stray.nut"
    raw = ["-f", "rawvideo", "-pix_fmt", name, "-s", "6x4", "-i", "-", "-c:v", "rawvideo"]
    subprocess.run(["ffmpeg", "-loglevel", "error", *raw, str(path)], input=words, check=True)
    with zcgpu.open_video(path) as video:
        assert video[0].format == name
        assert error(video[0], expected(layout, planes, Word())) <= LIMIT
