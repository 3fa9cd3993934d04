"""A scene is rendered after its context was closed.

pyvvisf 0.9.0: silent black. pyvvisf 0.2.1: the context pointer is used after it was freed.
"""

from crash.lab import Lab, solid

import zcgpu

WITHOUT = "phases errors"


def run(lab: Lab) -> None:
    context = zcgpu.Context()
    scene = solid(context, 200, 100, 50)
    scene.render(8, 8)
    context.close()
    with lab.refused(zcgpu.ClosedError, "rendering in a closed context"):
        lab.expect(scene.render(8, 8), (200, 100, 50, 255), "the frame after")
