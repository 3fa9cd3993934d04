"""A frame is dropped while another context is current on this thread.

moderngl, pyglet, arcade: the collector runs whenever it likes, and deletes the names in whatever
context is current: those of somebody else's textures.
"""

from crash.lab import Lab, solid

import zcgpu

WITHOUT = "burials errors"


def run(lab: Lab) -> None:
    with zcgpu.Context() as one, zcgpu.Context() as other:
        dropped = solid(one, 200, 100, 50).render(8, 8)
        scene = solid(other, 1, 2, 3)
        held = scene.render(8, 8)
        with other.batch():
            dropped.close()
        later = [solid(other, 9, 9, n).render(8, 8) for n in range(4)]
        lab.expect(held, (1, 2, 3, 255), "the other context's frame")
        for n, frame in enumerate(later):
            lab.expect(frame, (9, 9, n, 255), f"frame {n} after it")
