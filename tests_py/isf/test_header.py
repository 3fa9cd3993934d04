"""What a header says, and in how many ways it may."""

import pytest

import zcgpu
from zcgpu.scene_info import ImportInfo

BODY = "void main() { gl_FragColor = vec4(1.0); }"


def describe(header: str) -> zcgpu.SceneInfo:
    return zcgpu.describe(f"/*{header}*/\n{BODY}")


@pytest.mark.parametrize(
    "imported",
    ['{"noise": {"PATH": "a/noise.png"}}', '[{"NAME": "noise", "PATH": "a/noise.png"}]'],
)
def test_imported_pictures_are_told(imported: str) -> None:
    assert describe(f'{{"IMPORTED": {imported}}}').imports == (
        ImportInfo("noise", "image", ("a/noise.png",)),
    )


def test_an_imported_cube_has_six_paths() -> None:
    faces = ("r.png", "l.png", "t.png", "b.png", "f.png", "k.png")
    header = str({"IMPORTED": {"sky": {"TYPE": "cube", "PATH": list(faces)}}}).replace("'", '"')
    assert describe(header).imports == (ImportInfo("sky", "cube", faces),)


def test_inputs_of_sound_and_of_space_are_told() -> None:
    inputs = describe(
        '{"INPUTS": [{"NAME": "w", "TYPE": "audio", "MAX": 64}, {"NAME": "s", "TYPE": "audioFFT"},'
        ' {"NAME": "c", "TYPE": "cube"}]}'
    ).inputs
    assert [(entry.type, entry.max) for entry in inputs] == [
        ("audio", 64),
        ("audioFFT", None),
        ("cube", None),
    ]
