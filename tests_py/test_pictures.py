"""What is drawn, against formulas: positions, orientation, alpha, sizes."""

import numpy as np
import pytest
from expected import assert_shows, positions, rgba
from sources import GRADIENT, colour

import zcgpu


@pytest.mark.parametrize("size", [(1, 1), (7, 5), (64, 48), (1921, 3), (2, 1081)])
def test_gradient_is_the_pixel_centres_formula(
    each_rung: zcgpu.Context, size: tuple[int, int]
) -> None:
    x, y = positions(*size)
    frame = each_rung.scene(GRADIENT).render(*size)
    assert frame.size == size
    assert frame.shape == (size[1], size[0], 4)
    assert_shows(frame, rgba(x, y, 0.25, 1.0))


def test_lower_rungs_are_what_was_asked_for() -> None:
    with zcgpu.Context(dialect="gl", max_version=(3, 3)) as context:
        assert context.info["version"] == "OpenGL 3.3 core"
    with zcgpu.Context(dialect="es", max_version=(3, 1)) as context:
        assert context.info["version"] == "OpenGL ES 3.1"
    with zcgpu.Context(dialect="gl") as context:
        assert context.info["version"] == "OpenGL 4.5 core"
        assert context.info["dialect"] == "gl"
    with zcgpu.Context(dialect="es") as context:
        assert context.info["dialect"] == "es"


def test_lower_rungs_draw_the_same_pixels() -> None:
    source = colour("vec4(fract(isf_FragNormCoord * 7.0), sin(isf_FragNormCoord.x * 9.0), 0.5)")
    pictures = []
    for dialect, version in [("gl", None), ("gl", (3, 3)), ("es", None), ("es", (3, 1))]:
        with zcgpu.Context(dialect=dialect, max_version=version) as context:
            pictures.append(context.scene(source).render(37, 23).to_numpy())
    for picture in pictures[1:]:
        np.testing.assert_array_equal(picture, pictures[0])


def test_row_0_is_on_top(each_rung: zcgpu.Context) -> None:
    scene = each_rung.scene(colour("vec4((gl_FragCoord.y - 0.5) * 10.0 / 255.0)"))
    assert np.asarray(scene.render(1, 3))[:, 0, 0].tolist() == [20, 10, 0]


def test_top_left_corner_is_top_left(each_dialect: zcgpu.Context) -> None:
    corner = "isf_FragNormCoord.x < 0.5 && isf_FragNormCoord.y > 0.5 ? 1.0 : 0.0"
    pixels = np.asarray(each_dialect.scene(colour(f"vec4({corner})")).render(2, 2))
    assert pixels[:, :, 0].tolist() == [[255, 0], [0, 0]]


def test_render_into_has_the_same_orientation(each_rung: zcgpu.Context) -> None:
    scene = each_rung.scene(GRADIENT)
    target = np.zeros((5, 7, 4), np.uint8)
    assert scene.render_into(target) is target
    np.testing.assert_array_equal(target, np.asarray(scene.render(7, 5)))


def test_alpha_is_kept_and_colour_not_multiplied(each_dialect: zcgpu.Context) -> None:
    pixels = np.asarray(each_dialect.scene(colour("vec4(1.0, 0.6, 0.2, 0.4)")).render(3, 2))
    assert (pixels == [255, 153, 51, 102]).all()


def test_transparent_pixels_keep_their_colour(each_dialect: zcgpu.Context) -> None:
    pixels = np.asarray(each_dialect.scene(colour("vec4(0.2, 0.4, 0.6, 0.0)")).render(2, 2))
    assert (pixels == [51, 102, 153, 0]).all()


def test_values_are_clamped_to_bytes(each_dialect: zcgpu.Context) -> None:
    pixels = np.asarray(each_dialect.scene(colour("vec4(-1.0, 2.0, 1e30, -1e30)")).render(1, 1))
    assert pixels[0, 0].tolist() == [0, 255, 255, 0]


def test_discarded_pixels_are_transparent_black(each_dialect: zcgpu.Context) -> None:
    source = "/*{}*/\nvoid main() { if (gl_FragCoord.x > 1.0) discard; gl_FragColor = vec4(1.0); }"
    scene = each_dialect.scene(source)
    for _ in range(3):
        assert np.asarray(scene.render(2, 1))[0].tolist() == [[255] * 4, [0] * 4]


def test_one_line_render_draws_the_same(context: zcgpu.Context) -> None:
    alone = zcgpu.render(GRADIENT, 7, 5)
    np.testing.assert_array_equal(alone, context.scene(GRADIENT).render(7, 5))


def test_one_line_render_takes_time_and_inputs() -> None:
    source = colour("vec4(TIME, v, 0.0, 1.0)", inputs=[{"NAME": "v", "TYPE": "float"}])
    frame = zcgpu.render(source, 1, 1, time=0.2, inputs={"v": 0.6}, dialect="es")
    assert np.asarray(frame)[0, 0].tolist() == [51, 153, 0, 255]
