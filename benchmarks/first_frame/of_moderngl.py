"""One frame by moderngl, without NumPy: a whole process."""

import sys

import moderngl  # type: ignore[import-not-found, unused-ignore]

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

pixels = bytearray(256 * 256 * 4)
context = moderngl.create_context(
    standalone=True,
    backend="egl",  # type: ignore[arg-type, unused-ignore]
    require=450,
)
program = context.program(vertex_shader=VERTEX, fragment_shader=FRAGMENT)
program["speed"] = 1.0
program["TIME"] = 0.5
target = context.framebuffer([context.texture((256, 256), 4)])
target.use()
context.vertex_array(program, []).render(vertices=3)
target.read_into(pixels, components=4)
if pixels[2] not in (127, 128):
    sys.exit("this is not the picture")
