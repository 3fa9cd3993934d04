"""What a header says, and in how many ways it may."""

import numpy as np
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


def test_buffers_of_the_first_version_persist_at_their_size(each_dialect: zcgpu.Context) -> None:
    # Each frame adds 1 to a buffer of 3 by 2; the output shows the buffer's size and its sum.
    text = """/*{"PERSISTENT_BUFFERS":
          {"kept": {"WIDTH": 3, "HEIGHT": "$HEIGHT / 4", "FLOAT": true}},
        "PASSES": [{"TARGET": "kept"}, {}]}*/
        void main() {
          vec4 before = IMG_NORM_PIXEL(kept, vec2(0.5));
          if (PASSINDEX == 0) gl_FragColor = before + vec4(1.0, RENDERSIZE, 0.0);
          else gl_FragColor = vec4(before.r, before.gb / before.r, IMG_SIZE(kept).x * 10.0) / 255.0;
        }"""
    scene = each_dialect.scene(text)
    for frame in range(1, 5):
        pixels = np.asarray(scene.render(8, 8))
        assert (pixels == (frame, 3, 2, 30)).all()
    kept = scene.target("kept")
    assert kept is not None
    assert (kept.width, kept.height, kept.dtype) == (3, 2, "float32")


def test_a_buffer_of_the_first_version_may_be_named_alone(each_dialect: zcgpu.Context) -> None:
    text = """/*{"PERSISTENT_BUFFERS": ["kept"], "PASSES": [{"TARGET": "kept"}]}*/
        void main() { gl_FragColor = IMG_THIS_PIXEL(kept) + vec4(16.0 / 255.0); }"""
    scene = each_dialect.scene(text)
    assert [np.asarray(scene.render(2, 2))[0, 0, 0] for _ in range(3)] == [16, 32, 48]
    assert scene.info.passes[0].persistent


def test_a_buffer_that_nothing_draws_into_is_black_and_has_its_size(
    each_dialect: zcgpu.Context,
) -> None:
    text = """/*{"PERSISTENT_BUFFERS": {"empty": {"WIDTH": 7, "HEIGHT": 5}}}*/
        void main() {
          gl_FragColor = vec4(IMG_SIZE(empty) / 255.0, 1.0, 1.0) + IMG_THIS_PIXEL(empty);
        }"""
    pixels = np.asarray(each_dialect.scene(text).render(4, 4))
    assert (pixels == (7, 5, 255, 255)).all()


def test_a_point_in_space_is_three_numbers(each_dialect: zcgpu.Context) -> None:
    text = """/*{"INPUTS": [{"NAME": "at", "TYPE": "point3D", "DEFAULT": [0.2, 0.4, 0.6],
        "MIN": 0, "MAX": [1, 1, 2]}]}*/
        void main() { gl_FragColor = vec4(at, 1.0); }"""
    scene = each_dialect.scene(text)
    assert scene.inputs["at"] == (0.2, 0.4, 0.6)
    assert (np.asarray(scene.render(2, 2)) == (51, 102, 153, 255)).all()
    scene.inputs["at"] = (0.6, 0.2, 1.0)
    assert (np.asarray(scene.render(2, 2)) == (153, 51, 255, 255)).all()
    with pytest.raises(zcgpu.WrongTypeError, match=r"takes three numbers \(x, y, z\)"):
        scene.inputs["at"] = (0.5, 0.5)
    with pytest.raises(zcgpu.OutOfRangeError, match=r"component 1 is 2\.0"):
        scene.inputs["at"] = (0.5, 2.0, 2.0)
    assert (scene.info.inputs[0].min, scene.info.inputs[0].max) == ((0, 0, 0), (1, 1, 2))


def test_values_in_words_are_chosen_by_their_place(each_dialect: zcgpu.Context) -> None:
    text = """/*{"INPUTS": [{"NAME": "mode", "TYPE": "long", "VALUES": ["a", "b", "c"],
        "DEFAULT": "b"}]}*/
        void main() { gl_FragColor = vec4(float(mode) * 51.0 / 255.0); }"""
    scene = each_dialect.scene(text)
    assert np.asarray(scene.render(1, 1))[0, 0, 0] == 51
    scene.inputs["mode"] = 2
    assert np.asarray(scene.render(1, 1))[0, 0, 0] == 102
    with pytest.raises(zcgpu.OutOfRangeError, match=r"one of 0 \(a\), 1 \(b\), 2 \(c\), not 3"):
        scene.inputs["mode"] = 3
