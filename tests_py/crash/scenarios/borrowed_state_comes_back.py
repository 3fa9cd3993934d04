"""A guest draws in the host's context; then the host clears what it had bound.

vispy, napari: a guest that leaves its framebuffer bound takes what the host draws next; the host's
window keeps an old picture.
"""

import host_gl
import hosts
import numpy as np
from crash.host import GREEN, Canvas
from crash.lab import Lab, solid

import zcgpu

WITHOUT = "states"


def run(lab: Lab) -> None:
    with hosts.context(hosts.OPENGL, (4, 5), hosts.CORE):
        with zcgpu.Context.from_current() as context:
            canvas = Canvas()
            frame = solid(context, 200, 100, 50).render(8, 8)
            canvas.clear_what_is_bound(GREEN)
            lab.expect(canvas.pixels(), GREEN, "the host's canvas")
            lab.expect(np.asarray(frame), (200, 100, 50, 255), "our frame")
        assert host_gl.errors() == []
