"""Floats have 32 bits whatever the author says; OpenGL ES may take `mediump` at its word."""

import numpy as np
import pytest
from sources import colour

import zcgpu

SQUARE = "float square(float x) { return x * x / 360000.0; }"


@pytest.mark.parametrize(
    "before",
    [
        SQUARE,
        f"precision mediump float;\n{SQUARE}",
        f"#ifdef GL_ES\nprecision lowp float;\n#endif\n{SQUARE}",
        "mediump float square(mediump float x) { lowp float y = x * x; return y / 360000.0; }",
    ],
)
def test_mediump_and_lowp_are_highp(each_rung: zcgpu.Context, before: str) -> None:
    scene = each_rung.scene(colour("vec4(square(TIME))", before=before))
    # Half a float would hold nothing beyond 65504.
    assert (np.asarray(scene.render(2, 2, time=300.0)) == 64).all()


def test_a_macro_of_that_name_is_the_authors(each_dialect: zcgpu.Context) -> None:
    before = f"#define lowp\n{SQUARE.replace('float x)', 'lowp float x)')}"
    scene = each_dialect.scene(colour("vec4(square(TIME))", before=before))
    assert (np.asarray(scene.render(2, 2, time=300.0)) == 64).all()
