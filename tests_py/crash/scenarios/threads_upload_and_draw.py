"""One thread uploads a picture while another compiles a scene and draws.

pyvvisf 0.9.0: threads share the one global window, and draw into each other's state.
"""

import numpy as np
from crash.cue import Cue
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "turns sentinels errors"


def run(lab: Lab) -> None:
    cue = Cue()
    made: list[zcgpu.Frame] = []
    picture = np.full((8, 8, 4), 7, np.uint8)
    with zcgpu.Context() as context:
        scene = solid(context, 1, 2, 3)
        with cue.held("glTexSubImage2D", lambda: made.append(context.frame(picture))):
            drawn = scene.render(8, 8)
        lab.expect(made[0], 7, "the picture")
        lab.expect(drawn, (1, 2, 3, 255), "the frame")
