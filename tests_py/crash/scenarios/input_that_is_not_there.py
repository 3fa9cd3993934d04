"""A program sets an input whose name it has wrong, and one to a text.

pyvvisf 0.2.1: unknown inputs and values of a wrong type are ignored: the picture is another one.
"""

from crash.lab import Lab
from sources import colour, number

import zcgpu

WITHOUT = "inputs"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        scene = context.scene(colour("vec4(level / 255.0)", inputs=[number("level")]))
        with lab.refused(zcgpu.UnknownInputError, "an input that is not there"):
            scene.inputs["levle"] = 7.0
            lab.expect(scene.render(8, 8), 7, "the frame")
        with lab.refused(zcgpu.WrongTypeError, "a text for a number"):
            scene.inputs["level"] = "8"
            lab.expect(scene.render(8, 8), 8, "the frame")
        scene.inputs["level"] = 9
        lab.expect(scene.render(8, 8), 9, "the frame")
