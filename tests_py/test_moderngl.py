"""moderngl as a host: its drawing and ours, in one context, in turns."""

from collections.abc import Iterator

import host_gl
import hosts
import moderngl
import numpy as np
import pytest
from expected import noise
from sources import COUNTER, FILTER

import zcgpu

VERTEX = """
#version 330
in vec2 corner;
out vec2 at;
void main() { at = corner * 0.5 + 0.5; gl_Position = vec4(corner, 0.0, 1.0); }
"""
FRAGMENT = """
#version 330
uniform sampler2D picture;
uniform float level;
in vec2 at;
out vec4 color;
void main() { color = vec4(texture(picture, at).rgb, level); }
"""


@pytest.fixture
def host() -> Iterator[moderngl.Context]:
    """A context of moderngl's without a window, current."""
    made = moderngl.create_context(standalone=True, backend="egl")  # type: ignore[arg-type]
    yield made
    hosts.make_current(None, display=hosts.binding().display)
    made.release()


def test_its_drawing_and_ours_take_turns(host: moderngl.Context) -> None:
    picture = noise(4, 4)
    target = host.simple_framebuffer((4, 4))
    program = host.program(vertex_shader=VERTEX, fragment_shader=FRAGMENT)
    corners = host.buffer(np.float32([-1, -1, 3, -1, -1, 3]).tobytes())  # type: ignore[arg-type]
    array = host.vertex_array(program, [(corners, "2f", "corner")])
    texture = host.texture((4, 4), 4, picture[::-1].tobytes())
    texture.filter = (moderngl.NEAREST, moderngl.NEAREST)
    texture.use(3)
    program["picture"] = 3
    sampler = host.sampler(filter=(moderngl.NEAREST, moderngl.NEAREST))
    sampler.use(3)
    with zcgpu.Context.from_current() as context:
        counter, filtered = context.scene(COUNTER), context.scene(FILTER)
        for n in range(1, 6):
            target.use()
            target.clear(0.0, 0.0, 0.0, 0.0)
            host.enable(moderngl.BLEND | moderngl.CULL_FACE | moderngl.DEPTH_TEST)
            host.blend_func = moderngl.ONE, moderngl.ZERO
            program["level"] = n / 5
            before = host_gl.state()
            assert (np.asarray(counter.render(3, 3)) == n).all()
            shown = filtered.render(4, 4, inputs={"inputImage": picture})
            assert (np.asarray(shown) == picture).all()
            assert host_gl.state() == before
            array.render(vertices=3)
            drawn = np.frombuffer(target.read(components=4), np.uint8).reshape(4, 4, 4)[::-1]
            assert (drawn[..., :3] == picture[..., :3]).all()
            assert (drawn[..., 3] == 51 * n).all()
            assert host.error == "GL_NO_ERROR"
    assert host_gl.state()["program"] == before["program"]


def test_what_moderngl_makes_and_drops_is_not_ours(host: moderngl.Context) -> None:
    with zcgpu.Context.from_current() as context:
        scene = context.scene(COUNTER)
        for n in range(1, 20):
            texture = host.texture((4, 4), 4)
            framebuffer = host.framebuffer([texture])
            assert (np.asarray(scene.render(2 + n, 2)) == n).all()
            framebuffer.release()
            texture.release()
    assert host.error == "GL_NO_ERROR"
