"""A child of fork closes the pipeline that its parent plays.

pyvvisf 0.2.1, moderngl, wgpu: they hang for ever, since threads do not come along. Neither do
those that decode, and whoever waits for them to end waits for ever.
"""

import os
import signal

from crash import films
from crash.lab import PATIENCE, Lab

import zcgpu

WITHOUT = "forks"


def run(lab: Lab) -> None:
    with zcgpu.Pipeline(zcgpu.open_video(films.steps("mkv")), ahead=2) as pipeline:
        while (frame := pipeline.frame(0.0)) is None:
            os.sched_yield()
        child = os.fork()
        if child == 0:
            signal.alarm(PATIENCE)
            pipeline.close()
            os._exit(0)
        lab.expect_end(child, "the child of fork")
        lab.expect(films.luma(frame), 16, "the parent's picture")
