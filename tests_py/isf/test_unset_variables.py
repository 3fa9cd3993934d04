"""Variables that the author gives no value are 0, whatever a compiler would make of them."""

import numpy as np
import pytest
from expected import assert_shows, rgba
from sources import shader

import zcgpu

SHOW = "gl_FragColor = vec4(a.x, isf_FragNormCoord.y, 0.0, 1.0);"
"""Half of the pixels see what was declared, with nothing added."""


@pytest.mark.parametrize(
    ("before", "declared"),
    [
        ("", "vec3 a;"),
        ("", "highp vec3 a, b = vec3(1.0), c;"),
        ("vec3 a;", ""),
        ("vec3 a, b;", "vec2 b; a.z += b.x;"),
        ("vec4 get() { vec4 it; it.x += float(0); return it; }", "vec4 a = get();"),
        ("", "ivec2 i; uint u; bool t; mat3 m; vec2 a = vec2(i) + float(u) + m[1].xy * float(t);"),
        ("struct S { float a; };", "S s = S(0.0); vec2 a; a.y += s.a;"),
        ("#define a thing", "vec2 a = vec2(0.0);"),
    ],
)
def test_a_variable_without_a_value_is_0(
    each_rung: zcgpu.Context, before: str, declared: str
) -> None:
    body = f"{declared} if (isf_FragNormCoord.x < 0.5) a.x += 0.4; {SHOW}"
    frame = each_rung.scene(shader(body, before=before)).render(4, 1)
    assert_shows(frame, rgba([[0.4, 0.4, 0.0, 0.0]], 0.5, 0.0, 1.0))


def test_a_variable_in_a_loop_is_0_each_time(each_dialect: zcgpu.Context) -> None:
    body = (
        "float sum = 0.0; for (int i = 0; i < 4; i++) { float a; if (i == int(TIME)) a += 0.2;"
        " sum += a; } gl_FragColor = vec4(sum);"
    )
    frame = each_dialect.scene(shader(body)).render(1, 1, time=1.0)
    assert (np.asarray(frame) == 51).all()


def test_an_error_behind_one_has_the_authors_column(each_dialect: zcgpu.Context) -> None:
    with pytest.raises(zcgpu.ShaderError) as caught:
        each_dialect.scene(shader("float a; a = nowhere;"))
    assert caught.value.column == len("float a; a = n")


def test_what_has_a_value_or_can_have_none_is_left(each_dialect: zcgpu.Context) -> None:
    before = (
        "float f(float x);\nuniform float u;\nconst float k = 0.2;\n"
        "struct S { float a; vec2 b; };\nfloat g[2];\nfloat f(float x) { return x + k; }"
    )
    body = "S s; s.a = 0.0; g[0] = s.a; float t[2]; t[1] = f(g[0]); gl_FragColor = vec4(t[1] + u);"
    frame = each_dialect.scene(shader(body, before=before)).render(1, 1)
    assert (np.asarray(frame) == 51).all()


@pytest.mark.parametrize(
    ("before", "body"),
    [
        ("", "if (left) gl_FragColor = vec4(0.4);"),
        ("", "if (left) gl_FragData[0] = vec4(0.4);"),
        ("out vec4 shown;", "if (left) shown = vec4(0.4);"),
        ("layout(location = 0) out highp vec4 shown;", "if (left) shown = vec4(0.4);"),
        ("void paint(out vec4 c, bool l) { if (l) c = vec4(0.4); }", "paint(gl_FragColor, left);"),
        (
            "vec4 paint(vec2 at, out highp vec4 c) { if (at.x < 0.5) c += vec4(0.4); return c; }",
            "paint(isf_FragNormCoord, gl_FragColor);",
        ),
        ("out vec4 output;", "if (left) output = vec4(0.4);"),
        (
            "void paint(out vec4 sample, bool input) { if (input) sample = vec4(0.4); }",
            "paint(gl_FragColor, left);",
        ),
        (
            "void twice(inout vec4 c) { c *= 2.0; }",
            "if (left) { gl_FragColor = vec4(0.2); twice(gl_FragColor); }",
        ),
    ],
)
def test_an_output_without_a_value_is_0(each_rung: zcgpu.Context, before: str, body: str) -> None:
    with each_rung.scene(shader("gl_FragColor = vec4(1.0);")) as white:
        white.render(4, 4).close()
    source = shader(f"bool left = isf_FragNormCoord.x < 0.5; {body}", before=before)
    frame = each_rung.scene(source).render(4, 4)
    assert (np.asarray(frame)[:, :, :] == np.array([102, 102, 0, 0])[None, :, None]).all()
