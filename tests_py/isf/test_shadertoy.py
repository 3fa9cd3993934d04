"""Shadertoy's shaders as ISF: docs/shadertoy.md's rules, with pixels by formula."""

import json
from pathlib import Path
from typing import Any

import commands
import numpy as np
import pytest
from expected import assert_shows, positions, rgba

import zcgpu
from zcgpu import _native
from zcgpu.shadertoy import to_isf

IMAGE = "void mainImage(out vec4 fragColor, in vec2 fragCoord)"


def alone(statements: str, before: str = "") -> str:
    """One pass of GLSL."""
    return f"{before}\n{IMAGE}\n{{\n{statements}\n}}\n"


def shown(context: zcgpu.Context, source: str, **call: Any) -> zcgpu.Frame:
    """What a converted shader draws, 4 x 4."""
    scene = context.scene(to_isf(source).text)
    for name, value in call.pop("inputs", {}).items():
        scene.inputs[name] = value
    return scene.render(4, 4, **call)


def value(frame: zcgpu.Frame) -> tuple[int, ...]:
    """The one colour of a picture."""
    pixels = np.asarray(frame).reshape(-1, 4)
    assert (pixels == pixels[0]).all()
    return tuple(int(channel) for channel in pixels[0])


def test_fragcoord_and_resolution_make_a_gradient_and_alpha_is_1(
    each_dialect: zcgpu.Context,
) -> None:
    frame = shown(
        each_dialect,
        alone("fragColor = vec4(fragCoord / iResolution.xy, iResolution.z * 0.4, 0.2);"),
    )
    x, y = positions(4, 4)
    assert_shows(frame, rgba(x, y, 0.4, 1.0))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("iTime / 10.0", 51),
        ("iGlobalTime / 10.0", 51),
        ("iSampleRate / 44100.0 * 0.2", 51),
        ("float(iFrame == 0) * 0.2", 51),
        ("float(iTimeDelta == 0.0) * 0.2", 51),
        ("iFrameRate / 300.0", 51),
        ("iDate.x / 10125.0", 51),
        ("iDate.y / 55.0", 51),
        ("iDate.z / 155.0", 51),
        ("iDate.w / 300.0", 51),
        ("iChannelTime[2] / 10.0", 51),
    ],
)
def test_a_uniform_is_what_it_is_at_shadertoy(
    each_dialect: zcgpu.Context, expression: str, expected: int
) -> None:
    # 2025-12-31 00:01:00: December is month 11.
    frame = shown(
        each_dialect,
        alone(f"fragColor = vec4({expression});"),
        time=2.0,
        date=(2025.0, 12.0, 31.0, 60.0),
    )
    assert value(frame) == (expected, expected, expected, 255)


def test_parameters_and_macros_may_have_the_names_of_uniforms(
    each_dialect: zcgpu.Context,
) -> None:
    source = alone(
        "fragColor = vec4(f(vec3(0.2)) + TIME + iTime, 0.0, color, 1.0);",
        "#define TIME (iTime * 2.0)\n#define color RENDERSIZE\nfloat RENDERSIZE = 0.4;\n"
        "#define main 0\nfloat f(vec3 iResolution) { return iResolution.z; }",
    )
    assert value(shown(each_dialect, source, time=0.2)) == (204, 0, 102, 255)


def test_the_mouse_is_a_point_and_clicks_where_they_are_asked(
    each_dialect: zcgpu.Context,
) -> None:
    place = alone("fragColor = vec4(iMouse.xy / iResolution.xy, iMouse . r / 8.0, 1.0);")
    scene = each_dialect.scene(to_isf(place).text)
    assert [one.name for one in scene.info.inputs] == ["mouse"]
    scene.inputs["mouse"] = (0.2, 0.4)
    assert value(scene.render(4, 4)) == (51, 102, 26, 255)

    clicks = alone("vec4 m = iMouse; fragColor = vec4(m.z > 0.0, m.w > 0.0, abs(m.w) / 20.0, 1.0);")
    scene = each_dialect.scene(to_isf(clicks).text)
    assert [one.name for one in scene.info.inputs] == [
        "mouse", "mouseClick", "mouseDown", "mousePressed",
    ]  # fmt: skip
    scene.inputs["mouseClick"] = (0.5, 1.0)
    assert value(scene.render(4, 4)) == (0, 0, 51, 255)
    scene.inputs["mouseDown"] = True
    scene.inputs["mousePressed"] = True
    assert value(scene.render(4, 4)) == (255, 255, 51, 255)
    assert value(scene.render(4, 4)) == (255, 0, 51, 255)


