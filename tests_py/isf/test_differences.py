"""Where zcgpu and the reference (VVISF-GL) differ: docs/isf-conformance.md says why."""

from typing import Any

import numpy as np
import pytest
from expected import assert_shows, linear, noise, positions, rgba
from sources import colour, image, number, shader

import zcgpu


def told(expression: str, **rest: Any) -> str:
    """A shader that tells four numbers, in floats."""
    return colour(expression, **{"passes": [{"FLOAT": True}], **rest})


def numbers(scene: zcgpu.Scene, **rest: Any) -> list[float]:
    """What such a shader tells in a frame of one pixel."""
    pixel: list[float] = np.asarray(scene.render(1, 1, **rest))[0, 0].tolist()
    return pixel


def test_a_temporary_that_nothing_drew_is_clear(each_dialect: zcgpu.Context) -> None:
    leave_white = colour("vec4(1.0)", passes=[{"TARGET": "a"}, {"TARGET": "b"}, {}])
    read_early = shader(
        "if (PASSINDEX == 0) gl_FragColor = IMG_THIS_PIXEL(late) + IMG_THIS_PIXEL(early);"
        " else if (PASSINDEX == 1) gl_FragColor = vec4(1.0);"
        " else gl_FragColor = IMG_THIS_PIXEL(early);",
        passes=[{"TARGET": "early"}, {"TARGET": "late"}, {}],
    )
    with each_dialect.scene(leave_white) as scene:
        scene.render(8, 8).close()
    scene = each_dialect.scene(read_early)
    for _ in range(3):
        assert (np.asarray(scene.render(8, 8)) == 0).all()


def test_a_resized_buffer_of_floats_keeps_its_floats(each_dialect: zcgpu.Context) -> None:
    source = shader(
        "gl_FragColor = FRAMEINDEX == 0 ? vec4(-3.5, 1000.0, 1e-4, 2.0) : IMG_THIS_PIXEL(kept);",
        passes=[{"TARGET": "kept", "PERSISTENT": True, "FLOAT": True}],
    )
    scene = each_dialect.scene(source)
    scene.render(4, 4)
    kept = np.array([-3.5, 1000.0, 1e-4, 2.0], np.float32)
    np.testing.assert_allclose(np.asarray(scene.render(9, 3)), np.broadcast_to(kept, (3, 9, 4)))


def test_a_frame_handed_out_is_not_the_persistent_buffer(each_dialect: zcgpu.Context) -> None:
    source = shader(
        "gl_FragColor = IMG_THIS_PIXEL(kept) + vec4(1.0 / 255.0);",
        passes=[{"TARGET": "kept", "PERSISTENT": True}],
    )
    scene = each_dialect.scene(source)
    first = scene.render(2, 2)
    scene.render(2, 2)
    assert (np.asarray(first) == 1).all()


def test_a_last_target_of_its_own_size_fills_the_output(each_dialect: zcgpu.Context) -> None:
    source = colour(
        "vec4(isf_FragNormCoord.x < 0.5 ? 1.0 : 0.0, 0.0, 0.0, 1.0)",
        passes=[{"TARGET": "a", "WIDTH": "2", "HEIGHT": "2"}],
    )
    pixels = np.asarray(each_dialect.scene(source).render(8, 6))
    assert (pixels[:, :2, 0] == 255).all()
    assert (pixels[:, -2:, 0] == 0).all()
    assert (pixels[..., 3] == 255).all()


@pytest.mark.parametrize("scale", [2, 3])
def test_img_this_pixel_is_the_image_at_this_place(each_dialect: zcgpu.Context, scale: int) -> None:
    picture = noise(5, 7)
    scene = each_dialect.scene(colour("IMG_THIS_PIXEL(shown)", inputs=[image("shown")]))
    frame = scene.render(7 * scale, 5 * scale, inputs={"shown": picture})
    assert_shows(frame, linear(picture, *positions(7 * scale, 5 * scale)), steps=2)


def test_a_fractional_size_is_a_whole_one_and_every_row_is_drawn(
    each_dialect: zcgpu.Context,
) -> None:
    source = shader(
        "if (PASSINDEX == 0) gl_FragColor = vec4(1.0);"
        " else gl_FragColor = vec4(texture2D(small, vec2(0.5, 1.0)).r,"
        " IMG_SIZE(small).y, RENDERSIZE.y, 1.0);",
        passes=[{"TARGET": "small", "HEIGHT": "$HEIGHT / 2.0"}, {"FLOAT": True}],
    )
    assert np.asarray(each_dialect.scene(source).render(3, 5))[0, 0].tolist() == [1, 3, 5, 1]


@pytest.mark.parametrize("size", ["1e9", "1 / 0", "sqrt(0 - 1)"])
def test_a_size_that_makes_no_sense_is_refused(context: zcgpu.Context, size: str) -> None:
    source = colour("vec4(1.0)", passes=[{"TARGET": "a", "WIDTH": size}, {}])
    with pytest.raises(zcgpu.SizeError, match="pass 0"), context.scene(source) as scene:
        scene.render(4, 4)


def test_a_size_of_an_unknown_name_is_refused(context: zcgpu.Context) -> None:
    source = colour("vec4(1.0)", passes=[{"TARGET": "a", "WIDTH": "$widht / 2"}, {}])
    with pytest.raises(zcgpu.HeaderError, match="widht"):
        context.scene(source)


def test_an_input_called_width_is_not_the_frames_width(context: zcgpu.Context) -> None:
    source = shader(
        "gl_FragColor = vec4(IMG_SIZE(a), 0.0, 1.0);",
        inputs=[number("width", DEFAULT=3.0)],
        passes=[{"TARGET": "a", "WIDTH": "$width", "HEIGHT": "$WIDTH"}, {"FLOAT": True}],
    )
    assert np.asarray(context.scene(source).render(20, 4))[0, 0].tolist() == [3, 20, 0, 1]


