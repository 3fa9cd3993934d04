"""A scene of the generation before is dropped while one of the new generation is in use.

VVISF: a shader's destructor deletes its program by name, in the context of today: somebody else's.
The scene that had it draws nothing from then on.
"""

from crash.lab import Lab, settle, solid

import zcgpu

WITHOUT = "generations errors"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        old = solid(context, 200, 100, 50)
        context.reinitialize()
        held = solid(context, 1, 2, 3)
        lab.expect(held.render(8, 8), (1, 2, 3, 255), "the scene before")
        old.close()
        settle(context)
        later = solid(context, 4, 5, 6)
        lab.expect(later.render(8, 8), (4, 5, 6, 255), "the scene made later")
        lab.expect(held.render(8, 8), (1, 2, 3, 255), "the scene that nobody dropped")
