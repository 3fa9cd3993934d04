"""A child of fork reads a frame that its parent had begun to draw.

moderngl, wgpu: it waits for threads that only the parent has.
"""

import os
import signal

import numpy as np
from crash.lab import PATIENCE, Lab, solid

import zcgpu

WITHOUT = "forks"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        frame = solid(context, 200, 100, 50).render(512, 512)
        child = os.fork()
        if child == 0:
            signal.alarm(PATIENCE)
            with lab.refused(zcgpu.ForkError, "reading in a child of fork"):
                lab.expect(np.asarray(frame), (200, 100, 50, 255), "the child's frame")
            os._exit(lab.verdict())
        lab.expect_end(child, "the child of fork")
        lab.expect(frame, (200, 100, 50, 255), "the parent's frame")
