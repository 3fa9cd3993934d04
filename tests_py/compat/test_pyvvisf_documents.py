"""Documents: what a shader's text says, and what its inputs hold."""

import json
from pathlib import Path

import numpy as np
import pytest
from compat.pixels import of, scene_of
from PIL import Image
from sources import FILTER, GRADIENT, colour, image, number, shader

import zcgpu.compat.pyvvisf as pyvvisf

HEADER = """{
  "DESCRIPTION": "All kinds", "CREDIT": "me", "VSN": "3", "CATEGORIES": ["a", "b"],
  "INPUTS": [
    {"NAME": "go", "TYPE": "event"},
    {"NAME": "on", "TYPE": "bool", "DEFAULT": false},
    {"NAME": "mode", "TYPE": "long", "VALUES": [1, 4], "LABELS": ["one", "four"], "DEFAULT": 4},
    {"NAME": "level", "TYPE": "float", "LABEL": "Level", "DESCRIPTION": "how much",
     "MIN": 0, "MAX": 8, "DEFAULT": 2, "IDENTITY": 1},
    {"NAME": "place", "TYPE": "point2D", "MIN": [0, 0], "MAX": [1, 2], "DEFAULT": [0.5, 1]},
    {"NAME": "tint", "TYPE": "color", "DEFAULT": [0, 0.25, 0.5, 1]},
    {"NAME": "inputImage", "TYPE": "image"}
  ],
  "PASSES": [{"TARGET": "half", "WIDTH": "$WIDTH / 2"}, {"TARGET": "kept", "PERSISTENT": true}, {}]
}"""
BODY = "void main() {\n  gl_FragColor = tint * level;\n}\n"
TEXT = f"/*{HEADER}*/\n{BODY}"


def test_a_document_says_what_its_header_says() -> None:
    doc = pyvvisf.CreateISFDocRefWith(TEXT)
    assert (doc.name(), doc.path()) == ("", "/XXX.fs")
    assert (doc.description(), doc.credit(), doc.vsn()) == ("All kinds", "me", "3")
    assert doc.categories() == ["a", "b"]
    assert doc.type() is pyvvisf.ISFFileType_Filter
    names = ["go", "on", "mode", "level", "place", "tint", "inputImage"]
    assert [attr.name() for attr in doc.inputs()] == names
    assert [attr.name() for attr in doc.image_inputs()] == ["inputImage"]
    assert (doc.audio_inputs(), doc.image_imports()) == ([], [])
    assert doc.render_passes() == ["half", "kept", ""]
    assert doc.input("lack") is None


def test_sounds_are_inputs_that_stay_silent() -> None:
    header = (
        '{"INPUTS": [{"NAME": "wave", "TYPE": "audio", "MAX": 64}, '
        '{"NAME": "bands", "TYPE": "audioFFT"}]}'
    )
    sample = "IMG_NORM_PIXEL({}, vec2(0.5)).r"
    body = f"vec4({sample.format('wave')}, {sample.format('bands')}, 0.2, 1.0)"
    text = f"/*{header}*/\nvoid main() {{ gl_FragColor = {body}; }}"
    doc = pyvvisf.CreateISFDocRefWith(text)
    assert [str(attr) for attr in doc.audio_inputs()] == [
        "<ISFAttr wave: Audio>",
        "<ISFAttr bands: AudioFFT>",
    ]
    assert doc.audio_inputs()[0].max_val().get_long_val() == 64
    assert doc.image_inputs() == []
    pixel = of(scene_of(text).create_and_render_a_buffer(pyvvisf.Size(1, 1)))[0, 0]
    assert pixel.tolist() in ([127, 0, 51, 255], [128, 0, 51, 255])


def test_an_input_says_what_the_header_says_of_it() -> None:
    doc = pyvvisf.CreateISFDocRefWith(TEXT)
    level, mode = doc.input("level"), doc.input("mode")
    assert level is not None
    assert mode is not None
    assert (level.label(), level.description()) == ("Level", "how much")
    numbers = [level.min_val(), level.max_val(), level.default_val(), level.identity_val()]
    assert [value.get_double_val() for value in numbers] == [0, 8, 2, 1]
    assert level.current_val().get_double_val() == 2
    assert (mode.label_array(), mode.val_array()) == (["one", "four"], [1, 4])
    assert mode.default_val().get_long_val() == 4
    assert mode.min_val().is_null_val()
    assert str(level) == level.get_attr_description() == "<ISFAttr level: Float>"
    shown = {attr.name(): str(attr.current_val()) for attr in doc.inputs()}
    assert shown == {
        "go": "Event/None",
        "on": "false",
        "mode": "4",
        "level": "2.000000",
        "place": "(0.50, 1.00)",
        "tint": "{0.00, 0.25, 0.50, 1.00}",
        "inputImage": "",
    }


