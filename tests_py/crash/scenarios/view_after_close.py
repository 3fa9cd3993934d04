"""An array shows a frame's pixels after the frame is closed.

wgpu: SIGSEGV on a mapped view after unmap and destroy. zengl: a read after release returns what
lies on the heap.
"""

import numpy as np
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "views"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        frame = solid(context, 200, 100, 50).render(8, 8)
        view = np.asarray(frame)
        lab.expect(view, (200, 100, 50, 255), "the view")
        pixels = memoryview(frame)
        frame.close()
        del frame
        lab.expect(view, (200, 100, 50, 255), "the view of the closed frame")
        lab.expect(np.asarray(pixels), (200, 100, 50, 255), "the memoryview of the closed frame")
