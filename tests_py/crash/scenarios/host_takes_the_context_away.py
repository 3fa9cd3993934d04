"""Inside a batch a careless host makes nothing current on this thread; then we draw.

napari-cuda: draws with no current context: every call does nothing, and the picture is what lay in
memory.
"""

import hosts
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "bindings sentinels errors"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        scene = solid(context, 200, 100, 50)
        with context.batch():
            scene.render(8, 8).close()
            hosts.make_nothing_current()
            frame = scene.render(8, 8)
        lab.expect(frame, (200, 100, 50, 255), "the frame")
