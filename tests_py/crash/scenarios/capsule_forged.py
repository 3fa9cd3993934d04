"""A capsule is made up, with a number in it that was never a handle.

napari-cuda: casts whatever Python object it is given. The number is the place of somebody else's
frame, which the forger then owns, and gives up.
"""

from crash import abi
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "handles"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        held = solid(context, 1, 2, 3).render(8, 8)
        with lab.refused(TypeError, "a forged capsule"):
            zcgpu.from_capsule(abi.forged_capsule(0x7FFF_0000_0000_0000)).close()
        other = solid(context, 4, 5, 6).render(8, 8)
        lab.expect(held, (1, 2, 3, 255), "the frame whose place was guessed")
        lab.expect(other, (4, 5, 6, 255), "the frame made later")
