"""What random programs do with videos, and what they must then see: a model beside the real thing.

A frame here is of one grey, which its number decides: what is seen is known by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from programs import Errors, Life, Picture
from video import media

import zcgpu

FRAMES = 30
GREY = (
    f"-f lavfi -i nullsrc=s=34x22:r=25:d={FRAMES / 25},format=yuv420p,geq=lum=16+7*N:cb=128:cr=128"
)
CODINGS = {
    "h264.mp4": "-c:v libx264 -preset ultrafast -qp 0 -bf 3 -g 10",
    "h264.h264": "-c:v libx264 -preset ultrafast -qp 0 -bf 2 -g 10",
    "ffv1.mkv": "-c:v ffv1",
    "vp9.webm": "-c:v libvpx-vp9 -lossless 1 -deadline realtime -cpu-used 8 -g 10 "
    "-auto-alt-ref 0 -lag-in-frames 0",
}
"""All without loss."""
ON_DEVICE = "vp9.webm"
"""What the software VA driver decodes."""
BY_HAND = "h264.h264"
"""What is fed to decoders packet by packet: frames are shown in the order of packets."""
KEYS = range(0, FRAMES, 10)


def grey(coding: str) -> Path:
    """A film of FRAMES frames, each of one grey."""
    return media.made(f"grey-{coding}", f"{GREY} {CODINGS[coding]}")


def luma(number: int) -> int:
    """What is stored in a frame, limited range."""
    return 16 + 7 * number


@dataclass(eq=False)
class Film:
    """A video, and what is known of it."""

    video: zcgpu.Video
    life: Life | None
    pixels: str = "yuv420p"
    is_closed: bool = False
    iterators: list[tuple[Any, list[int]]] = field(default_factory=list)

    def expected(self) -> Errors:
        return (zcgpu.ClosedError,) if self.is_closed else ()


@dataclass(eq=False)
class Still:
    """A frame, and what it shows."""

    frame: zcgpu.VideoFrame
    number: int
    life: Life | None
    pixels: str = "yuv420p"
    is_closed: bool = False
    is_numbered: bool = True
    """A frame of packets that were fed by hand has no number, but times."""

    def expected(self) -> Errors:
        return (zcgpu.ClosedError,) if self.is_closed else ()

    def check(self) -> None:
        assert self.frame.index == (self.number if self.is_numbered else None)
        assert self.frame.pts == round(self.number / 25, 9)
        values = (
            (luma(self.number), 128) if self.pixels == "nv12" else (luma(self.number), 128, 128)
        )
        for plane, value in zip(self.frame.planes, values, strict=True):
            assert (np.asarray(plane) == value).all(), (self.number, np.asarray(plane)[0, 0])


@dataclass(eq=False)
class Feed:
    """A decoder of packets, and what is known of it."""

    decoder: zcgpu.Decoder
    position: int = 0
    """The packet that comes next."""
    is_gated: bool = True
    is_finished: bool = False
    is_closed: bool = False
    sent: set[int] = field(default_factory=set)
    """What may come out: what was taken since the last break."""

    def expected(self) -> Errors:
        return (zcgpu.ClosedError,) if self.is_closed else ()

    def break_off(self, position: int) -> None:
        self.position = position
        self.is_gated = True
        self.is_finished = False
        self.sent.clear()

    def still(self, frame: zcgpu.VideoFrame) -> Still:
        number = frame.pts_ticks
        assert number in self.sent, (number, self.sent)
        return Still(frame, number, None, is_numbered=False)


@dataclass(eq=False)
class Player:
    """A pipeline, and what is known of it."""

    pipeline: zcgpu.Pipeline
    source: Film | Feed
    now: float = 0.0
    is_closed: bool = False

    def expected(self) -> Errors:
        return (zcgpu.ClosedError,) if self.is_closed else ()

    def still(self, frame: zcgpu.VideoFrame) -> Still:
        if isinstance(self.source, Feed):
            return Still(frame, frame.pts_ticks or 0, None, is_numbered=False)
        assert frame.index is not None
        return Still(frame, frame.index, self.source.life, self.source.pixels)

    def check(self) -> None:
        """Retains less releases are what is held."""
        for _ in range(1000):
            before = self.pipeline.stats()
            held = sum(self.pipeline.roles().values())
            after = self.pipeline.stats()
            # Its thread may go on between two looks; these counts only grow.
            if all(before[count] == after[count] for count in ("taken", "released")):
                assert before["taken"] - before["released"] == held
                return
        raise AssertionError("it is never at rest")


@dataclass(eq=False)
class Shade(Picture):
    """What a frame's picture shows: R = G = B = (Y - 16) 255 / 219, to 1."""

    def compare(self, view: np.ndarray[Any, Any]) -> None:
        assert (np.abs(view.astype(int) - self.rgba) <= 1).all(), (view[0, 0], self.rgba)


def shade(number: int, life: Life) -> Shade:
    """The picture of a frame, in a context."""
    value = round((luma(number) - 16) * 255 / 219)
    return Shade(life, life.generation, (value, value, value, 255))
