"""An array shows a frame's pixels after frame and context are closed and dropped.

wgpu: SIGSEGV on a mapped view after its owner went. PyAV's plane views stay valid: the model.
"""

import numpy as np
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "views"


def run(lab: Lab) -> None:
    context = zcgpu.Context()
    frame = solid(context, 200, 100, 50).render(8, 8)
    view = np.asarray(frame)
    frame.close()
    context.close()
    del frame, context
    lab.expect(view, (200, 100, 50, 255), "the view of what is closed")
