"""A scene is rendered after a reinitialisation in which another scene was compiled.

pyvvisf 0.2.1: names are counted anew in each context, so the kept scene draws with the program of
the new one: another picture, and no GL error to tell.
"""

from crash.lab import Lab, solid

import zcgpu

WITHOUT = "generations"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        kept = solid(context, 200, 100, 50)
        context.reinitialize()
        other = solid(context, 1, 2, 3)
        lab.expect(other.render(8, 8), (1, 2, 3, 255), "the new scene")
        lab.expect(kept.render(8, 8), (200, 100, 50, 255), "the kept scene")
