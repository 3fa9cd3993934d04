"""Two hold a frame in a device's memory; one lets go, and the device decodes on.

napari-cuda: decoder, cache and presenter share one count; whoever lets go first gives the surface
back to the device's pool, where the next picture is decoded into it.
"""

import os

from crash import device, films
from crash.lab import Lab

import zcgpu

WITHOUT = "holders"
DISPLAY = True


def run(lab: Lab) -> None:
    with (
        device.opened(lease_budget=4) as video,
        zcgpu.Pipeline(video, ahead=1, cache=1) as pipeline,
        lab.in_time("the pipeline"),
    ):
        frames: list[zcgpu.VideoFrame] = []
        while len(frames) < 3:
            frame = pipeline.frame(len(frames) / 25 + 1e-6)
            if frame is None or frame in frames:
                os.sched_yield()
            else:
                frames.append(frame)
        for frame in frames:
            assert frame.index is not None
            lab.expect(films.luma(frame), 16 + 7 * frame.index, f"frame {frame.index}")