def test_channels_of_lone_code_are_images(each_dialect: zcgpu.Context) -> None:
    source = alone(
        "fragColor = vec4(texture(iChannel0, fragCoord / 4.0).r, texelFetch(iChannel1, ivec2(0), 0)"
        ".g, textureLod(iChannel1, vec2(0.5), 0.0).b, 1.0) + vec4(0.0, iChannelResolution[1].x"
        " / 255.0, 0.0, 0.0);"
    )
    result = to_isf(source)
    assert len(result.notes) == 2
    pictures = {
        "iChannel0": np.full((2, 2, 4), 51, np.uint8),
        "iChannel1": np.full((3, 7, 4), 102, np.uint8),
    }
    assert value(shown(each_dialect, source, inputs=pictures)) == (51, 109, 102, 255)


def own(**parts: Any) -> str:
    """Our own JSON."""
    return json.dumps(parts)


COUNTER = "fragColor = texelFetch(iChannel0, ivec2(fragCoord), 0) + vec4(0.25);"


def test_a_buffer_that_reads_itself_counts_beyond_1(each_dialect: zcgpu.Context) -> None:
    source = own(
        image=alone("fragColor = texelFetch(iChannel2, ivec2(fragCoord), 0) / 10.0;"),
        buffer_a=alone(COUNTER),
        channels={"image": {"2": "buffer_a"}, "buffer_a": ["buffer_a"]},
    )
    scene = each_dialect.scene(to_isf(source).text)
    for _ in range(7):
        scene.render(4, 4).close()
    assert value(scene.render(4, 4)) == (51, 51, 51, 255)


def test_a_buffer_sees_earlier_ones_of_this_frame_and_later_ones_of_the_last(
    each_dialect: zcgpu.Context,
) -> None:
    read = "texelFetch(iChannel{}, ivec2(0), 0)"
    source = own(
        image=alone(f"fragColor = {read.format(0)} / 10.0;"),
        buffer_a=alone(f"fragColor = vec4(float(iFrame), {read.format(0)}.y, 0.0, 0.0);"),
        buffer_b=alone(f"fragColor = {read.format(0)}.yxzw + vec4(0.0, 0.0, 1.0, 0.0);"),
        channels={
            "image": ["buffer_b"], "buffer_a": ["buffer_b"], "buffer_b": ["buffer_a"],
        },
    )  # fmt: skip
    scene = each_dialect.scene(to_isf(source).text)
    for _ in range(4):
        scene.render(4, 4).close()
    # The fifth: A is (4, B's green of the fourth = 3), so B is (3, 4, 1).
    assert value(scene.render(4, 4)) == (76, 102, 26, 255)


def test_passes_do_not_see_each_others_names_and_macros(each_dialect: zcgpu.Context) -> None:
    def text(number: float, more: str) -> str:
        return alone(
            f"S s; s.f = f(); float g = K; fragColor = vec4(s.f, g + h, round(g), 1.0) {more};",
            f"#define K {number}\n#ifdef ONLY_A\n#error leaked\n#endif\n"
            f"struct S {{ float f; vec2[2] h, K_; }};\nconst float h = {number};\n"
            f"float f() {{ return K * 2.0; }}\n",
        )

    source = own(
        image=text(0.1, "+ texelFetch(iChannel0, ivec2(0), 0)"),
        buffer_a="float round(float x) { return 0.4; }\n" + text(0.2, "") + "#define ONLY_A\n",
        buffer_b="#ifdef K\n#error leaked\n#endif\n" + alone("fragColor = vec4(0.0);"),
        channels={"image": ["buffer_a"]},
    )
    # The image's 0.2, 0.2 and round(0.1), the buffer's 0.4 each.
    assert value(shown(each_dialect, source)) == (153, 153, 102, 255)


def test_a_pass_may_hide_a_function_of_glsls_for_itself(each_dialect: zcgpu.Context) -> None:
    source = own(
        image=alone("fragColor = vec4(round(0.9), texelFetch(iChannel0, ivec2(0), 0).xxw);"),
        buffer_a=alone("fragColor = vec4(round(0.9));", "float round(float x) { return 0.4; }"),
        channels={"image": ["buffer_a"]},
    )
    assert value(shown(each_dialect, source)) == (255, 102, 102, 255)


