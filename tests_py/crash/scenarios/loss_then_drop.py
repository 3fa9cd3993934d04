"""A context is lost and made anew; what was of the lost one is dropped while the new one is in use.

napari-cuda: fences and textures of the lost context were deleted in the new one.
"""

from crash.lab import Lab, settle, solid

import zcgpu

WITHOUT = "generations"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        scene = solid(context, 200, 100, 50)
        old = scene.render(8, 8)
        context.simulate_loss()
        with lab.refused(zcgpu.ContextLostError, "rendering in a lost context"):
            scene.render(8, 8)
        context.reinitialize()
        held = solid(context, 1, 2, 3).render(8, 8)
        old.close()
        settle(context)
        later = [solid(context, 9, 9, n).render(8, 8) for n in range(4)]
        lab.expect(held, (1, 2, 3, 255), "the frame that nobody dropped")
        for n, frame in enumerate(later):
            lab.expect(frame, (9, 9, n, 255), f"frame {n} after it")
