"""A frame of one context is given to a scene of another.

moderngl: a texture of context A used while B is current is B's texture of that name, silently.
"""

from crash.lab import Lab, solid
from sources import FILTER

import zcgpu

WITHOUT = "contexts"


def run(lab: Lab) -> None:
    with zcgpu.Context() as one, zcgpu.Context() as other:
        theirs = solid(one, 200, 100, 50).render(8, 8)
        ours = solid(other, 1, 2, 3).render(8, 8)
        filter_ = other.scene(FILTER)
        with lab.refused(zcgpu.WrongContextError, "the frame of another context"):
            filter_.inputs["inputImage"] = theirs
            lab.expect(filter_.render(8, 8), (200, 100, 50, 255), "the other context's frame")
        filter_.inputs["inputImage"] = theirs.to_numpy()
        lab.expect(filter_.render(8, 8), (200, 100, 50, 255), "the frame, carried over")
        lab.expect(ours, (1, 2, 3, 255), "the frame of this context")
