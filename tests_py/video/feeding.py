"""Feeding a decoder packets by hand, as a streaming client does."""

import select
from collections.abc import Iterator
from typing import Any

import zcgpu

PATIENCE = 20.0
"""Seconds after which nothing comes any more; never reached where something does."""


def wait(decoder: zcgpu.Decoder) -> None:
    """Until the decoder has something to say."""
    assert select.select([decoder], [], [], PATIENCE)[0]


def feed(decoder: zcgpu.Decoder, some: Any) -> Iterator[zcgpu.VideoFrame]:
    """Send packets and finish; every frame that comes out."""
    for packet in some:
        decoder.send(packet.data, pts=packet.pts, dts=packet.dts)
        while (frame := decoder.receive()) is not None:
            yield frame
    decoder.finish()
    while not decoder.ended:
        wait(decoder)
        if (frame := decoder.receive()) is not None:
            yield frame


def decoder(name: str = "h264.h264", **options: Any) -> zcgpu.Decoder:
    codec = name.split(".")[0].split("_")[0]
    return zcgpu.Decoder(codec, time_base=(1, 25), backlog=256, **options)
