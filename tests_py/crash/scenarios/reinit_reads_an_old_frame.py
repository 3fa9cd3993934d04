"""A frame of the generation before is read after the new one has drawn its own.

pyvvisf 0.2.1: "Failed to bind texture: 1282", or another texture's pixels, since names are reused.
"""

import numpy as np
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "generations"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        old = solid(context, 200, 100, 50).render(8, 8)
        context.reinitialize()
        new = solid(context, 1, 2, 3).render(8, 8)
        with lab.refused(zcgpu.StaleError, "reading the old frame"):
            lab.expect(np.asarray(old), (200, 100, 50, 255), "the old frame")
        lab.expect(new, (1, 2, 3, 255), "the new frame")
