"""Global variables whose values are no constant expressions, and functions with built-in names."""

import pytest
from expected import assert_shows, positions, rgba
from sources import colour, number, shader

import zcgpu

LEVEL = [number("level", DEFAULT=0.5)]


def test_globals_take_their_values_from_inputs_and_from_each_other(
    each_dialect: zcgpu.Context,
) -> None:
    text = colour(
        "vec4(twice, sum, values[1], SIZE[0])",
        inputs=LEVEL,
        before="""
            float half_of(float x) { return x * 0.5; }
            float twice = half_of(level) * 2.0, plain = 0.25;
            const float sum = twice + plain;
            float values[] = float[](plain, sum * 0.8, 0.0);
            const int N = 2;
            float SIZE[N] = float[N](1.0, level);
        """,
    )
    with each_dialect.scene(text) as scene:
        assert_shows(
            scene.render(4, 4, inputs={"level": 0.5}),
            rgba(*[[[c] * 4] * 4 for c in (0.5, 0.75, 0.6, 1)]),
        )
        assert_shows(
            scene.render(4, 4, inputs={"level": 0.25}),
            rgba(*[[[c] * 4] * 4 for c in (0.25, 0.5, 0.4, 1)]),
        )


def test_globals_differ_from_pixel_to_pixel(each_dialect: zcgpu.Context) -> None:
    text = colour(
        "vec4(at, here, 1.0)", before="vec2 at = isf_FragNormCoord; float here = at.x * at.y;"
    )
    x, y = positions(8, 4)
    with each_dialect.scene(text) as scene:
        assert_shows(scene.render(8, 4), rgba(x, y, x * y, 1.0))


def test_main_may_change_a_global_and_return_early(each_dialect: zcgpu.Context) -> None:
    text = shader(
        """gl_FragColor = vec4(g); if (isf_FragNormCoord.x < 0.5) return;
        g += 0.5; gl_FragColor = vec4(g);""",
        inputs=LEVEL,
        before="float g = level;",
    )
    x, _ = positions(8, 4)
    with each_dialect.scene(text) as scene:
        value = (x >= 0.5) * 0.5 + 0.25
        assert_shows(scene.render(8, 4, inputs={"level": 0.25}), rgba(value, value, value, value))


@pytest.mark.parametrize("wanted", [0, 1])
def test_a_condition_decides_which_global_there_is(
    each_dialect: zcgpu.Context, wanted: int
) -> None:
    text = colour(
        "vec4(a)",
        inputs=LEVEL,
        before=f"""
#define WANTED {wanted}
#if WANTED
float a = level;
#else
float a = 1.0 - level;
#endif
""",
    )
    with each_dialect.scene(text) as scene:
        value = 0.2 if wanted else 0.8
        assert_shows(scene.render(2, 2, inputs={"level": 0.2}), rgba(*[[[value] * 2] * 2] * 4))


def test_a_vertex_shader_has_such_globals_too(each_dialect: zcgpu.Context) -> None:
    text = colour("vec4(shade)", inputs=LEVEL, before="varying float shade;")
    vertex = """
        varying float shade;
        float v = level * 0.5;
        void main() { isf_vertShaderInit(); shade = v; }
    """
    with each_dialect.scene(text, vertex=vertex) as scene:
        assert_shows(scene.render(2, 2, inputs={"level": 0.5}), rgba(*[[[0.25] * 2] * 2] * 4))


def test_an_error_in_a_global_has_the_authors_place(each_dialect: zcgpu.Context) -> None:
    text = "/*{}*/\nfloat a = TIME,\n      b = nope;\nvoid main() { gl_FragColor = vec4(a, b); }\n"
    with pytest.raises(zcgpu.ShaderError) as error:
        each_dialect.scene(text)
    assert (error.value.line, error.value.column) == (3, 11)


def test_a_function_that_adds_a_form_to_a_built_in_leaves_the_others(
    each_dialect: zcgpu.Context,
) -> None:
    text = colour(
        "vec4(length(vec3(0.0, 0.3, 0.4)), length(W(0.25)), max(0.25, level), LEN(vec2(0.6, 0.8)))",
        inputs=LEVEL,
        before="""
            struct W { float w; };
            #define LEN(v) length(v)
            float length(W w) { return w.w; }
            float max(vec2 v) { return v.x; }
        """,
    )
    with each_dialect.scene(text) as scene:
        frame = scene.render(2, 2, inputs={"level": 0.75})
        assert_shows(frame, rgba(*[[[c] * 2] * 2 for c in (0.5, 0.25, 0.75, 1.0)]))


def test_a_function_that_replaces_a_built_in_form_is_the_one_called(
    each_dialect: zcgpu.Context,
) -> None:
    text = colour(
        "vec4(mod(0.25, 2.0), mod(vec2(0.75), 0.5), 1.0)",
        before="float mod(float a, float b) { return a * b; }",
    )
    with each_dialect.scene(text) as scene:
        assert_shows(scene.render(2, 2), rgba(*[[[c] * 2] * 2 for c in (0.5, 0.25, 0.25, 1.0)]))


def test_inputs_may_be_called_as_functions_are(each_dialect: zcgpu.Context) -> None:
    text = colour(
        "vec4(pow(0.5, pow), scale(scale), mix(0.0, mix, 1.0), step)",
        inputs=[number("pow"), number("scale"), number("mix"), number("step")],
        before="float scale(float scale) { return scale * 2.0; }",
    )
    with each_dialect.scene(text) as scene:
        frame = scene.render(2, 2, inputs={"pow": 2.0, "scale": 0.25, "mix": 0.75, "step": 1.0})
        assert_shows(frame, rgba(*[[[c] * 2] * 2 for c in (0.25, 0.5, 0.75, 1.0)]))


def test_a_macro_may_be_defined_twice_and_hide_ours(each_dialect: zcgpu.Context) -> None:
    text = colour(
        "vec4(first, A, TIME, IMG_SIZE(0.5))",
        before="""
            #define A 0.25
            float first = A;
            #define A 0.75
            #define TIME 0.5
            float IMG_SIZE(float x) { return x * 2.0; }
        """,
    )
    with each_dialect.scene(text) as scene:
        assert_shows(scene.render(2, 2), rgba(*[[[c] * 2] * 2 for c in (0.25, 0.75, 0.5, 1.0)]))
