"""Two threads draw with scenes of their own in one context at once.

pyvvisf 0.9.0: five threads with renderers of their own: segmentation fault.
"""

from crash.cue import Cue
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "turns sentinels errors"


def run(lab: Lab) -> None:
    cue = Cue()
    drawn: list[zcgpu.Frame] = []
    with zcgpu.Context() as context:
        one, other = solid(context, 200, 100, 50), solid(context, 1, 2, 3)
        with cue.held("glDrawArrays", lambda: drawn.append(one.render(8, 8))):
            theirs = other.render(8, 8)
        lab.expect(drawn[0], (200, 100, 50, 255), "the one thread's frame")
        lab.expect(theirs, (1, 2, 3, 255), "the other thread's frame")
