"""Two threads use one scene at once: one reads its frame, the other renders the next.

pyvvisf 0.2.1: five threads on one scene: segmentation fault, or black. A GL context is current
on one thread at a time; the other's calls do nothing, and nobody asks.
"""

import numpy as np
from crash.cue import Cue
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "turns sentinels errors"


def run(lab: Lab) -> None:
    cue = Cue()
    with zcgpu.Context() as context:
        scene = solid(context, 200, 100, 50)
        first = scene.render(8, 8)
        with cue.held("glReadPixels", lambda: np.asarray(first)):
            second = scene.render(8, 8)
        lab.expect(first, (200, 100, 50, 255), "the frame that was read meanwhile")
        lab.expect(second, (200, 100, 50, 255), "the frame that was drawn meanwhile")
