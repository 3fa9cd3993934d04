"""Buffers that live from frame to frame."""

from typing import Any

import numpy as np
import pytest
from expected import assert_shows, linear, noise, positions, rgba
from sources import COUNTER, image, number, shader

import zcgpu

KEPT = {"TARGET": "kept", "PERSISTENT": True}

SUM = shader(
    "gl_FragColor = IMG_THIS_PIXEL(kept) + vec4(0.75, 0.5, 0.0, 1.0);",
    passes=[{**KEPT, "FLOAT": True}],
)
"""Adds (0.75, 0.5, 0, 1) each frame, in floats."""


def test_feedback_is_one_step_a_frame(each_rung: zcgpu.Context) -> None:
    scene = each_rung.scene(COUNTER)
    for n in range(1, 21):
        assert (np.asarray(scene.render(5, 3)) == n).all()


def test_feedback_in_bytes_stops_at_255(context: zcgpu.Context) -> None:
    scene = context.scene(COUNTER)
    for _ in range(254):
        scene.render(1, 1)
    assert np.asarray(scene.render(1, 1))[0, 0, 0] == 255
    assert np.asarray(scene.render(1, 1))[0, 0, 0] == 255


def test_feedback_of_a_decay_follows_its_formula(each_dialect: zcgpu.Context) -> None:
    source = shader(
        "gl_FragColor = FRAMEINDEX == 0 ? vec4(1.0) : IMG_THIS_PIXEL(kept) * 0.875;",
        passes=[{**KEPT, "FLOAT": True}],
    )
    scene = each_dialect.scene(source)
    for n in range(8):  # exact in a float32 so far
        assert np.asarray(scene.render(2, 2))[0, 0, 0] == np.float32(0.875**n)


def test_floats_accumulate_beyond_1(each_rung: zcgpu.Context) -> None:
    scene = each_rung.scene(SUM)
    frames = [scene.render(3, 2) for _ in range(8)]
    for n, frame in enumerate(frames, 1):
        assert frame.dtype == "float32"
        assert (np.asarray(frame) == [0.75 * n, 0.5 * n, 0, n]).all()


def test_floats_may_be_negative(each_dialect: zcgpu.Context) -> None:
    source = shader(
        "gl_FragColor = IMG_THIS_PIXEL(kept) - vec4(2.5);", passes=[{**KEPT, "FLOAT": True}]
    )
    scene = each_dialect.scene(source)
    scene.render(1, 1)
    assert np.asarray(scene.render(1, 1))[0, 0].tolist() == [-5.0] * 4


def test_old_frames_do_not_change_when_the_buffer_does(each_dialect: zcgpu.Context) -> None:
    scene = each_dialect.scene(COUNTER)
    frames = [scene.render(2, 2) for _ in range(6)]
    assert [int(np.asarray(frame)[0, 0, 0]) for frame in frames] == [1, 2, 3, 4, 5, 6]


def test_a_persistent_buffer_starts_transparent_black(each_dialect: zcgpu.Context) -> None:
    scene = each_dialect.scene(shader("gl_FragColor = IMG_THIS_PIXEL(kept);", passes=[KEPT]))
    assert (np.asarray(scene.render(4, 4)) == 0).all()


@pytest.mark.parametrize("source", [COUNTER, SUM])
def test_reset_makes_buffers_transparent_black(each_dialect: zcgpu.Context, source: str) -> None:
    scene = each_dialect.scene(source)
    first = scene.render(2, 2).to_numpy()
    scene.render(2, 2)
    assert (scene.render(2, 2).to_numpy() != first).any()
    scene.reset()
    np.testing.assert_array_equal(scene.render(2, 2), first)


def test_reset_before_the_first_frame_is_fine(context: zcgpu.Context) -> None:
    scene = context.scene(COUNTER)
    scene.reset()
    assert np.asarray(scene.render(1, 1))[0, 0, 0] == 1


