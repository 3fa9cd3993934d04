"""A frame is read after its context was closed and EGL gave the next one the same handle.

napari-cuda: a context was known by its address, which a later one gets: the frame shows a picture
of a context that it was never in.
"""

import numpy as np
from crash.cue import Cue
from crash.lab import Lab

import zcgpu

WITHOUT = "phases"


def run(lab: Lab) -> None:
    Cue()
    closed = zcgpu.Context()
    old = closed.frame(np.full((8, 8, 4), 7, np.uint8))
    closed.close()
    with zcgpu.Context() as context:
        new = context.frame(np.full((8, 8, 4), 9, np.uint8))
        with lab.refused(zcgpu.ClosedError, "reading a frame of a closed context"):
            lab.expect(old, 7, "the frame of the closed context")
        lab.expect(new, 9, "the new context's frame")
