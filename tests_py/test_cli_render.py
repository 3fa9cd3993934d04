"""`zcgpu render`: pictures, sequences, raw frames, inputs."""

import os
from pathlib import Path

import numpy as np
import pytest
from commands import raw, zcgpu
from expected import noise
from PIL import Image
from sources import COUNTER, FILTER, GRADIENT, colour, image

from zcgpu import Context

INPUTS = [
    {"NAME": "speed", "TYPE": "float", "MIN": 0, "MAX": 4, "DEFAULT": 0},
    {"NAME": "on", "TYPE": "bool", "DEFAULT": False},
    {"NAME": "mode", "TYPE": "long", "VALUES": [0, 1, 2], "DEFAULT": 0},
    {"NAME": "at", "TYPE": "point2D", "DEFAULT": [0, 0]},
    {"NAME": "tint", "TYPE": "color", "DEFAULT": [0, 0, 0, 0]},
    {"NAME": "go", "TYPE": "event"},
]


def written(folder: Path, source: str, name: str = "a.fs") -> Path:
    path = folder / name
    path.write_text(source, "utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.webp", "WEBP"), ("a.tif", "TIFF")],
)
def test_a_picture_is_written_in_each_format(tmp_path: Path, name: str, format: str) -> None:
    shader = written(tmp_path, colour("vec4(0.2, 0.4, 0.6, 1.0)"))
    done = zcgpu("render", shader, "-o", tmp_path / name, "--size", "33x21")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    with Image.open(tmp_path / name) as picture:
        assert (picture.format, picture.size) == (format, (33, 21))
        pixels = np.asarray(picture.convert("RGB")).astype(int)
    assert np.abs(pixels - [51, 102, 153]).max() <= 3


def test_a_picture_is_what_render_draws(tmp_path: Path) -> None:
    shader = written(tmp_path, colour("vec4(isf_FragNormCoord, TIME, 0.5)"))
    out = tmp_path / "a.png"
    done = zcgpu("render", shader, "-o", out, "--size", "7x5", "--time", "0.2")
    assert done.returncode == 0
    with Context() as context, Image.open(out) as picture:
        frame = context.scene(shader).render(7, 5, time=0.2)
        np.testing.assert_array_equal(np.asarray(picture), np.asarray(frame))


def test_the_usual_size_is_720p(tmp_path: Path) -> None:
    out = tmp_path / "a.png"
    assert zcgpu("render", written(tmp_path, GRADIENT), "-o", out).returncode == 0
    with Image.open(out) as picture:
        assert picture.size == (1280, 720)


@pytest.mark.parametrize("dialect", ["gl", "es"])
def test_raw_frames_are_what_render_draws(tmp_path: Path, dialect: str) -> None:
    shader = written(tmp_path, GRADIENT)
    out = raw("render", shader, "-o", "-", "--size", "7x5", "--dialect", dialect)
    with Context(dialect=dialect) as context:
        assert out == bytes(memoryview(context.scene(GRADIENT).render(7, 5)).cast("B"))


def test_raw_frames_are_bytes_also_where_the_shader_draws_floats(tmp_path: Path) -> None:
    shader = written(tmp_path, colour("vec4(0.2, 2.0, -1.0, 1.0)", passes=[{"FLOAT": True}]))
    assert raw("render", shader, "-o", "-", "--size", "2x1") == bytes([51, 255, 0, 255]) * 2


def test_feedback_accumulates_over_the_frames_of_a_run(tmp_path: Path) -> None:
    shader = written(tmp_path, COUNTER)
    out = raw("render", shader, "-o", "-", "--size", "2x1", "--frames", "5")
    assert out == b"".join(bytes([n]) * 8 for n in range(1, 6))


def test_frames_have_their_times(tmp_path: Path) -> None:
    shader = written(tmp_path, colour("vec4(TIME, TIMEDELTA, float(FRAMEINDEX), 5.0) / 255.0"))
    arguments = ("--size", "1x1", "--frames", "4", "--fps", "0.1", "--start", "20")
    out = raw("render", shader, "-o", "-", *arguments)
    assert [list(out[at : at + 4]) for at in range(0, 16, 4)] == [
        [20, 0, 0, 5],
        [30, 10, 1, 5],
        [40, 10, 2, 5],
        [50, 10, 3, 5],
    ]


