"""One thread is in the middle of a frame when another reinitialises the context and draws on.

pyvvisf 0.2.1: segmentation fault. The frame that was begun in the old context is finished in none,
and its names are read in the new one.
"""

from crash.cue import Cue
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "turns generations"


def run(lab: Lab) -> None:
    cue = Cue()
    drawn: list[zcgpu.Frame] = []
    with zcgpu.Context() as context:
        scene = solid(context, 200, 100, 50)
        with cue.held("glDrawArrays", lambda: drawn.append(scene.render(8, 8))):
            context.reinitialize()
            new = solid(context, 1, 2, 3)
            frame = new.render(8, 8)
        with lab.refused(zcgpu.StaleError, "reading the frame of the generation before"):
            lab.expect(drawn[0], (200, 100, 50, 255), "the frame that was being drawn")
        lab.expect(frame, (1, 2, 3, 255), "the new generation's frame")
        lab.expect(scene.render(8, 8), (200, 100, 50, 255), "the kept scene")
