"""A pipeline lets go of frames that its viewer still shows; the decoder goes on.

napari-cuda: decoder, cache and presenter share one count; whoever lets go first gives the memory
back to the decoder's pool, where the next picture is decoded into it.
"""

import os

import numpy as np
from crash import films
from crash.lab import Lab

import zcgpu

WITHOUT = "holders"


def run(lab: Lab) -> None:
    source = zcgpu.open_video(films.steps("mkv"), threads=1)
    with zcgpu.Pipeline(source, ahead=1, cache=1) as pipeline, lab.in_time("the pipeline"):
        frames: list[zcgpu.VideoFrame] = []
        views = []
        while len(frames) < 8:
            frame = pipeline.frame(len(frames) / 25 + 1e-6)
            if frame is None or frame in frames:
                os.sched_yield()
            else:
                frames.append(frame)
                views.append(np.asarray(frame.planes[0]))
        for frame, view in zip(frames, views, strict=True):
            assert frame.index is not None
            lab.expect(films.pixels(view), 16 + 7 * frame.index, f"frame {frame.index}")
