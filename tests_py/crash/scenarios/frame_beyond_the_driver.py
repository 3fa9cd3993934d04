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
        for width, height in ((640, 480), (100, 100), (1, 1), (most, 1)):
            lab.expect(scene.render(width, height), (200, 100, 50, 255), f"{width} x {height}")
        for width, height in ((most + 1, 1), (20000, 20000), (0, 8), (8, -1), (1 << 31, 1)):
            with lab.refused(zcgpu.SizeError, f"a frame of {width} x {height}"):
                lab.expect(scene.render(width, height), (200, 100, 50, 255), f"{width} x {height}")
        lab.expect(scene.render(8, 8), (200, 100, 50, 255), "8 x 8")
