"""The functions that look images up, wherever they are written."""

from typing import Any

import numpy as np
import pytest
from expected import noise
from sources import colour, image, shader

import zcgpu

INPUT: dict[str, Any] = {"inputs": [image("a")]}
PICTURE = noise(4, 4)
"""Row 0 on top."""


def test_img_pixel_divides_by_the_images_size_in_each_pass(each_dialect: zcgpu.Context) -> None:
    source = shader(
        "gl_FragColor = IMG_PIXEL(a, vec2(1.5, 0.5));",
        passes=[{"TARGET": "small", "WIDTH": "3", "HEIGHT": "2"}, {}],
        **INPUT,
    )
    scene = each_dialect.scene(source)
    scene.inputs["a"] = PICTURE
    assert (np.asarray(scene.render(16, 9)) == PICTURE[3, 1]).all()
    small = scene.target("small")
    assert small is not None
    assert (np.asarray(small) == PICTURE[3, 1]).all()


@pytest.mark.parametrize(
    "expression",
    [
        "IMG_PIXEL(a, gl_FragCoord.xy, 0.0)",
        "IMG_NORM_PIXEL(a, isf_FragNormCoord, 0.0)",
        "IMG_PIXEL(a, isf_FragNormCoord * IMG_SIZE(a))",
        "IMG_NORM_PIXEL (a , isf_FragNormCoord)",
        "IMG_NORM_PIXEL(a,\n  isf_FragNormCoord\n)",
        "IMG_THIS_PIXEL(a)",
        "IMG_THIS_NORM_PIXEL(a)",
        "texture2D(a, isf_FragNormCoord)",
    ],
)
def test_a_look_up_at_this_place_is_the_image(each_dialect: zcgpu.Context, expression: str) -> None:
    scene = each_dialect.scene(colour(expression, **INPUT))
    np.testing.assert_array_equal(scene.render(4, 4, inputs={"a": PICTURE}), PICTURE)


def test_look_ups_stand_within_each_other(each_dialect: zcgpu.Context) -> None:
    place = np.zeros((1, 1, 4), np.float32)
    place[..., :2] = 2.5 / 4, 0.5 / 4
    source = colour(
        "IMG_NORM_PIXEL(a, IMG_PIXEL(b, IMG_NORM_PIXEL(b, vec2(0.5)).xy).xy)",
        inputs=[image("a"), image("b")],
    )
    scene = each_dialect.scene(source)
    shown = scene.render(2, 2, inputs={"a": PICTURE, "b": place})
    assert (np.asarray(shown) == PICTURE[3, 2]).all()


def test_a_vertex_shader_looks_images_up(each_dialect: zcgpu.Context) -> None:
    vertex = """varying vec4 seen;
#define LOOK(what) IMG_PIXEL(what, vec2(2.5, 1.5))
void main() {
  isf_vertShaderInit();
  seen = LOOK(a) + IMG_NORM_PIXEL(a, vec2(0.125)) + vec4(IMG_SIZE(a), 0.0, 0.0) / 255.0;
}"""
    source = shader("gl_FragColor = seen / 4.0;", before="varying vec4 seen;", **INPUT)
    picture = PICTURE // 2
    scene = each_dialect.scene(source, vertex=vertex)
    wanted = (picture[2, 2].astype(float) + picture[3, 0] + [4, 4, 0, 0]) / 4
    shown = np.asarray(scene.render(3, 3, inputs={"a": picture}))
    assert np.abs(shown - wanted).max() <= 0.51
