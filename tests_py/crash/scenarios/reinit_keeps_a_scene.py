"""One scene is kept across five reinitialisations and rendered after each.

pyvvisf 0.2.1: (0, 0, 0, 0) everywhere, and no error: the old program's name means nothing in the
new context.
"""

from crash.lab import Lab, solid

import zcgpu

WITHOUT = "generations errors"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        scene = solid(context, 200, 100, 50)
        for n in range(5):
            context.reinitialize()
            lab.expect(scene.render(8, 8), (200, 100, 50, 255), f"the scene after reinit {n + 1}")
