"""Fifty times: clean up, reinitialise, make new objects, render, read back; pictures are kept.

pyvvisf 0.2.1: segmentation fault, for which its own test is skipped. The clean-up frees what the
pictures of the round before still show; what is dropped later is deleted in the new context.
"""

import numpy as np
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "all"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        pictures = []
        for n in range(50):
            scene = solid(context, n, 255, 0)
            frame = scene.render(16, 16)
            pictures.append(np.asarray(frame))
            frame.close()
            scene.close()
            context.reinitialize()
            for round_, picture in enumerate(pictures):
                lab.expect(picture, (round_, 255, 0, 255), f"the picture of round {round_}")
