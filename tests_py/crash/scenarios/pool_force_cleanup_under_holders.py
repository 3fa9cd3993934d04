"""Ten frames of a pool are held while somebody calls force_cleanup.

pyvvisf 0.2.1: force_cleanup takes the buffers away from whoever still has them; what they show
after that is black, or what came to lie there.
"""

from crash.lab import Lab

import zcgpu

WITHOUT = "holders errors"


def run(lab: Lab) -> None:
    import numpy as np

    with zcgpu.Context() as context:
        held = [context.frame(np.full((8, 8, 4), 100 + n, np.uint8)) for n in range(10)]
        context.pool().force_cleanup()
        for n, frame in enumerate(held):
            lab.expect(frame, 100 + n, f"frame {n}, which is held")
