"""A frame is closed by who made it, while a scene has it as its image.

napari-cuda: the cache kept a picture without a role of its own, and close() took every role away.
The next frame of that size is drawn over what the scene still shows.
"""

from crash.lab import Lab, settle, solid
from sources import FILTER

import zcgpu

WITHOUT = "holders"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        shown = solid(context, 200, 100, 50).render(8, 8)
        filter_ = context.scene(FILTER)
        filter_.inputs["inputImage"] = shown
        shown.close()
        settle(context)
        held = [solid(context, 9, 9, n).render(8, 8) for n in range(4)]
        lab.expect(filter_.render(8, 8), (200, 100, 50, 255), "what the scene shows")
        for n, frame in enumerate(held):
            lab.expect(frame, (9, 9, n, 255), f"frame {n}")