def test_isfs_own_names_are_anybodys_globals(each_dialect: zcgpu.Context) -> None:
    source = own(
        common="float DATE = 0.2; float isf_(float PASSINDEX) { return PASSINDEX; }",
        image=alone("fragColor = vec4(isf_(DATE), TIME, texelFetch(iChannel0, ivec2(0), 0).xw);",
                    "float TIME = 0.6;"),
        buffer_a=alone("fragColor = vec4(TIME + isf_(DATE));", "const float TIME = 0.2;"),
        channels={"image": ["buffer_a"]},
    )  # fmt: skip
    assert value(shown(each_dialect, source)) == (51, 153, 102, 255)


def test_new_names_are_none_of_the_authors(each_dialect: zcgpu.Context) -> None:
    source = own(
        image=alone(
            "float mouse = 0.2, bufferA = 0.4; fragColor = vec4(mouse, bufferA, iMouse.x"
            " / 4.0 + texelFetch(iChannel0, ivec2(0), 0).x, 1.0);",
            "float f() { return 0.0; }",
        ),
        buffer_a=alone("float fA = 0.2; fragColor = vec4(fA + f());", "float f() { return 0.2; }"),
        channels={"image": ["buffer_a"]},
    )
    assert value(shown(each_dialect, source, inputs={"mouse2": (0.2, 0.0)})) == (51, 102, 153, 255)


def test_a_text_that_ends_in_a_backslash_takes_nothing_in(each_dialect: zcgpu.Context) -> None:
    source = own(
        common="float level() { return 0.2; } // all \\",
        image="float once = 0.2;\n" + alone("fragColor = vec4(once, level(), 0.0, 1.0);"),
        buffer_a=alone("fragColor = vec4(once);", "#define once 1.0") + "// all \\",
    )
    assert value(shown(each_dialect, source)) == (51, 51, 0, 255)


def test_a_note_stays_a_comment(each_dialect: zcgpu.Context) -> None:
    document = {"NOTES": ["one\nvoid main() {", "two\\"], "PASSES": [{"CODE": alone("")}]}
    block = json.dumps(document).encode()
    text = json.loads(_native.convert_shadertoy(block, None, None, None))["text"]
    assert value(each_dialect.scene(text).render(1, 1)) == (0, 0, 0, 255)


def test_common_stands_once_where_no_pass_changes_it(each_dialect: zcgpu.Context) -> None:
    source = own(
        common="#define TWICE(x) (2.0 * (x))\nfloat shared(float x) { return TWICE(x); }",
        image=alone("fragColor = vec4(shared(0.1), TWICE(0.2), texelFetch(iChannel0, ivec2(0), 0)"
                    ".x, 1.0);"),
        buffer_a=alone("fragColor = vec4(shared(0.3));"),
        channels={"image": ["buffer_a"]},
    )  # fmt: skip
    assert to_isf(source).text.count("float shared") == 1
    assert value(shown(each_dialect, source)) == (51, 102, 153, 255)


@pytest.mark.parametrize(
    ("common", "image", "buffer"),
    [
        # What `common` calls is the pass's own.
        (
            "float number();\nfloat twice() { return 2.0 * number(); }",
            "float number() { return 0.1; }",
            "float number() { return 0.2; }",
        ),
        ("#define twice() (2.0 * K)", "#define K 0.1", "#define K 0.2"),
        ("#define twice() (2.0 * k)", "const float k = 0.1;", "const float k = 0.2;"),
        (
            "float twice() { return 0.2; }",
            "",
            "#undef unused\n#define twice() 0.4",
        ),
        (
            "float twice() { return 0.2; }",
            "",
            "float twice(float x) { return x; }\n#define twice() twice(0.4)",
        ),
    ],
)
def test_common_means_what_each_pass_makes_of_it(
    each_dialect: zcgpu.Context, common: str, image: str, buffer: str
) -> None:
    source = own(
        common=common,
        image=alone("fragColor = vec4(twice(), texelFetch(iChannel0, ivec2(0), 0).xxw);", image),
        buffer_a=alone("fragColor = vec4(twice());", buffer),
        channels={"image": ["buffer_a"]},
    )
    assert value(shown(each_dialect, source)) == (51, 102, 102, 255)


