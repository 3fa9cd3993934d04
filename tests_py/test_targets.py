"""Copies of the buffers that passes draw into."""

import numpy as np
import pytest
from expected import assert_shows, positions, rgba
from sources import COUNTER, GRADIENT, shader

import zcgpu

TWO = shader(
    """
    if (PASSINDEX == 0) { gl_FragColor = vec4(isf_FragNormCoord, 0.25, 1.0); }
    else if (PASSINDEX == 1) { gl_FragColor = IMG_NORM_PIXEL(small, isf_FragNormCoord) * 2.0; }
    else { gl_FragColor = vec4(0.0, 0.0, 1.0, 1.0); }
    """,
    passes=[
        {"TARGET": "small", "WIDTH": "$WIDTH / 2", "HEIGHT": "$HEIGHT / 4"},
        {"TARGET": "deep", "WIDTH": "4", "HEIGHT": "1", "FLOAT": True},
        {},
    ],
)


def test_a_copy_has_what_the_pass_drew_at_the_passes_size(each_rung: zcgpu.Context) -> None:
    scene = each_rung.scene(TWO)
    assert scene.target("small") is None
    scene.render(16, 16)
    small, deep = scene.target("small"), scene.target("deep")
    assert small is not None
    assert deep is not None
    x, y = positions(8, 4)
    assert_shows(small, rgba(x, y, 0.25, 1.0))
    assert deep.dtype == "float32"
    # The middle of the small buffer's height lies between its rows 1 and 2.
    x, _ = positions(4, 1)
    expected = rgba(2 * x, 1.0, 0.5, 2.0)
    np.testing.assert_allclose(np.asarray(deep), expected, atol=2 / 255 + 1e-6)


def test_a_copy_is_a_frame_of_its_own(context: zcgpu.Context) -> None:
    scene = context.scene(COUNTER)
    copies = []
    for n in range(1, 5):
        scene.render(2, 2)
        copy = scene.target("kept")
        assert copy is not None
        copies.append((n, copy))
    scene.close()
    for n, copy in copies:
        assert (np.asarray(copy) == n).all()


def test_nothing_is_there_before_a_frame_of_this_generation() -> None:
    with zcgpu.Context() as context:
        scene = context.scene(COUNTER)
        assert scene.target("kept") is None
        scene.render(2, 2)
        old = scene.target("kept")
        assert old is not None
        context.reinitialize()
        assert scene.target("kept") is None
        assert not old.usable
        scene.render(2, 2)
        assert scene.target("kept") is not None


def test_a_name_that_no_pass_has_is_told_with_those_there_are(context: zcgpu.Context) -> None:
    with pytest.raises(zcgpu.InvalidArgumentError, match="the TARGETs are small, deep"):
        context.scene(TWO).target("smal")
    with pytest.raises(zcgpu.InvalidArgumentError, match="have no TARGET"):
        context.scene(GRADIENT).target("")
    with pytest.raises(zcgpu.WrongTypeError, match="name is a str"):
        context.scene(TWO).target(1)  # type: ignore[arg-type]


def test_a_closed_scene_has_no_targets(context: zcgpu.Context) -> None:
    scene = context.scene(COUNTER)
    scene.render(2, 2)
    scene.close()
    with pytest.raises(zcgpu.ClosedError):
        scene.target("kept")
