"""Two have a lease on one frame; one gives its up, and others draw.

napari-cuda: presenter and cache share one count; the renderer's role goes when work is submitted.
Whoever lets go first lets go for all.
"""

from crash.lab import Lab, settle, solid

import zcgpu

WITHOUT = "holders"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        frame = solid(context, 200, 100, 50).render(8, 8)
        cache = frame.lease("cache")
        cache.release()
        settle(context)
        others = [solid(context, 9, 9, n).render(8, 8) for n in range(4)]
        lab.expect(frame, (200, 100, 50, 255), "the frame that is still held")
        for n, other in enumerate(others):
            lab.expect(other, (9, 9, n, 255), f"frame {n}")
