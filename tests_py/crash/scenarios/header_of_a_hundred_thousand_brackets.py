"""A shader's header has a hundred thousand brackets within each other.

VVISF and pyvvisf read headers by recursion without end: a segmentation fault, from a text file.
"""

from crash.lab import Lab, solid

import zcgpu

WITHOUT = "depths"
DEPTH = 100_000


def run(lab: Lab) -> None:
    header = '{"CREDIT": ' + "[" * DEPTH + "]" * DEPTH + "}"
    with zcgpu.Context() as context:
        with lab.refused(zcgpu.HeaderError, "a header that nests without end"):
            context.scene(f"/*{header}*/\nvoid main() {{ gl_FragColor = vec4(1.0); }}")
        lab.expect(solid(context, 1, 2, 3).render(8, 8), (1, 2, 3, 255), "the next scene")
