"""A scene is dropped while another context is current on this thread.

VVISF: the thread of the last reference deletes, in whatever context it has: another's program.
"""

from crash.lab import Lab, solid

import zcgpu

WITHOUT = "burials errors"


def run(lab: Lab) -> None:
    with zcgpu.Context() as one, zcgpu.Context() as other:
        dropped = solid(one, 200, 100, 50)
        held = solid(other, 1, 2, 3)
        with other.batch():
            dropped.close()
        later = solid(other, 4, 5, 6)
        lab.expect(later.render(8, 8), (4, 5, 6, 255), "the scene made later")
        lab.expect(held.render(8, 8), (1, 2, 3, 255), "the other context's scene")
