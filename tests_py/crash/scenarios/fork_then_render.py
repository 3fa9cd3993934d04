"""A child of fork renders with the scene that its parent made.

pyvvisf 0.2.1, moderngl, wgpu: it hangs for ever; the driver's threads did not come along.
"""

import os
import signal

from crash.lab import PATIENCE, Lab, solid

import zcgpu

WITHOUT = "forks"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        scene = solid(context, 200, 100, 50)
        lab.expect(scene.render(64, 64), (200, 100, 50, 255), "the frame before")
        child = os.fork()
        if child == 0:
            signal.alarm(PATIENCE)
            with lab.refused(zcgpu.ForkError, "rendering in a child of fork"):
                lab.expect(scene.render(64, 64), (200, 100, 50, 255), "the child's frame")
            os._exit(lab.verdict())
        lab.expect_end(child, "the child of fork")
        lab.expect(scene.render(64, 64), (200, 100, 50, 255), "the parent's frame")
