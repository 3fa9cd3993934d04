"""A frame is read while a host has a context of its own current.

moderngl: reading context A's texture while B is current returns B's pixels.
"""

import moderngl
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "bindings sentinels"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        frame = solid(context, 200, 100, 50).render(8, 8)
        host = moderngl.create_context(standalone=True, backend="egl")  # type: ignore[arg-type]
        canvas = host.simple_framebuffer((8, 8))
        canvas.clear(1.0, 0.0, 0.0, 1.0)
        lab.expect(frame, (200, 100, 50, 255), "our frame")
        lab.expect_bytes(canvas.read(components=4), [255, 0, 0, 255], "the host's canvas")
        host.release()