def test_texts_are_told_as_read() -> None:
    doc = pyvvisf.CreateISFDocRefWith(TEXT)
    assert doc.json_string() == HEADER
    assert json.loads(doc.json_string())["VSN"] == "3"
    assert doc.json_source_string() == f"/*{HEADER}*/\n"
    assert doc.frag_shader_source() == BODY
    assert "isf_vertShaderInit();" in doc.vert_shader_source()
    in_line = pyvvisf.CreateISFDocRefWith("/*{}*/ void main() {}\n")
    assert in_line.json_source_string() + in_line.frag_shader_source() == "/*{}*/ void main() {}\n"
    assert in_line.frag_shader_source() == " void main() {}\n"


def test_the_glsl_of_a_document_is_told_without_a_context() -> None:
    fragment, vertex = pyvvisf.CreateISFDocRefWith(TEXT).generate_shader_source()
    assert "uniform float level;" in fragment
    assert "gl_Position" in vertex
    assert not pyvvisf.validate_gl_context()


def test_the_parts_of_filters_and_transitions_are_marked() -> None:
    text = colour(
        "mix(IMG_THIS_PIXEL(startImage), IMG_THIS_PIXEL(endImage), progress)",
        inputs=[image("startImage"), image("endImage"), number("progress", MIN=0, MAX=1)],
    )
    doc = pyvvisf.CreateISFDocRefWith(text)
    assert doc.type() is pyvvisf.ISFFileType_Transition
    marks = [
        (it.is_trans_start_image(), it.is_trans_end_image(), it.is_trans_progress_float())
        for it in doc.inputs()
    ]
    assert marks == [(True, False, False), (False, True, False), (False, False, True)]
    (attr,) = pyvvisf.CreateISFDocRefWith(FILTER).inputs()
    assert attr.is_filter_input_image()
    assert pyvvisf.CreateISFDocRefWith(GRADIENT).type() is pyvvisf.ISFFileType_Source


def test_a_file_is_read_with_the_vertex_shader_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "half.fs"
    path.write_text(GRADIENT)
    (tmp_path / "half.vert").write_text(
        "void main() { isf_vertShaderInit(); gl_Position.x *= 0.5; }"
    )
    doc = pyvvisf.CreateISFDocRef(str(path))
    assert (doc.name(), doc.path()) == ("half.fs", str(path))
    assert "*= 0.5" in doc.vert_shader_source()
    scene = pyvvisf.CreateISFSceneRef()
    scene.use_file(str(path))
    drawn = of(scene.create_and_render_a_buffer(pyvvisf.Size(8, 1)))[0, :, 3]
    assert drawn.tolist() == [0, 0, 255, 255, 255, 255, 0, 0]
    assert pyvvisf.ISFDoc(path).path() == str(path)


def test_a_file_that_is_not_there_is_a_parse_error(tmp_path: Path) -> None:
    path = str(tmp_path / "lack.fs")
    for read in (pyvvisf.CreateISFDocRef, pyvvisf.ISFDoc, pyvvisf.ISFScene().use_file):
        with pytest.raises(pyvvisf.ISFParseError, match=r"Missing resource: .*lack\.fs"):
            read(path)


def test_both_forms_of_the_constructor_take_what_they_took() -> None:
    scene = pyvvisf.ISFScene()
    doc = pyvvisf.ISFDoc(GRADIENT, "", "/pictures/", scene, True)
    assert (doc.path(), doc.parent_scene()) == ("/pictures/XXX.fs", scene)
    named = pyvvisf.ISFDoc(fs_contents=GRADIENT, vs_contents="", imports_dir="/pictures")
    assert named.path() == "/pictures/XXX.fs"
    empty = pyvvisf.ISFDoc("/lack.fs", scene, False)
    assert (empty.name(), empty.parent_scene(), empty.inputs()) == ("lack.fs", scene, [])
    for wrong in ((), (7,), (None, "")):
        with pytest.raises(TypeError):
            pyvvisf.ISFDoc(*wrong)
    with pytest.raises(TypeError, match="a str"):
        pyvvisf.CreateISFDocRefWith(b"/*{}*/")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("void main() {}", pyvvisf.ISFParseError, r"Malformed JSON(.|\n)*no header comment"),
        ("/*{ nonsense }*/", pyvvisf.ISFParseError, r"Malformed JSON(.|\n)*<source>:1:5"),
        (
            shader("", inputs=[{"NAME": "a", "TYPE": "colour"}]),
            pyvvisf.ShaderCompilationError,
            r"Shader compilation failed: Invalid input type(.|\n)*'colour'",
        ),
    ],
)
def test_a_header_that_cannot_be_is_told_with_its_place(
    text: str, error: type[pyvvisf.VVISFError], words: str
) -> None:
    with pytest.raises(error) as caught:
        pyvvisf.CreateISFDocRefWith(text)
    assert isinstance(caught.value, RuntimeError)
    assert caught.value.__cause__ is not None
    assert str(caught.value.__cause__) in caught.value.get_details()
    scene = pyvvisf.CreateISFSceneRef()
    scene.use_doc(pyvvisf.CreateISFDocRefWith(text, throw_except=False))
    with pytest.raises(error, match=words):
        scene.create_and_render_a_buffer(pyvvisf.Size(2, 2))


