"""Code of older GLSL, of ISF 1 and of other hosts."""

import numpy as np
import pytest
from expected import assert_shows, noise, positions, rgba
from sources import colour, image, shader

import zcgpu


@pytest.mark.parametrize("output", ["gl_FragColor", "gl_FragData[0]", "fragColor"])
def test_the_output_has_many_names(each_dialect: zcgpu.Context, output: str) -> None:
    source = shader(f"{output} = vec4(0.2, 0.4, 0.6, 1.0);\n{output}.g = 0.8;")
    shown = np.asarray(each_dialect.scene(source).render(1, 1))
    assert shown[0, 0].tolist() == [51, 204, 153, 255]


def test_a_frag_color_of_the_authors_own_is_no_output(each_dialect: zcgpu.Context) -> None:
    source = shader("vec4 fragColor = vec4(1.0); gl_FragColor = fragColor * 0.2;")
    assert (np.asarray(each_dialect.scene(source).render(1, 1)) == 51).all()


def test_texture_functions_of_older_glsl_are_there(each_dialect: zcgpu.Context) -> None:
    picture = noise(4, 4)
    source = colour(
        "vec4(texture2D(a, isf_FragNormCoord).rg, texture2DRect(a, gl_FragCoord.xy).ba)",
        inputs=[image("a")],
    )
    scene = each_dialect.scene(source)
    np.testing.assert_array_equal(scene.render(4, 4, inputs={"a": picture}), picture)


@pytest.mark.parametrize("init", ["isf_vertShaderInit", "vv_vertShaderInit"])
@pytest.mark.parametrize("qualifier", ["varying", "varying highp"])
def test_varyings_go_from_one_shader_to_the_other(
    each_dialect: zcgpu.Context, init: str, qualifier: str
) -> None:
    vertex = f"{qualifier} vec2 at;\nvoid main() {{ {init}(); at = isf_FragNormCoord * 0.5; }}"
    source = shader("gl_FragColor = vec4(at, 0.0, 1.0);", before=f"{qualifier} vec2 at;")
    x, y = positions(5, 3)
    shown = each_dialect.scene(source, vertex=vertex).render(5, 3)
    assert_shows(shown, rgba(x / 2, y / 2, 0.0, 1.0))


@pytest.mark.parametrize("name", ["isf_FragNormCoord", "vv_FragNormCoord"])
def test_a_place_in_the_picture_has_both_versions_names(
    each_dialect: zcgpu.Context, name: str
) -> None:
    x, y = positions(6, 4)
    shown = each_dialect.scene(colour(f"vec4({name}, 0.25, 1.0)")).render(6, 4)
    assert_shows(shown, rgba(x, y, 0.25, 1.0))


def test_a_place_in_pixels_is_that_of_the_pixels_centre(each_dialect: zcgpu.Context) -> None:
    x, y = positions(6, 4)
    shown = each_dialect.scene(colour("vec4(isf_FragCoord.xy / 8.0, 0.0, 1.0)")).render(6, 4)
    assert_shows(shown, rgba(x * 6 / 8, y * 4 / 8, 0.0, 1.0))


@pytest.mark.parametrize("name", ["output", "common", "half", "noise"])
def test_more_words_of_newer_glsl_are_names(each_dialect: zcgpu.Context, name: str) -> None:
    source = shader(f"float {name} = 0.2; gl_FragColor = vec4({name});")
    assert (np.asarray(each_dialect.scene(source).render(1, 1)) == 51).all()


@pytest.mark.parametrize(
    "line",
    ["#extension GL_OES_standard_derivatives : enable", "#extension GL_ARB_none : require"],
)
def test_an_extension_of_the_authors_is_no_matter(each_dialect: zcgpu.Context, line: str) -> None:
    source = colour("vec4(0.2)", before=line)
    assert (np.asarray(each_dialect.scene(source).render(1, 1)) == 51).all()
