"""A scene with a persistent buffer is kept across a reinitialisation and rendered on.

pyvvisf 0.2.1: the buffers' names are those of other textures now, which the scene reads as its own
past and draws over. Ours starts anew.
"""

import numpy as np
from crash.lab import Lab
from sources import COUNTER

import zcgpu

WITHOUT = "generations errors"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        scene = context.scene(COUNTER)
        for n in range(1, 4):
            lab.expect(scene.render(8, 8), n, f"frame {n}")
        context.reinitialize()
        twin = context.scene(COUNTER)  # the same names as the kept scene's
        others = [context.frame(np.full((8, 8, 4), 100 + n, np.uint8)) for n in range(6)]
        for n in range(1, 4):
            lab.expect(scene.render(8, 8), n, f"frame {n} of the new generation")
        for n, frame in enumerate(others):
            lab.expect(frame, 100 + n, f"somebody else's frame {n}")
        lab.expect(twin.render(8, 8), 1, "the other scene's first frame")