def test_bounds_the_wrong_way_round_are_turned(context: zcgpu.Context) -> None:
    source = told("vec4(v)", inputs=[number("v", MIN=10.0, MAX=0.0, DEFAULT=4.0)])
    assert numbers(context.scene(source)) == [4.0] * 4


def test_a_value_outside_its_declared_range_is_refused(context: zcgpu.Context) -> None:
    scene = context.scene(told("vec4(v)", inputs=[number("v", MIN=0.0, MAX=1.0, DEFAULT=0.5)]))
    with pytest.raises(zcgpu.OutOfRangeError):
        scene.inputs["v"] = 50
    assert numbers(scene) == [0.5] * 4


def test_a_colour_of_three_numbers_is_opaque(each_dialect: zcgpu.Context) -> None:
    source = colour("c", inputs=[{"NAME": "c", "TYPE": "color", "DEFAULT": [0.2, 0.4, 0.6]}])
    assert_shows(each_dialect.scene(source).render(1, 1), rgba([[0.2]], [[0.4]], [[0.6]], [[1.0]]))


def test_timedelta_is_0_at_first_and_then_the_step_forwards_or_back(
    each_dialect: zcgpu.Context,
) -> None:
    scene = each_dialect.scene(told("vec4(TIMEDELTA)"))
    steps = [numbers(scene, time=time)[0] for time in (5.0, 5.25, 4.75, 0.0)]
    assert steps == [0.0, 0.25, -0.5, -4.75]


def test_date_has_fractions_of_a_second(each_dialect: zcgpu.Context) -> None:
    scene = each_dialect.scene(told("DATE"))
    assert numbers(scene, date=(2026, 12, 31, 1.5)) == [2026, 12, 31, 1.5]


def test_an_event_of_a_refused_frame_is_still_to_come(each_dialect: zcgpu.Context) -> None:
    scene = each_dialect.scene(told("vec4(go)", inputs=[{"NAME": "go", "TYPE": "event"}]))
    scene.inputs["go"] = True
    with pytest.raises(zcgpu.SizeError):
        scene.render(0, 1)
    assert [numbers(scene)[0] for _ in range(2)] == [1.0, 0.0]


def test_an_image_that_is_not_set_is_black(each_dialect: zcgpu.Context) -> None:
    with each_dialect.scene(colour("IMG_THIS_PIXEL(a)", inputs=[image("a")])) as other:
        other.render(2, 2, inputs={"a": np.full((2, 2, 4), 255, np.uint8)})
    scene = each_dialect.scene(colour("IMG_THIS_PIXEL(b)", inputs=[image("b")]))
    assert (np.asarray(scene.render(2, 2)) == 0).all()


def test_macros_in_comments_and_inside_longer_names_are_left_alone(
    each_dialect: zcgpu.Context,
) -> None:
    source = colour(
        "vec4(MY_IMG_SIZE(0.2)) /* IMG_PIXEL( */",
        inputs=[image("shown")],
        before="// IMG_NORM_PIXEL(shown) has two arguments, IMG_SIZE(a, b) has not\n"
        "float MY_IMG_SIZE(float x) { return x; }",
    )
    assert (np.asarray(each_dialect.scene(source).render(1, 1)) == 51).all()


def test_an_image_can_be_the_parameter_of_a_macro(each_dialect: zcgpu.Context) -> None:
    source = told(
        "LOOK(shown, vec2(0.5)) + vec4(IMG_SIZE(shown), 0.0, 0.0)",
        inputs=[image("shown")],
        before="#define LOOK(what, where) IMG_NORM_PIXEL(what, where)",
    )
    scene = each_dialect.scene(source)
    scene.inputs["shown"] = np.full((2, 3, 4), 1.0, np.float32)
    assert numbers(scene) == [4, 3, 1, 1]


def test_img_norm_this_pixel_is_img_this_norm_pixel(each_dialect: zcgpu.Context) -> None:
    picture = noise(3, 3)
    scene = each_dialect.scene(colour("IMG_NORM_THIS_PIXEL(a)", inputs=[image("a")]))
    np.testing.assert_array_equal(scene.render(3, 3, inputs={"a": picture}), picture)


@pytest.mark.parametrize("line", ["#version 120", "#version 300 es", "precision mediump float;"])
def test_a_version_or_precision_of_the_authors_is_no_matter(
    each_dialect: zcgpu.Context, line: str
) -> None:
    source = colour("vec4(0.2)", before=line)
    assert (np.asarray(each_dialect.scene(source).render(1, 1)) == 51).all()


@pytest.mark.parametrize("name", ["sample", "smooth", "buffer", "input", "filter", "active"])
def test_names_reserved_since_are_names_still(each_dialect: zcgpu.Context, name: str) -> None:
    source = shader(
        f"float {name} = 0.2; gl_FragColor = vec4({name});",
        before=f"float twice(float {name}) {{ return {name} * 2.0; }}",
    )
    assert (np.asarray(each_dialect.scene(source).render(1, 1)) == 51).all()


def test_a_header_with_comments_and_trailing_commas_is_read(context: zcgpu.Context) -> None:
    source = (
        '/*{ // of 2014\n "INPUTS": [ {"NAME": "v", "TYPE": "float", "DEFAULT": 1.,}, ],\n}*/'
        "void main() { gl_FragColor = vec4(v); }"
    )
    assert (np.asarray(context.scene(source).render(1, 1)) == 255).all()
