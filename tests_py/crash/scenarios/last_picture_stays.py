"""A frame cannot be drawn, since the context is closed; the target still has the one before.

napari-cuda: on failure it keeps the last image, and tells nobody.
"""

import numpy as np
from crash.lab import Lab
from sources import colour, number

import zcgpu

WITHOUT = "phases errors"


def run(lab: Lab) -> None:
    target = np.zeros((8, 8, 4), np.uint8)
    context = zcgpu.Context()
    scene = context.scene(colour("vec4(level / 255.0)", inputs=[number("level")]))
    lab.expect(scene.render_into(target, inputs={"level": 7.0}), 7, "the first frame")
    context.close()
    with lab.refused(zcgpu.ClosedError, "rendering in a closed context"):
        lab.expect(scene.render_into(target, inputs={"level": 9.0}), 9, "the second frame")