def test_a_macro_that_a_pass_drops_is_there_for_the_next(each_dialect: zcgpu.Context) -> None:
    source = own(
        common="#define K 0.2",
        image=alone("fragColor = vec4(K, texelFetch(iChannel0, ivec2(0), 0).xxw);"),
        buffer_a=alone("float K = 0.4; fragColor = vec4(K);", "#undef K"),
        channels={"image": ["buffer_a"]},
    )
    assert value(shown(each_dialect, source)) == (51, 102, 102, 255)


def test_common_reads_the_channels_of_each_pass(each_dialect: zcgpu.Context) -> None:
    source = own(
        common="#define READ(at) texelFetch(iChannel0, ivec2(at), 0)\n"
        "vec4 shown(vec2 at) { return texture(iChannel0, at / iChannelResolution[0].xy); }",
        image=alone("fragColor = vec4(READ(fragCoord).x, shown(fragCoord).y, 0.0, 1.0);"),
        buffer_a=alone("fragColor = 0.5 * vec4(READ(vec2(0)).x, shown(vec2(0.0)).y, 0.0, 1.0);"),
        channels={"image": ["buffer_a"], "buffer_a": ["noise"]},
    )
    picture = np.full((2, 2, 4), 102, np.uint8)
    assert value(shown(each_dialect, source, inputs={"noise": picture})) == (51, 51, 0, 255)


def test_a_cube_is_looked_up_by_direction(each_dialect: zcgpu.Context) -> None:
    source = own(
        image=alone("fragColor = texture(iChannel3, vec3(0.0, 0.0, -1.0)) + vec4(0.0, "
                    "iChannelResolution[3].x / 25.5, 0.0, 0.0);"),
        channels={"image": {"3": {"type": "cubemap", "name": "room"}}},
    )  # fmt: skip
    faces = [np.full((2, 2, 4), 20 * face, np.uint8) for face in range(6)]
    frame = shown(each_dialect, source, inputs={"room": each_dialect.cube(faces)})
    assert value(frame) == (100, 120, 100, 255)


API = {
    "Shader": {
        "info": {
            "id": "XyZ123", "name": "Ends */ early", "username": "someone", "tags": ["one", "two"],
            "description": "first\nsecond",
        },
        "renderpass": [
            {
                "name": "Image", "type": "image", "code": alone(
                    "fragColor = texelFetch(iChannel1, ivec2(fragCoord), 0) + level() "
                    "+ 0.0 * texture(iChannel0, fragCoord);"
                ),
                "inputs": [
                    {"channel": 0, "ctype": "texture", "id": 9, "src": "/media/a/wood.jpg",
                     "sampler": {"wrap": "repeat"}},
                    {"channel": 1, "ctype": "buffer", "id": 258},
                ],
                "outputs": [{"id": 37, "channel": 0}],
            },
            {
                "name": "Buf B", "type": "buffer", "code": alone(
                    "fragColor = vec4(level()) + texelFetch(iChannel0, ivec2(fragCoord), 0);"
                ),
                "inputs": [{"channel": 0, "type": "buffer", "id": "257"}],
                "outputs": [{"id": "258", "channel": 0}],
            },
            {
                "name": "Buf A", "type": "buffer", "code": alone("fragColor = vec4(0.2);"),
                "inputs": [], "outputs": [{"id": 257, "channel": 0}],
            },
            {"name": "Common", "type": "common", "inputs": [], "outputs": [],
             "code": "float level() { return 0.1; }"},
            {"name": "Sound", "type": "sound", "inputs": [], "outputs": [], "code": "none"},
        ],
    }
}  # fmt: skip


@pytest.mark.parametrize("form", [API, API["Shader"], [API["Shader"]]])
def test_shadertoys_own_json_is_read(each_dialect: zcgpu.Context, form: Any) -> None:
    result = to_isf(json.dumps(form))
    info = zcgpu.describe(result.text)
    assert info.description == "Ends */ early\nfirst\nsecond"
    assert info.credit == "Ends */ early by someone, https://www.shadertoy.com/view/XyZ123"
    assert [(one.name, one.type, one.label) for one in info.inputs] == [
        ("picture", "image", "wood.jpg")
    ]
    assert [one.target for one in info.passes] == ["bufferA", "bufferB", None]
    assert result.notes == [
        "picture repeats beyond its edges at Shadertoy; here its edge goes on",
        "the sound that the shader makes is left out",
    ]
    assert all(f"// Note: {note}\n" in result.text for note in result.notes)
    assert value(shown(each_dialect, json.dumps(form))) == (102, 102, 102, 255)


