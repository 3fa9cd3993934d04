"""Does everything with files that zcgpu allows, in an order that a seed decides.

Reads lines "SEED PATH", and answers each with "SEED FRAMES FAILURES" once nothing of it is left.
Errors are zcgpu's, and say something; any other exception ends the process, as a frame does whose
pixels change while it is held. "PLANT NAME" as the first line plants a mistake, which shows with
the first failure.
"""

from __future__ import annotations

import gc
import os
import random
import signal
import sys
from collections.abc import Callable
from functools import partial
from operator import getitem
from typing import Any

import numpy as np
from side_by_side import together
from video.planes import digest

import zcgpu

MOST_FRAMES = 80
MOST_PIXELS = 1 << 20
"""Of frames that are held, or drawn: damaged files say that theirs are huge."""


class Walk:
    """What is done with one file."""

    plant = ""

    def __init__(self, seed: int, context: zcgpu.Context) -> None:
        self.chance = random.Random(seed)
        self.context = context
        self.held: list[tuple[zcgpu.VideoFrame, str]] = []
        self.frames = self.failures = self.pixels = 0

    def attempt(self, call: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """What a call gives; None where it raises what it may."""
        try:
            return call(*arguments, **named)
        except zcgpu.Error as error:
            words = str(error).strip()
        assert words, "an error without words"
        self.failures += 1
        self.show_plant()
        return None

    def show_plant(self) -> None:
        if self.plant == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        if self.plant == "leak" and self.held:
            LEAKED.append(self.held[0][0])
        if self.plant == "exception":
            raise KeyError(self.plant)

    def file(self, path: str) -> None:
        threads = self.chance.choice((0, 1, 2))
        video = self.attempt(partial(zcgpu.open_video, threads=threads, context=self.context), path)
        if video is None:
            return
        with video:
            self.describe(video)
            steps = [self.iterate, self.pick, self.find, self.together]
            for step in self.chance.choices(steps, k=self.chance.randrange(1, 4)):
                step(video)
        self.attempt(getitem, video, 0)  # which is closed
        self.let_go()

    def describe(self, video: zcgpu.Video) -> None:
        for name in "width", "height", "frame_rate", "duration", "codec", "color", "streams":
            self.attempt(getattr, video, name)
        str(video)
        self.attempt(video.stats)

    def iterate(self, video: zcgpu.Video) -> None:
        frames = iter(video)
        for _ in range(self.chance.choice((3, MOST_FRAMES))):
            before = self.failures
            frame = self.attempt(next, frames, None)
            if frame is None and self.failures == before:
                return
            self.look(frame)

    def pick(self, video: zcgpu.Video) -> None:
        count = self.attempt(len, video) or 0
        for _ in range(self.chance.randrange(6)):
            number = self.chance.randrange(-2, count + 2)
            self.look(self.attempt(getitem, video, number))

    def find(self, video: zcgpu.Video) -> None:
        for _ in range(self.chance.randrange(4)):
            seconds = self.chance.choice((0.0, self.chance.uniform(-1, 3), 1e12))
            self.look(self.attempt(video.frame_at, seconds))

    def together(self, video: zcgpu.Video) -> None:
        """Two threads at once, and at times a third that closes."""
        walks = [Walk(self.chance.getrandbits(32), self.context) for _ in range(2)]

        steps: list[Callable[[zcgpu.Video], None]] = [
            self.chance.choice((walk.iterate, walk.pick)) for walk in walks
        ]
        if self.chance.random() < 0.2:
            steps.append(zcgpu.Video.close)
        together([partial(step, video) for step in steps])
        for walk in walks:
            self.frames += walk.frames
            self.failures += walk.failures
            walk.let_go()

    def look(self, frame: zcgpu.VideoFrame | None) -> None:
        if frame is None:
            return
        self.frames += 1
        self.pixels += frame.coded_size[0] * frame.coded_size[1]
        if self.pixels > 64 * MOST_PIXELS:
            return
        seen = self.attempt(digest, frame)
        width, height = frame.coded_size
        if width * height > MOST_PIXELS:
            return
        if self.chance.random() < 0.2:
            picture = self.attempt(frame.rgb)
            assert picture is None or np.asarray(picture).shape[2] == 4
        if self.chance.random() < 0.1:
            self.attempt(frame.texture, self.chance.randrange(5))
        if seen and self.chance.random() < 0.3:
            self.held.append((frame, seen))
        while len(self.held) > 5:
            self.check(*self.held.pop(self.chance.randrange(len(self.held))))

    def check(self, frame: zcgpu.VideoFrame, seen: str) -> None:
        assert digest(frame) == seen, "a frame that was held has changed"

    def let_go(self) -> None:
        while self.held:
            self.check(*self.held.pop())


LEAKED: list[Any] = []


def answer(kind: type[Walk]) -> None:
    """Lines from standard input, each for a walk of that kind."""
    before = zcgpu.census()
    context = zcgpu.Context()
    opened = zcgpu.census()
    for line in sys.stdin:
        first, _, rest = line.rstrip("\n").partition(" ")
        if first == "PLANT":
            Walk.plant = rest
            continue
        walk = kind(int(first), context)
        walk.file(rest)
        counted = (walk.frames, walk.failures)
        del walk
        if zcgpu.census() != opened:
            gc.collect()
        assert zcgpu.census() == opened, (zcgpu.census(), opened)
        print(first, *counted, flush=True)
    context.close()
    del context
    if zcgpu.census() != before:
        gc.collect()
    assert zcgpu.census() == before, (zcgpu.census(), before)


if __name__ == "__main__":
    answer(Walk)
