"""An array made by DLPack shows a frame's pixels after frame and context are closed and dropped.

PyTorch beside GL: the producer's memory goes while the consumer still has it.
"""

import numpy as np
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "views"


def run(lab: Lab) -> None:
    context = zcgpu.Context()
    frame = solid(context, 200, 100, 50).render(8, 8)
    array = np.from_dlpack(frame)
    lab.expect(array, (200, 100, 50, 255), "the array")
    frame.close()
    context.close()
    del frame, context
    lab.expect(array, (200, 100, 50, 255), "the array, its producer gone")