def test_a_pattern_numbers_the_files(tmp_path: Path) -> None:
    shader = written(tmp_path, COUNTER)
    folder = tmp_path / "out"
    folder.mkdir()
    arguments = ("--size", "3x2", "--frames", "12", "--fps", "25")
    done = zcgpu("render", shader, "-o", folder / "f_%03d.png", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert sorted(os.listdir(folder)) == [f"f_{n:03}.png" for n in range(12)]
    for n in range(12):
        with Image.open(folder / f"f_{n:03}.png") as picture:
            assert (np.asarray(picture) == n + 1).all()


@pytest.mark.parametrize(
    ("assignment", "expression", "pixel"),
    [
        ("speed=0.2", "vec4(speed)", [51] * 4),
        ("speed=1", "vec4(speed * 0.2)", [51] * 4),
        ("on=true", "vec4(on ? 0.2 : 0.0)", [51] * 4),
        ("on=False", "vec4(on ? 0.2 : 0.0)", [0] * 4),
        ("mode=2", "vec4(float(mode) / 255.0)", [2] * 4),
        ("at=0.2,0.4", "vec4(at, 0.0, 1.0)", [51, 102, 0, 255]),
        ("tint=0.2,0.4,0.6", "tint", [51, 102, 153, 255]),
        ("tint=0.2,0.4,0.6,0.8", "tint", [51, 102, 153, 204]),
        ("tint=#3366cc", "tint", [0x33, 0x66, 0xCC, 255]),
        ("tint=#3366cc99", "tint", [0x33, 0x66, 0xCC, 0x99]),
        ("go=true", "vec4(go ? 0.2 : 0.0)", [51] * 4),
    ],
)
def test_inputs_are_written_as_people_write_them(
    tmp_path: Path, assignment: str, expression: str, pixel: list[int]
) -> None:
    shader = written(tmp_path, colour(expression, inputs=INPUTS))
    out = raw("render", shader, "-o", "-", "--size", "1x1", "--input", assignment)
    assert list(out) == pixel


@pytest.mark.parametrize("option", ["--image", "--input"])
def test_images_are_given_by_path(tmp_path: Path, option: str) -> None:
    Image.fromarray(noise(5, 7)).save(tmp_path / "a=b.png")
    shader = written(tmp_path, FILTER)
    assignment = f"inputImage={tmp_path / 'a=b.png'}"
    out = raw("render", shader, "-o", "-", "--size", "7x5", option, assignment)
    assert out == noise(5, 7).tobytes()


def test_a_cube_is_given_by_six_paths(tmp_path: Path) -> None:
    for side in range(6):
        Image.fromarray(np.full((2, 2, 4), side + 1, np.uint8)).save(tmp_path / f"{side}.png")
    source = colour(
        "textureCube(sky, vec3(0.0, -1.0, 0.0))", inputs=[{"NAME": "sky", "TYPE": "cube"}]
    )
    shader = written(tmp_path, source)
    sides = ",".join(str(tmp_path / f"{side}.png") for side in range(6))
    arguments = ("render", shader, "-o", "-", "--size", "1x1", "--image")
    assert raw(*arguments, f"sky={sides}") == bytes([4] * 4)
    done = zcgpu(*arguments, f"sky={sides},more.png")
    assert done.returncode == 1
    assert "six square pictures" in done.stderr
    assert "7 or more are given" in done.stderr


def test_several_inputs_and_images_are_given_together(tmp_path: Path) -> None:
    for seed in (1, 2):
        Image.fromarray(noise(2, 2, seed=seed)).save(tmp_path / f"{seed}.png")
    source = colour(
        "mode == 1 ? IMG_THIS_PIXEL(one) : IMG_THIS_PIXEL(two)",
        inputs=[*INPUTS, image("one"), image("two")],
    )
    shader = written(tmp_path, source)
    images = ("--image", f"one={tmp_path}/1.png", "--image", f"two={tmp_path}/2.png")
    for mode, seed in ((1, 1), (2, 2)):
        numbers = ("--input", "speed=0.5", "--input", f"mode={mode}")
        out = raw("render", shader, "-o", "-", "--size", "2x2", *images, *numbers)
        assert out == noise(2, 2, seed=seed).tobytes()


def test_the_vertex_shader_beside_is_used(tmp_path: Path) -> None:
    shader = written(tmp_path, colour("vec4(shade)", before="in float shade;"))
    vertex = "out float shade;\nvoid main() { isf_vertShaderInit(); shade = 0.2; }\n"
    written(tmp_path, vertex, "a.vs")
    assert raw("render", shader, "-o", "-", "--size", "1x1") == bytes([51] * 4)


def test_imported_pictures_come_from_the_shaders_folder_or_the_one_that_is_named(
    tmp_path: Path,
) -> None:
    source = '/*{"IMPORTED": {"noise": {"PATH": "../noise.png"}}}*/\n'
    source += "void main() { gl_FragColor = IMG_THIS_PIXEL(noise); }\n"
    (tmp_path / "shaders").mkdir()
    shader = written(tmp_path / "shaders", source)
    Image.fromarray(noise(5, 7)).save(tmp_path / "noise.png")
    arguments = ("render", shader, "-o", "-", "--size", "7x5")
    done = zcgpu(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert "noise.png: it lies outside of" in done.stderr
    assert raw(*arguments, "--imports", tmp_path) == noise(5, 7).tobytes()


def test_a_shader_may_be_called_as_code_looks(tmp_path: Path) -> None:
    (tmp_path / "a;b{c}.fs").write_text(GRADIENT)
    done = zcgpu("render", "a;b{c}.fs", "-o", "out.png", "--size", "4x4", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out.png").is_file()
