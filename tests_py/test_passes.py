"""Several passes a frame: who sees what, and how large."""

from typing import Any

import numpy as np
import pytest
from expected import assert_shows, linear, positions, rgba
from sources import colour, number, shader

import zcgpu


def chain(*bodies: str, **rest: Any) -> str:
    """A shader whose passes draw one expression each."""
    tests = [f"if (PASSINDEX == {n}) gl_FragColor = {body};" for n, body in enumerate(bodies)]
    return shader("\n".join(tests), **rest)


def test_passindex_tells_the_pass(each_rung: zcgpu.Context) -> None:
    told = "vec4(float(PASSINDEX + 1) / 255.0)"
    source = chain(
        told,
        told,
        f"vec4(IMG_THIS_PIXEL(a).r, IMG_THIS_PIXEL(b).r, {told}.r, 1.0)",
        passes=[{"TARGET": "a"}, {"TARGET": "b"}, {}],
    )
    assert np.asarray(each_rung.scene(source).render(2, 2))[0, 0].tolist() == [1, 2, 3, 255]


def test_a_later_pass_sees_this_frames_picture(each_rung: zcgpu.Context) -> None:
    source = chain(
        "vec4(float(FRAMEINDEX + 1) / 255.0)",
        "IMG_THIS_PIXEL(a)",
        passes=[{"TARGET": "a", "PERSISTENT": True}, {}],
    )
    scene = each_rung.scene(source)
    assert [int(np.asarray(scene.render(1, 1))[0, 0, 0]) for _ in range(4)] == [1, 2, 3, 4]


def test_an_earlier_pass_sees_the_previous_frames_picture(each_rung: zcgpu.Context) -> None:
    source = chain(
        "IMG_THIS_PIXEL(late)",
        "vec4(float(FRAMEINDEX + 1) / 255.0)",
        "IMG_THIS_PIXEL(early)",
        passes=[{"TARGET": "early"}, {"TARGET": "late", "PERSISTENT": True}, {}],
    )
    scene = each_rung.scene(source)
    assert [int(np.asarray(scene.render(1, 1))[0, 0, 0]) for _ in range(4)] == [0, 1, 2, 3]


def test_a_pass_that_reads_its_own_target_sees_the_previous_frame(
    each_rung: zcgpu.Context,
) -> None:
    source = chain(
        "vec4(float(FRAMEINDEX + 1) / 255.0, IMG_THIS_PIXEL(a).r, 0.0, 1.0)",
        "IMG_THIS_PIXEL(a)",
        passes=[{"TARGET": "a", "PERSISTENT": True}, {}],
    )
    scene = each_rung.scene(source)
    seen = [np.asarray(scene.render(1, 1))[0, 0, :2].tolist() for _ in range(4)]
    assert seen == [[1, 0], [2, 1], [3, 2], [4, 3]]


def test_temporaries_start_each_frame_clear(each_rung: zcgpu.Context) -> None:
    source = chain(
        "IMG_THIS_PIXEL(a) + vec4(0.2)",
        "IMG_THIS_PIXEL(a)",
        passes=[{"TARGET": "a"}, {}],
    )
    scene = each_rung.scene(source)
    for _ in range(5):
        assert (np.asarray(scene.render(3, 2)) == 51).all()


def test_temporaries_drawn_twice_a_frame_start_clear_too(each_rung: zcgpu.Context) -> None:
    step = "IMG_THIS_PIXEL(a) + vec4(0.2)"
    source = chain(step, step, "IMG_THIS_PIXEL(a)", passes=[{"TARGET": "a"}, {"TARGET": "a"}, {}])
    scene = each_rung.scene(source)
    for _ in range(5):
        assert (np.asarray(scene.render(3, 2)) == 102).all()


def test_a_temporary_read_before_it_is_drawn_is_clear(each_dialect: zcgpu.Context) -> None:
    source = chain(
        "IMG_THIS_PIXEL(b) + vec4(0.2)",
        "vec4(1.0)",
        "IMG_THIS_PIXEL(a)",
        passes=[{"TARGET": "a"}, {"TARGET": "b"}, {}],
    )
    scene = each_dialect.scene(source)
    for _ in range(4):
        assert (np.asarray(scene.render(2, 2)) == 51).all()


def test_the_last_pass_goes_to_the_output_although_it_has_a_target(
    each_rung: zcgpu.Context,
) -> None:
    source = chain(
        "vec4(0.2)", "IMG_THIS_PIXEL(a) * 2.0", passes=[{"TARGET": "a"}, {"TARGET": "b"}]
    )
    assert (np.asarray(each_rung.scene(source).render(3, 2)) == 102).all()


def test_a_small_last_target_is_scaled_to_the_output(each_rung: zcgpu.Context) -> None:
    source = chain(
        "vec4(isf_FragNormCoord, 0.0, 1.0)", passes=[{"TARGET": "a", "WIDTH": "4", "HEIGHT": "3"}]
    )
    x, y = positions(4, 3)
    small = np.rint(rgba(x, y, 0, 1) * 255).astype(np.uint8)
    frame = each_rung.scene(source).render(16, 12)
    assert_shows(frame, linear(small, *positions(16, 12)), steps=2)


def test_rendersize_is_each_passes_own(each_rung: zcgpu.Context) -> None:
    source = chain(
        "vec4(RENDERSIZE, 0.0, 1.0)",
        "vec4(IMG_THIS_PIXEL(a).rg, RENDERSIZE)",
        passes=[{"TARGET": "a", "FLOAT": True, "WIDTH": "5", "HEIGHT": "3"}, {"FLOAT": True}],
    )
    frame = each_rung.scene(source).render(11, 7)
    assert np.asarray(frame)[0, 0].tolist() == [5, 3, 11, 7]


