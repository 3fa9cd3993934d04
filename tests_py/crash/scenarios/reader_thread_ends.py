"""The thread that reads ahead ends, since its video was closed; the viewer waits for the end.

Players whose reading thread returns on an error and tells nobody: the viewer shows the last picture
and waits for ever.
"""

import os

from crash import films
from crash.lab import Lab

import zcgpu

WITHOUT = "endings"


def run(lab: Lab) -> None:
    video = zcgpu.open_video(films.steps("mkv"))
    with zcgpu.Pipeline(video, ahead=2) as pipeline, lab.in_time("who waits for the end"):
        while (frame := pipeline.frame(0.0)) is None:
            os.sched_yield()
        video.close()
        tick = 1.0
        while pipeline.stats()["state"] == "running":
            tick += 1
            frame = pipeline.frame(tick)
        assert "closed" in (pipeline.problem or "")
        assert frame is not None
        assert frame.index is not None
        lab.expect(films.luma(frame), 16 + 7 * frame.index, "the last picture")
