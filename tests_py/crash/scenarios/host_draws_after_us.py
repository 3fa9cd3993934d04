"""A host with a GL context of its own draws after a call of ours.

Every headless renderer that shares a process with a viewer: the host's next draw goes into our
context, over our textures.
"""

import moderngl
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "hosts"


def run(lab: Lab) -> None:
    host = moderngl.create_context(standalone=True, backend="egl")  # type: ignore[arg-type]
    with zcgpu.Context() as context:
        canvas = host.simple_framebuffer((8, 8))
        canvas.clear(0.0, 1.0, 0.0, 1.0)
        frame = solid(context, 200, 100, 50).render(8, 8)
        canvas.clear(1.0, 0.0, 0.0, 1.0)
        lab.expect(frame, (200, 100, 50, 255), "our frame")
        lab.expect_bytes(canvas.read(components=4), [255, 0, 0, 255], "the host's canvas")
    host.release()
