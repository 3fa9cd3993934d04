"""A cycle that holds a frame is collected on a thread that has another context current.

arcade, pyglet: the collector runs on whichever thread allocates, and deletes another's names.
"""

import gc
import threading

from crash.lab import Lab, solid

import zcgpu

WITHOUT = "burials errors"


def run(lab: Lab) -> None:
    gc.disable()
    with zcgpu.Context() as one, zcgpu.Context() as other:
        cycle: list[object] = [solid(one, 200, 100, 50).render(8, 8)]
        cycle.append(cycle)
        held = solid(other, 1, 2, 3).render(8, 8)
        del cycle

        def collect() -> None:
            with other.batch():
                gc.collect()

        thread = threading.Thread(target=collect)
        thread.start()
        thread.join()
        lab.expect(held, (1, 2, 3, 255), "the other context's frame")
