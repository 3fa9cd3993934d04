"""A host has left its scissor test on when a guest draws.

vispy, pyglet: a guest's picture lacks what the host's leftover state cuts off.
"""

import host_gl
import hosts
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "states"
SCISSOR_TEST = 0x0C11


def run(lab: Lab) -> None:
    with hosts.context(hosts.OPENGL, (4, 5), hosts.CORE), zcgpu.Context.from_current() as context:
        scene = solid(context, 200, 100, 50)
        host_gl.call("glEnable", SCISSOR_TEST)
        host_gl.call("glScissor", 0, 0, 1, 1)
        lab.expect(scene.render(8, 8), (200, 100, 50, 255), "our frame")
