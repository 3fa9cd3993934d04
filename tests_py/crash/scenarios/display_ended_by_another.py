"""One context is closed while another lives on the same display.

pyrender's delete() terminates the display that all share, as Genesis found: the other renderer
draws black.
"""

from crash.lab import Lab, solid

import zcgpu

WITHOUT = "displays sentinels errors"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        scene = solid(context, 200, 100, 50)
        zcgpu.Context().close()
        lab.expect(scene.render(8, 8), (200, 100, 50, 255), "what the other draws")
