"""Another extension takes a capsule's frame and does not rename it: it gives up what the capsule
gives up again when it goes.

napari-cuda: a cache's capsule is destroyed twice. The second time it is somebody else's frame.
"""

from crash import abi
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "handles"


def run(lab: Lab) -> None:
    with zcgpu.Context() as context:
        scene = solid(context, 200, 100, 50)
        capsule = scene.render(8, 8).capsule(owned=True)
        taken = abi.frame_of(capsule)
        lab.expect_bytes(abi.read(taken), (200, 100, 50, 255), "the frame in the capsule")
        abi.destroy(taken)
        held = solid(context, 1, 2, 3).render(8, 8)
        del capsule
        other = solid(context, 4, 5, 6).render(8, 8)
        lab.expect(held, (1, 2, 3, 255), "the frame that nobody gave up")
        lab.expect(other, (4, 5, 6, 255), "the frame made later")
