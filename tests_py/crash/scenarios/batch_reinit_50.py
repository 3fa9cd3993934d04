"""Fifty times: clean the pool up, reinitialise, make new objects, render, read back; pictures stay.

pyvvisf 0.2.1: segmentation fault, for which its own test is skipped. The clean-up frees what the
pictures of the rounds before still show; what is dropped later is deleted in the new context.
"""

import numpy as np
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "all"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        pictures = []
        for n in range(50):
            context.pool().cleanup()
            context.reinitialize()
            scene = solid(context, n, 255, 0)
            frame = scene.render(16, 16)
            pictures.append(np.asarray(frame))
            frame.close()
            scene.close()
            for round_, picture in enumerate(pictures):
                lab.expect(picture, (round_, 255, 0, 255), f"the picture of round {round_}")
