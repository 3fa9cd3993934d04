"""A pass asks for a WIDTH of "1e9" pixels.

pyvvisf 0.2.1: abort, stack smashing detected.
"""

from crash.lab import Lab, solid
from sources import shader

import zcgpu

WITHOUT = "sizes budgets errors"


def run(lab: Lab) -> None:
    huge = [{"TARGET": "huge", "WIDTH": "1e9", "HEIGHT": "1e9"}, {}]
    body = "gl_FragColor = PASSINDEX == 0 ? vec4(1.0) : IMG_NORM_PIXEL(huge, vec2(0.5));"
    with zcgpu.Context() as context:
        scene = context.scene(shader(body, passes=huge))
        with lab.refused(zcgpu.SizeError, "a pass of 1e9 pixels"):
            lab.expect(scene.render(8, 8), 255, "the pass that cannot be")
        lab.expect(solid(context, 1, 2, 3).render(8, 8), (1, 2, 3, 255), "the next scene")
