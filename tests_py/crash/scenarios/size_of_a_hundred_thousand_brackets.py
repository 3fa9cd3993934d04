"""A pass asks for a WIDTH that has a hundred thousand parentheses within each other.

VVISF hands such expressions to a parser by recursion: a segmentation fault, from a text file.
"""

from crash.lab import Lab, solid
from sources import shader

import zcgpu

WITHOUT = "depths"
DEPTH = 100_000


def run(lab: Lab) -> None:
    width = "(" * DEPTH + "8" + ")" * DEPTH
    text = shader("gl_FragColor = vec4(1.0);", passes=[{"TARGET": "buffer", "WIDTH": width}, {}])
    with zcgpu.Context() as context:
        with lab.refused(zcgpu.HeaderError, "a size that nests without end"):
            context.scene(text).render(8, 8)
        lab.expect(solid(context, 1, 2, 3).render(8, 8), (1, 2, 3, 255), "the next scene")
