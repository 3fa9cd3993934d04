"""A frame is asked for that is one pixel wider than the driver draws.

moderngl: 60000 x 60000 is accepted. pyvvisf 0.2.1: black, silently.
"""

from crash.lab import Lab, solid

import zcgpu

WITHOUT = "sizes errors"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        scene = solid(context, 200, 100, 50)
        most = context.info["max_size"]
        with lab.refused(zcgpu.SizeError, "a frame that is too wide"):
            lab.expect(scene.render(most + 1, 1), (200, 100, 50, 255), "the frame that is too wide")
        lab.expect(scene.render(most, 1), (200, 100, 50, 255), "the widest frame there is")
