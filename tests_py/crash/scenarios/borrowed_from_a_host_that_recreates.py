"""A host replaces its context by a new one, which lies at the address of the old one.

napari-cuda: knows a context by id(object), which is used again: a frame of the old context shows
what has its name in the new one.
"""

import hosts
from crash.host import GREEN, Canvas
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "sentinels errors"
CORE = (hosts.OPENGL, (4, 5), hosts.CORE)


def run(lab: Lab) -> None:
    old = hosts.create(*CORE)
    hosts.make_current(old)
    with zcgpu.Context.from_current() as context:
        scene = solid(context, 200, 100, 50)
        frame = scene.render(8, 8)
        hosts.make_nothing_current()
        hosts.destroy(old)
        new = hosts.create(*CORE)
        assert new == old, "no new context lies where the old one was"
        hosts.make_current(new)
        canvases = [Canvas() for _ in range(8)]
        for canvas in canvases:
            canvas.clear(GREEN)
        with lab.refused(zcgpu.StaleError, "reading a frame of the context before"):
            lab.expect(frame, (200, 100, 50, 255), "the frame of the context before")
        lab.expect(scene.render(8, 8), (200, 100, 50, 255), "the scene in the new context")
        for canvas in canvases:
            lab.expect(canvas.pixels(), GREEN, "the host's canvas")