def test_setting_a_documents_values_is_what_the_next_frame_shows() -> None:
    scene = scene_of(colour("vec4(level, 0.0, 0.0, 1.0)", inputs=[number("level")]))
    doc = scene.doc()
    assert doc is not None
    (attr,) = doc.inputs()
    for red in (51, 102, 255):
        attr.set_current_val(pyvvisf.ISFFloatVal(red / 255))
        assert of(scene.create_and_render_a_buffer(pyvvisf.Size(1, 1)))[0, 0, 0] == red
        assert scene.get_value_for_input_named("level").get_double_val() == red / 255
    with pytest.raises(TypeError, match=r"'level' is of type Float"):
        attr.set_current_val(pyvvisf.ISFBoolVal(True))
    attr.set_current_val(pyvvisf.ISFNullVal())
    assert attr.current_val().get_double_val() == 0.0


def test_a_value_asked_for_is_ones_own() -> None:
    text = colour("tint", inputs=[{"NAME": "tint", "TYPE": "color", "DEFAULT": [1, 0, 0, 1]}])
    scene = scene_of(text)
    value = scene.get_value_for_input_named("tint")
    value.set_color_val_by_channel(1, 1.0)
    assert scene.get_value_for_input_named("tint").get_color_val_by_channel(1) == 0.0
    scene.set_value_for_input_named(value, "tint")
    value.set_color_val_by_channel(0, 0.0)
    assert of(scene.create_and_render_a_buffer(pyvvisf.Size(1, 1))).tolist() == [
        [[255, 255, 0, 255]]
    ]


def test_a_target_begins_with_what_the_header_says() -> None:
    doc = pyvvisf.CreateISFDocRefWith(TEXT)
    half, kept = pyvvisf.ISFPassTarget.Create("half", doc), pyvvisf.ISFPassTarget("kept", doc)
    assert (half.target_width_string(), half.target_height_string()) == ("$WIDTH / 2", "")
    assert (half.persistent_flag(), kept.persistent_flag()) == (False, True)
    assert (half.target_size_needs_eval(), kept.target_size_needs_eval()) == (True, False)
    assert half.buffer() is None
    assert (half.target_size().width, str(kept)) == (1, "kept")
    with pytest.raises(pyvvisf.VVISFError, match="create_and_render_a_buffer"):
        half.eval_target_size(pyvvisf.Size(4, 4))
    with pytest.raises(TypeError, match="an ISFDoc's, not None"):
        pyvvisf.ISFPassTarget("half", None)  # type: ignore[arg-type]


def test_numbers_that_only_gl_needed_are_kept_and_not_used() -> None:
    (attr,) = pyvvisf.CreateISFDocRefWith(FILTER).inputs()
    assert attr.get_uniform_location(0) == -1
    attr.set_uniform_location(0, 7)
    assert (attr.get_uniform_location(0), attr.get_uniform_location(9)) == (7, -1)
    attr.clear_uniform_locations()
    assert attr.get_uniform_location(0) == -1


def test_inputs_of_sound_are_told_and_points_in_space_passed_over() -> None:
    header = """/*{"INPUTS": [{"NAME": "w", "TYPE": "audio", "MAX": 64},
        {"NAME": "c", "TYPE": "cube"},
        {"NAME": "s", "TYPE": "audioFFT"}, {"NAME": "p", "TYPE": "point3D"}]}*/ void main() {}"""
    attrs = pyvvisf.CreateISFDocRefWith(header).inputs()
    kinds = [pyvvisf.ISFValType.Audio, pyvvisf.ISFValType.Cube, pyvvisf.ISFValType.AudioFFT]
    assert [(attr.name(), attr.type()) for attr in attrs] == list(zip("wcs", kinds, strict=True))
    assert attrs[0].max_val().get_long_val() == 64
    assert attrs[2].max_val().is_null_val()


def test_imported_pictures_are_read_from_the_documents_folder(tmp_path: Path) -> None:
    header = '{"IMPORTED": {"noise": {"PATH": "noise.png"}}}'
    text = f"/*{header}*/\nvoid main() {{ gl_FragColor = IMG_THIS_PIXEL(noise); }}\n"
    (tmp_path / "a.fs").write_text(text)
    Image.fromarray(np.full((2, 2, 4), (51, 102, 153, 255), np.uint8)).save(tmp_path / "noise.png")
    docs = [
        pyvvisf.CreateISFDocRef(str(tmp_path / "a.fs")),
        pyvvisf.CreateISFDocRefWith(text, f"{tmp_path}/"),
    ]
    for doc in docs:
        assert [attr.name() for attr in doc.image_imports()] == ["noise"]
        scene = pyvvisf.CreateISFSceneRef()
        scene.use_doc(doc)
        drawn = scene.create_and_render_a_buffer(pyvvisf.Size(2, 2))
        assert of(drawn)[0, 0].tolist() == [51, 102, 153, 255]
    scene.use_doc(pyvvisf.CreateISFDocRefWith(text))
    with pytest.raises(pyvvisf.ShaderRenderingError, match="text has no folder"):
        scene.create_and_render_a_buffer(pyvvisf.Size(2, 2))