def test_img_size_of_a_target_is_its_size(each_rung: zcgpu.Context) -> None:
    source = chain(
        "vec4(1.0)",
        "vec4(IMG_SIZE(a), 0.0, 1.0)",
        passes=[{"TARGET": "a", "WIDTH": 5, "HEIGHT": 3}, {"FLOAT": True}],
    )
    frame = each_rung.scene(source).render(11, 7)
    assert np.asarray(frame)[0, 0].tolist() == [5, 3, 0, 1]


@pytest.mark.parametrize(
    ("expression", "side"),
    [
        ("$WIDTH", 33),
        ("$WIDTH/2", 17),  # 16.5: no pixel is lost
        ("floor($WIDTH/3.0)", 11),
        ("floor($WIDTH/4.0)", 8),
        ("ceil($WIDTH/4.0)", 9),
        ("$HEIGHT*2.0", 38),
        ("max($WIDTH, $HEIGHT)", 33),
        ("min($WIDTH, $HEIGHT) - 1", 18),
        ("$WIDTH * $scale", 25),  # 24.75
        ("$count + 2", 7),
        ("$fine * 10.0 + 1", 11),
        ("($WIDTH + $HEIGHT) / 2", 26),
        ("0", 1),
        ("-5", 1),
        ("0.25", 1),
        (12, 12),
        (12.5, 13),
    ],
)
def test_size_expressions_at_odd_sizes(
    context: zcgpu.Context, expression: str | float, side: int
) -> None:
    source = chain(
        "vec4(RENDERSIZE, 0.0, 1.0)",
        "vec4(IMG_THIS_PIXEL(a).rg, IMG_SIZE(a))",
        inputs=[
            number("scale", DEFAULT=0.75),
            {"NAME": "count", "TYPE": "long", "MIN": 0, "MAX": 9, "DEFAULT": 5},
            {"NAME": "fine", "TYPE": "bool", "DEFAULT": True},
        ],
        passes=[{"TARGET": "a", "FLOAT": True, "WIDTH": expression}, {"FLOAT": True}],
    )
    frame = context.scene(source).render(33, 19)
    assert np.asarray(frame)[0, 0].tolist() == [side, 19, side, 19]


def test_size_expressions_follow_the_inputs(context: zcgpu.Context) -> None:
    source = chain(
        "vec4(1.0)",
        "vec4(IMG_SIZE(a), 0.0, 1.0)",
        inputs=[number("side", DEFAULT=3.0)],
        passes=[{"TARGET": "a", "WIDTH": "$side", "HEIGHT": "$side * 2"}, {"FLOAT": True}],
    )
    scene = context.scene(source)
    assert np.asarray(scene.render(2, 2))[0, 0, :2].tolist() == [3, 6]
    scene.inputs["side"] = 5.0
    assert np.asarray(scene.render(2, 2))[0, 0, :2].tolist() == [5, 10]
    assert np.asarray(scene.render(2, 2, inputs={"side": 8}))[0, 0, :2].tolist() == [8, 16]
    assert np.asarray(scene.render(2, 2))[0, 0, :2].tolist() == [5, 10]


def test_an_input_called_width_is_not_the_frames(context: zcgpu.Context) -> None:
    source = chain(
        "vec4(1.0)",
        "vec4(IMG_SIZE(a), width, 1.0)",
        inputs=[number("width", DEFAULT=3.0)],
        passes=[{"TARGET": "a", "WIDTH": "$width", "HEIGHT": "$WIDTH"}, {"FLOAT": True}],
    )
    assert np.asarray(context.scene(source).render(20, 4))[0, 0].tolist() == [3, 20, 3, 1]


def test_a_float_output_is_not_clamped(each_rung: zcgpu.Context) -> None:
    source = colour("vec4(-1.5, 2.25, 1e6, 0.1)", passes=[{"FLOAT": True}])
    frame = each_rung.scene(source).render(2, 3)
    pixels = np.asarray(frame)
    assert frame.dtype == pixels.dtype == "float32"
    assert pixels.shape == (3, 2, 4)
    assert (pixels == np.array([-1.5, 2.25, 1e6, 0.1], np.float32)).all()


def test_a_float_frame_becomes_bytes_by_rounding(context: zcgpu.Context) -> None:
    source = colour("vec4(-1.5, 2.25, 0.6, 0.1)", passes=[{"FLOAT": True}])
    picture = np.asarray(context.scene(source).render(1, 1).to_pil())
    assert picture[0, 0].tolist() == [0, 255, 153, round(25.5)]


def test_a_frame_of_bytes_can_be_read_as_floats(each_dialect: zcgpu.Context) -> None:
    target = np.zeros((2, 3, 4), np.float32)
    each_dialect.scene(colour("vec4(0.2, 0.5, 1.0, 0.0)")).render_into(target)
    np.testing.assert_allclose(target, np.broadcast_to([0.2, 0.5, 1, 0], (2, 3, 4)), atol=2e-3)


def test_a_pass_without_a_target_goes_to_the_output(context: zcgpu.Context) -> None:
    source = chain("vec4(0.2)", "vec4(0.6)", passes=[{}, {}])
    assert (np.asarray(context.scene(source).render(2, 2)) == 153).all()