def test_the_authors_lines_stay_lines() -> None:
    before = "\n\n#define A \\\n 1"
    source = alone("  fragColor = vec4(0.0);\r\n  // über \\\n  still a comment", before)
    assert source in to_isf(source).text


@pytest.mark.parametrize(
    ("source", "error", "message"),
    [
        ("void main() {\n}", zcgpu.ShaderError, "there is no mainImage"),
        ("vec2 mainSound(float t) {\n}", zcgpu.ShaderError, "there is mainSound"),
        (alone("") + "/* open", zcgpu.ShaderError, ":6:1: error: this comment has no end"),
        (alone("") + "#if 1\n", zcgpu.ShaderError, "this condition has no end"),
        (alone("") + "#endif\n", zcgpu.ShaderError, "this #endif ends no #if"),
        ('{"image": "', zcgpu.HeaderError, "<source>:1:11: error: "),
        ('{"images": ""}', zcgpu.HeaderError, "neither Shadertoy's JSON"),
        ('{"image": "", "buffer_e": ""}', zcgpu.HeaderError, "'buffer_e' is none of image"),
        ('{"image": 1}', zcgpu.HeaderError, "image is GLSL"),
        ('{"image": "../../secret.txt"}', zcgpu.HeaderError, "lies outside"),
        ('{"Error": "Shader not found"}', zcgpu.HeaderError, "Shader not found"),
        ("\n" + "[" * 9_000, zcgpu.HeaderError, "cannot be read"),
        ('{"renderpass": {}}', zcgpu.HeaderError, "expected an array"),
        ('{"renderpass": [7]}', zcgpu.HeaderError, "a pass is an object"),
        ('{"renderpass": []}', zcgpu.HeaderError, "no pass of type image"),
        ("[]\n", zcgpu.HeaderError, "a list of 0 shaders"),
        (own(image="{}", channels={"image": [{"type": []}]}), zcgpu.HeaderError, "no like of"),
        (own(image="{}", channels={"image": [{"type": "volume"}]}), zcgpu.HeaderError, "volume"),
        (own(image="{}", channels={"image": ["buffer_a"]}), zcgpu.HeaderError, "buffer A"),
        (own(image="{}", channels={"image": {"4": "x"}}), zcgpu.HeaderError, "0 to 3"),
        (own(image="{}", channels={"image": ["gl_x"]}), zcgpu.HeaderError, "gl_"),
        (own(image="{}", channels={"buffer_a": []}), zcgpu.HeaderError, "no pass 'buffer_a'"),
        (alone("") + " " * (1 << 20), zcgpu.HeaderError, "bytes of code; at most"),
    ],
)
def test_what_cannot_be_converted_is_told(source: str, error: type, message: str) -> None:
    with pytest.raises(error) as caught:
        to_isf(source)
    assert message in str(caught.value)


def test_an_error_of_a_buffer_names_it() -> None:
    source = own(image=alone(""), buffer_c=alone("") + "/*")
    with pytest.raises(zcgpu.ShaderError, match=r"Buffer C:6:1: error"):
        to_isf(source)


def test_the_command_writes_a_shader_that_draws(tmp_path: Path) -> None:
    (tmp_path / "toy.json").write_text(own(image="image.glsl"))
    (tmp_path / "image.glsl").write_text(alone("fragColor = texture(iChannel0, fragCoord);"))
    done = commands.zcgpu("convert", "shadertoy", "toy.json", "-o", "toy.fs", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "toy.json: note: nothing says what iChannel0 shows" in done.stderr
    assert (tmp_path / "toy.fs").read_text() == to_isf(tmp_path / "toy.json").text
    done = commands.zcgpu("render", "toy.fs", "-o", "toy.png", "--size", "4x4", folder=tmp_path)
    assert (done.returncode, (tmp_path / "toy.png").exists()) == (0, True)
    done = commands.zcgpu("convert", "shadertoy", "toy.json", "-o", "no/such.fs", folder=tmp_path)
    assert done.returncode == 1
    assert "no/such.fs: cannot write the shader" in done.stderr
