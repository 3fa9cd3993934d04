"""A frame of a borrowed context is read while the host has another context current.

napari-cuda: calls GL in whatever context is current: the frame's name is another's there.
"""

import hosts
from crash.host import GREEN, Canvas
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "bindings errors"


def run(lab: Lab) -> None:
    core = (hosts.OPENGL, (4, 5), hosts.CORE)
    other = hosts.create(*core)
    with hosts.context(*core) as own, zcgpu.Context.from_current() as context:
        frame = solid(context, 200, 100, 50).render(8, 8)
        hosts.make_current(other)
        canvases = [Canvas() for _ in range(8)]
        for canvas in canvases:
            canvas.clear(GREEN)
        with lab.refused(zcgpu.NotCurrentError, "reading in another context"):
            lab.expect(frame, (200, 100, 50, 255), "our frame, in another context")
        for canvas in canvases:
            lab.expect(canvas.pixels(), GREEN, "a canvas of the other context")
        hosts.make_current(own.context)
        lab.expect(frame, (200, 100, 50, 255), "our frame")
