"""Numbers that only newer OpenGL converts by itself, for shaders that were written there."""

import numpy as np
from ladder import LADDER
from sources import shader

import zcgpu

BEFORE = """
uint third(uint n) { uint at = 3; if (n > 2) at = 2; return at; }
float last(int count) { if (count > 99) return 0; return count - 1; }
"""


def test_desktop_opengl_3_3_converts_what_4_5_does() -> None:
    source = shader(
        "gl_FragColor = vec4(last(52 + PASSINDEX), third(5u) * 51u, third(0u), 255.0) / 255.0;",
        before=BEFORE,
    )
    for rung in ("gl", "gl-3.3"):
        with zcgpu.Context(**LADDER[rung]) as context, context.scene(source) as scene:
            assert np.asarray(scene.render(1, 1))[0, 0].tolist() == [51, 102, 3, 255]
