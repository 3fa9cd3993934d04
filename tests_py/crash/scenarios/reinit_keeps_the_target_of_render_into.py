"""render_into draws before and after a reinitialisation, in which others made textures.

napari-cuda: a cache of textures kept across the viewer's new context drew into names that others
had by then.
"""

import numpy as np
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "generations"


def run(lab: Lab) -> None:
    target = np.zeros((8, 8, 4), np.uint8)
    with zcgpu.Context() as context:
        scene = solid(context, 200, 100, 50)
        lab.expect(scene.render_into(target), (200, 100, 50, 255), "the target")
        context.reinitialize()
        twin = solid(context, 200, 100, 50)  # the same names as the kept scene's
        others = [context.frame(np.full((8, 8, 4), n, np.uint8)) for n in range(6)]
        lab.expect(scene.render_into(target), (200, 100, 50, 255), "the target afterwards")
        for n, frame in enumerate(others):
            lab.expect(frame, n, f"somebody else's frame {n}")
        lab.expect(twin.render(8, 8), (200, 100, 50, 255), "the other scene")