def test_reset_keeps_the_inputs(context: zcgpu.Context) -> None:
    source = shader("gl_FragColor = vec4(v);", inputs=[number("v")], passes=[KEPT])
    scene = context.scene(source)
    scene.inputs["v"] = 0.6
    scene.reset()
    assert scene.inputs["v"] == 0.6
    assert np.asarray(scene.render(1, 1))[0, 0, 0] == 153


def keeper(**rest: Any) -> str:
    """Shows `picture` in its first frame, and from then on what is kept, where it is."""
    return shader(
        "gl_FragColor = FRAMEINDEX == 0 ? IMG_NORM_PIXEL(picture, isf_FragNormCoord)"
        " : IMG_NORM_PIXEL(kept, isf_FragNormCoord);",
        inputs=[image("picture")],
        passes=[{**KEPT, **rest}],
    )


def test_a_persistent_buffer_keeps_its_picture_scaled_when_resized(
    each_dialect: zcgpu.Context,
) -> None:
    picture = noise(4, 6)
    scene = each_dialect.scene(keeper())
    scene.inputs["picture"] = picture
    np.testing.assert_array_equal(scene.render(6, 4), picture)
    larger = scene.render(12, 8)
    assert_shows(larger, linear(picture, *positions(12, 8)), steps=2)
    same = scene.render(12, 8)
    np.testing.assert_array_equal(same, larger)


def test_a_float_buffer_stays_one_when_resized(each_dialect: zcgpu.Context) -> None:
    scene = each_dialect.scene(SUM)
    for _ in range(5):
        scene.render(2, 2)
    frame = scene.render(7, 3)
    assert (np.asarray(frame) == [0.75 * 6, 3.0, 0, 6]).all()


def test_a_buffer_resized_by_an_input_keeps_its_picture(context: zcgpu.Context) -> None:
    source = shader(
        "if (PASSINDEX == 0) gl_FragColor = IMG_THIS_PIXEL(kept) + vec4(0.2);"
        " else gl_FragColor = IMG_THIS_PIXEL(kept);",
        inputs=[number("side", DEFAULT=4.0)],
        passes=[{**KEPT, "WIDTH": "$side", "HEIGHT": "$side"}, {}],
    )
    scene = context.scene(source)
    assert_shows(scene.render(3, 3), rgba(*[np.full((3, 3), 0.2)] * 4))
    scene.inputs["side"] = 9.0
    assert_shows(scene.render(3, 3), rgba(*[np.full((3, 3), 0.4)] * 4))
    scene.inputs["side"] = 1.0
    assert_shows(scene.render(3, 3), rgba(*[np.full((3, 3), 0.6)] * 4))


def test_two_scenes_of_one_shader_have_buffers_of_their_own(context: zcgpu.Context) -> None:
    one, two = context.scene(COUNTER), context.scene(COUNTER)
    one.render(1, 1)
    one.render(1, 1)
    assert np.asarray(two.render(1, 1))[0, 0, 0] == 1
    assert np.asarray(one.render(1, 1))[0, 0, 0] == 3


def test_render_and_render_into_share_the_feedback(context: zcgpu.Context) -> None:
    scene = context.scene(COUNTER)
    target = np.zeros((2, 3, 4), np.uint8)
    for n in range(1, 7, 2):
        assert (np.asarray(scene.render(3, 2)) == n).all()
        scene.render_into(target)
        assert (target == n + 1).all()


@pytest.mark.parametrize("value", [True, 1, "yes", "true"])
def test_persistent_and_float_are_written_in_many_ways(context: zcgpu.Context, value: Any) -> None:
    source = shader(
        "gl_FragColor = IMG_THIS_PIXEL(kept) + vec4(0.75);",
        passes=[{"TARGET": "kept", "PERSISTENT": value, "FLOAT": value}],
    )
    scene = context.scene(source)
    scene.render(1, 1)
    assert np.asarray(scene.render(1, 1))[0, 0, 0] == 1.5
