"""A C caller resets a scene by a handle that was given up, after another scene was made.

VVISF: a scene pointer kept across a reload is the next scene's. Its feedback is wiped out.
"""

from crash import abi
from crash.lab import Lab
from sources import COUNTER

import zcgpu

WITHOUT = "handles"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context, abi.context() as own:
        gone = abi.scene(own, COUNTER)
        stale = gone.copy()
        abi.call("zcg_scene_destroy", abi.reference(gone))
        scene = context.scene(COUNTER)
        for n in range(1, 4):
            lab.expect(scene.render(8, 8), n, f"frame {n}")
        with lab.refused(abi.StatusError, "resetting a scene that is gone"):
            abi.call("zcg_scene_reset", stale)
        lab.expect(scene.render(8, 8), 4, "frame 4")
