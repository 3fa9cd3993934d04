"""A frame of the generation before is dropped while a new one of its size is in use.

napari-cuda: what was of the old context is given back in the new one; there the name is somebody
else's, who finds another picture in it.
"""

from crash.lab import Lab, settle, solid

import zcgpu

WITHOUT = "generations"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        old = solid(context, 200, 100, 50).render(8, 8)
        context.reinitialize()
        scene = solid(context, 1, 2, 3)
        held = scene.render(8, 8)
        old.close()
        settle(context)
        others = [solid(context, 9, 9, n).render(8, 8) for n in range(4)]
        lab.expect(held, (1, 2, 3, 255), "the frame that nobody dropped")
        for n, frame in enumerate(others):
            lab.expect(frame, (9, 9, n, 255), f"frame {n} after it")
