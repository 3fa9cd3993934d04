"""A scene shows a video; its context is reinitialised, and the same time is shown again.

napari-cuda: the last picture is kept for the next paint, by the name of its texture. In the new
context that is the name of another's.
"""

import numpy as np
from crash import films
from crash.lab import Lab
from sources import FILTER

import zcgpu

WITHOUT = "generations errors"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context, zcgpu.open_video(films.shot(235, "mkv")) as video:
        scene = context.scene(FILTER)
        scene.inputs["inputImage"] = video
        lab.expect(scene.render(8, 8, time=0.2), 255, "the video")
        context.reinitialize()
        others = [context.frame(np.full((64, 64, 4), n, np.uint8)) for n in range(1, 9)]
        lab.expect(scene.render(8, 8, time=0.2), 255, "the video after a reinitialisation")
        for n, other in enumerate(others, 1):
            lab.expect(other, n, "somebody else's picture")
