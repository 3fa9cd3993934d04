"""A scene's image was made in the generation before.

pyvvisf 0.2.1: "Failed to bind texture: 1282", or the picture of another texture of that name.
"""

import numpy as np
from crash.lab import Lab
from sources import FILTER

import zcgpu

WITHOUT = "generations"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        filter_ = context.scene(FILTER)
        filter_.inputs["inputImage"] = np.full((8, 8, 4), 7, np.uint8)
        context.reinitialize()
        twin = context.scene(FILTER)  # the same names as the kept scene's
        others = [context.frame(np.full((8, 8, 4), n, np.uint8)) for n in (8, 9)]
        with lab.refused(zcgpu.StaleError, "showing a picture of the generation before"):
            lab.expect(filter_.render(8, 8), 7, "the old picture")
        filter_.inputs["inputImage"] = others[1]
        lab.expect(filter_.render(8, 8), 9, "the new picture")
        lab.expect(twin.render(8, 8), 0, "the other scene")
