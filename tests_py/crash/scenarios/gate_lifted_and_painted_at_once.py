"""A stream breaks off; a keyframe lifts the gate again, and what comes is painted at once.

napari-cuda: the gate is lifted on a keyframe, the presenter flips and paints at once: a picture of
before, which the decoder's thread had in its hands when the queue was cleared.
"""

import os

from crash import films
from crash.lab import Lab

import zcgpu

WITHOUT = "rounds"


def run(lab: Lab) -> None:
    before, after = (films.packets(films.shot(luma, "h264")) for luma in (50, 150))
    decoder = zcgpu.Decoder("h264", time_base=(1, 25), backlog=64, ahead=1)
    with zcgpu.Pipeline(decoder, ahead=1) as pipeline, lab.in_time("the pipeline"):
        for number, packet in enumerate(before[:6]):
            decoder.send(packet.data, pts=number)
        now = 0.0
        while decoder.stats()["decode"]["count"] < 6 or decoder.stats()["frames_waiting"] > 0:
            now += 1
            shown = pipeline.frame(now)
        assert decoder.stats()["frames_received"] <= 4, "two at least are inside"
        decoder.finish()
        while decoder.stats()["frames_waiting"] == 0:
            os.sched_yield()
        # There is no room for the next one, which the thread has in its hands.
        assert shown is not None
        lab.expect(films.luma(shown), 50, "the first stream")
        pipeline.flush()
        for number, packet in enumerate(after):
            decoder.send(packet.data, pts=number)
        count = pipeline.stats()["presenter"]["shown"]
        while pipeline.stats()["presenter"]["shown"] == count:
            shown = pipeline.frame(now + 1)
            assert shown is not None
        lab.expect(films.luma(shown), 150, "what is painted at once")
