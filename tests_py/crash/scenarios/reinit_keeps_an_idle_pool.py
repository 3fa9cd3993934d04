"""A pool has idle textures when its context is reinitialised; then frames are taken from it.

pyvvisf 0.2.1: the global buffer pool hands out names of the old context: in the new one they are
those of frames that somebody holds.
"""

import numpy as np
from crash.lab import Lab, settle

import zcgpu

WITHOUT = "generations"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        for n in range(4):
            context.frame(np.full((8, 8, 4), n, np.uint8)).close()
            settle(context)
        context.reinitialize()
        with context.pool(budget=1 << 20) as pool:
            held = [pool.frame(8, 8) for _ in range(4)]
            taken = [context.frame(np.full((8, 8, 4), 9 + n, np.uint8)) for n in range(4)]
            for n, frame in enumerate(held):
                lab.expect(frame, 0, f"frame {n} of the other pool")
            for n, frame in enumerate(taken):
                lab.expect(frame, 9 + n, f"frame {n} of the context's own")
