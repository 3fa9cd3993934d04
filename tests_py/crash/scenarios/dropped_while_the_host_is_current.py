"""A frame is dropped while a host has a context of its own current.

mujoco, moderngl, pyglet: `__del__` deletes the names in the host's context: its own textures.
"""

import moderngl
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "burials"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        frames = [solid(context, 200, 100, n).render(8, 8) for n in range(4)]
        host = moderngl.create_context(standalone=True, backend="egl")  # type: ignore[arg-type]
        canvas = host.simple_framebuffer((8, 8))
        canvas.clear(1.0, 0.0, 0.0, 1.0)
        while frames:
            frames.pop().close()
        lab.expect_bytes(canvas.read(components=4), [255, 0, 0, 255], "the host's canvas")
        host.release()
