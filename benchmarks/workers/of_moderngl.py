"""The same work by moderngl: the shader as GLSL, each call the quickest that it offers."""

from functools import partial
from importlib import import_module
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.workers import protocol

VERTEX = """#version 450
out vec2 isf_FragNormCoord;
void main() {
  isf_FragNormCoord = vec2(float((gl_VertexID & 1) << 1), float(gl_VertexID & 2));
  gl_Position = vec4(isf_FragNormCoord * 2.0 - 1.0, 0.0, 1.0);
}
"""

FRAGMENT = """#version 450
in vec2 isf_FragNormCoord;
out vec4 color;
uniform float TIME;
uniform float speed;
void main() { color = vec4(isf_FragNormCoord, fract(TIME * speed), 1.0); }
"""


def draw(program: Any, triangle: Any, target: Any, pixels: NDArray[np.uint8], count: int) -> None:
    """Frames, read into the caller's array."""
    target.use()
    for frame in range(count):
        program["TIME"] = frame / 60
        triangle.render(vertices=3)
        target.read_into(pixels, components=4)


def set_input(program: Any, count: int) -> None:
    """A uniform by its name."""
    for _ in repeat(None, count):
        program["speed"] = 2.0


def switch_outside(one: Any, other: Any, count: int) -> None:
    """A context for the length of a `with`; moderngl leaves nothing current."""
    for _ in repeat(None, count // 2):
        with one:
            pass
        with other:
            pass
    one.__enter__()


def switch_bare(one: Any, other: Any, count: int) -> None:
    """One context after the other, with no way back in between."""
    for _ in repeat(None, count // 2):
        other.__enter__()
        one.__enter__()


def main() -> None:
    """Makes two contexts and serves."""
    moderngl: Any = import_module("moderngl")
    other = moderngl.create_context(standalone=True, backend="egl", require=450)
    one = moderngl.create_context(standalone=True, backend="egl", require=450)
    program = one.program(vertex_shader=VERTEX, fragment_shader=FRAGMENT)
    program["speed"] = 1.0
    triangle = one.vertex_array(program, [])
    small, large = (
        partial(
            draw,
            program,
            triangle,
            one.framebuffer([one.texture((width, height), 4)]),
            np.ones((height, width, 4), np.uint8),
        )
        for width, height in ((64, 64), (1920, 1080))
    )
    jobs: dict[str, protocol.Job] = {
        "draw-small": small,
        "draw-large": large,
        "set": partial(set_input, program),
        "empty-loop": protocol.empty_loop,
        "switch-from-nothing": partial(switch_outside, one, other),
        "switch-bare": partial(switch_bare, one, other),
    }
    info = one.info
    version = f"moderngl {moderngl.__version__}"
    protocol.serve(f"{info['GL_RENDERER']}, {info['GL_VERSION']}; {version}", jobs)


if __name__ == "__main__":
    main()
