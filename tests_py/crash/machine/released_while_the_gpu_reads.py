"""Frames are drawn from the device's memory and let go of at once; the device decodes on.

napari-cuda: the renderer's role goes when work is submitted, not when the GPU has done it; the Zig
player frees the retained frame while it is under way. The device decodes the next picture into
memory that the GPU has not read yet.
"""

import os

from crash import films
from crash.lab import Lab
from sources import colour
from va import zcsw
from vm.cards import node_of
from vm.prepared import film

import zcgpu

WITHOUT = "fences"
FRAMES = 7
BUSY = colour("vec4(total)").replace(
    "void main() {",
    "void main() { float total = 0.0; for (int i = 0; i < 200; i++) total += sin(float(i));",
)
"""Keeps the GPU from what comes after it for a while."""


def run(lab: Lab) -> None:
    os.environ.update(zcsw.environment(drm=str(node_of("vgem"))))
    device = str(node_of("vgem", "renderD"))
    with zcgpu.Context() as context:
        busy = context.scene(BUSY)
        path = film("steps")
        with zcgpu.open_video(
            path, context=context, backend="vaapi", device=device, lease_budget=2
        ) as video:
            with video[0] as first:  # shaders are compiled, and the road is known
                lab.expect(first.rgb(), films.shown(0), "the first frame")
            busy.render(192, 192)
            pictures = []
            for number in range(1, FRAMES):
                with video[number] as frame:
                    pictures.append(frame.rgb())
            assert video.stats()["zero_copy"]["imported"] == FRAMES, video.explain()
            for number, picture in enumerate(pictures, 1):
                lab.expect(picture, films.shown(number), f"frame {number}")
