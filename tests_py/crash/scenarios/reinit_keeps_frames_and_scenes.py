"""Three reinitialisations; scenes and frames of every generation are kept, and used at the end.

pyvvisf 0.2.1: old scenes draw black or each other's pictures, old buffers show whatever has their
name now; dropping them at exit deletes the new ones.
"""

from crash.lab import Lab, solid

import zcgpu

WITHOUT = "generations"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        scenes, frames = [], []
        for n in range(4):
            scenes.append(solid(context, n, 2, 3))
            frames.append(scenes[n].render(8, 8))
            if n < 3:
                context.reinitialize()
        for n, frame in enumerate(frames[:3]):
            with lab.refused(zcgpu.StaleError, f"reading the frame of generation {n + 1}"):
                lab.expect(frame, (n, 2, 3, 255), f"the frame of generation {n + 1}")
        lab.expect(frames[3], (3, 2, 3, 255), "the frame of the last generation")
        for n, scene in enumerate(scenes):
            lab.expect(scene.render(8, 8), (n, 2, 3, 255), f"the scene of generation {n + 1}")
