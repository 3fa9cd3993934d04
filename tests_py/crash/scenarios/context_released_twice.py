"""Two need a context open; its owner has closed it; one releases it, and again as its object goes.

pyvvisf 0.2.1: one count for all, and release underflows: the context goes from under the other,
who then draws black.
"""

from crash.lab import Lab, solid

import zcgpu

WITHOUT = "holders phases errors"


def run(lab: Lab) -> None:
    context = zcgpu.Context()
    scene = solid(context, 200, 100, 50)
    viewer, recorder = context.acquire("viewer"), context.acquire("recorder")
    context.close()
    viewer.release()
    viewer.release()
    del viewer
    zcgpu.Context().close()  # closes what was left to be closed, too
    lab.expect(scene.render(8, 8), (200, 100, 50, 255), "what the recorder draws")
    recorder.release()
    with lab.refused(zcgpu.ClosedError, "rendering after the last release"):
        scene.render(8, 8)
