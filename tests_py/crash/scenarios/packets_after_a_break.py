"""Packets are lost; those that come next lead on from what the decoder never had.

Streaming clients without a gate: grey, or what is left of the shot before, until the next keyframe
comes.
"""

import os

from crash import films
from crash.lab import Lab

import zcgpu

WITHOUT = "gates"


def run(lab: Lab) -> None:
    before, after = (films.packets(films.shot(luma, "m4v")) for luma in (50, 150))
    decoder = zcgpu.Decoder("mpeg4", time_base=(1, 25), backlog=64, ahead=2)
    with zcgpu.Pipeline(decoder, ahead=2) as pipeline, lab.in_time("the pipeline"):
        for number, packet in enumerate(before[:4]):
            assert decoder.send(packet.data, pts=number)
        while (shown := pipeline.frame(0.0)) is None:
            os.sched_yield()
        lab.expect(films.luma(shown), 50, "the shot before")
        pipeline.flush()
        count = pipeline.stats()["presenter"]["shown"]
        for number, packet in enumerate(after[6:], 6):  # the twelfth is a keyframe
            decoder.send(packet.data, pts=number)
        while pipeline.stats()["presenter"]["shown"] == count:
            shown = pipeline.frame(1.0)
            assert shown is not None
        lab.expect(films.luma(shown), 150, "what is painted after the break")
