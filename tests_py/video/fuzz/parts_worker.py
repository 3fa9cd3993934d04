"""Does with a file's bytes what a client of pieces does, in an order that a seed decides.

They are fed to `zcgpu.Decoder` as packets, Annex B and AVCC mixed; heard by `zcgpu.Audio.open`;
shown as a still; and their numbers are the layout of memory for `import_dmabuf`. Lines and answers
are those of video_worker.py.
"""

from __future__ import annotations

import itertools
import os
import re
import select
from functools import partial
from pathlib import Path

from video.fuzz.video_worker import MOST_PIXELS, Walk, answer

import zcgpu

CODECS = (
    "h264",
    "h264",
    "hevc",
    "hevc",
    "vp9",
    "av1",
    "vp8",
    "mpeg4",
    "mpeg2video",
    "mjpeg",
    "gif",
)
FOURCCS = ("AR24", "XB24", "NV12", "P010", "R8", "GR88", "YUYV", "", "AR2", "ÄÖ")
START = re.compile(rb"\x00\x00\x00?\x01")
MOST_PACKETS = 60
PATIENCE = 8
"""Seconds after which a decoder that was finished has come to its end."""
SHADER = (
    '/*{"INPUTS": [{"NAME": "film", "TYPE": "image"}]}*/'
    " void main() { gl_FragColor = IMG_THIS_PIXEL(film); }"
)


class Parts(Walk):
    """What is done with the pieces of one file."""

    def file(self, path: str) -> None:
        data = Path(path).read_bytes()
        steps = [partial(self.hear, path), partial(self.show, path)]
        steps += [partial(self.feed, data), partial(self.feed, data), partial(self.borrow, data)]
        for step in self.chance.sample(steps, k=self.chance.randrange(1, 4)):
            step()
        self.let_go()

    def hear(self, path: str) -> None:
        sound = self.attempt(zcgpu.Audio.open, path)
        if sound is not None:
            self.frames += 1
            assert sound.channels > 0
            assert sound.rate > 0

    def show(self, path: str) -> None:
        with self.context.scene(SHADER) as scene:
            self.attempt(partial(scene.inputs.__setitem__, "film"), path)
            if (frame := self.attempt(scene.render, 16, 16)) is not None:
                self.frames += 1
                frame.close()

    def borrow(self, data: bytes) -> None:
        """Memory that is none of a device's, and numbers that are the file's."""
        chance = self.chance
        memory = os.memfd_create("pixels")
        os.truncate(memory, chance.choice((0, 1, 4096, 64 * 64 * 4)))
        words = [int.from_bytes(data[i : i + 8], "little", signed=True) for i in range(0, 96, 8)]
        numbers = [0, 1, 64, 256, -1, 2**31, 2**63, *words]
        descriptors = [memory, memory, -1, chance.choice(numbers)]
        for _ in range(6):
            planes = [
                (chance.choice(descriptors), *chance.choices(numbers, k=2))
                for _ in range(chance.randrange(5))
            ]
            layout = {
                "width": chance.choice(numbers),
                "height": chance.choice(numbers),
                "fourcc": chance.choice(FOURCCS),
                "modifier": chance.choice((None, 0, chance.choice(numbers))),
            }
            self.attempt(self.context.import_dmabuf, planes, **layout)
        os.close(memory)

    def units(self, data: bytes) -> list[bytes]:
        """Packets: between start codes where there are any, else anywhere."""
        edges = [found.start() for found in START.finditer(data)]
        if len(edges) < 3:
            edges = sorted(self.chance.randrange(len(data) + 1) for _ in range(20))
        edges = sorted({0, *edges, len(data)})[: MOST_PACKETS + 1]
        return [data[i:j] for i, j in itertools.pairwise(edges) if j > i]

    def packed(self, unit: bytes) -> bytes:
        """The same behind its length, as in an MP4."""
        found = START.match(unit)
        body = unit[found.end() :] if found else unit
        return len(body).to_bytes(4, "big") + body

    def head(self, data: bytes) -> bytes:
        at = max(data.find(b"avcC"), data.find(b"hvcC"))
        if at < 0 or self.chance.random() < 0.3:
            return data[: self.chance.choice((0, 0, 7, 64))]
        return data[at + 4 : at + 4 + self.chance.choice((6, 40, 100))]

    def feed(self, data: bytes) -> None:
        chance = self.chance
        codec = chance.choice(CODECS)
        make = partial(zcgpu.Decoder, codec, threads=chance.choice((0, 1, 2)), on_backlog="drop")
        fed = self.attempt(make, self.head(data))
        if fed is None:
            return
        mixes = chance.choice((0.0, 0.3, 1.0))
        with fed:
            for number, unit in enumerate(self.units(data)):
                packet = self.packed(unit) if chance.random() < mixes else unit
                key = chance.choice((None, None, True))
                self.attempt(partial(fed.send, pts=number, key=key), packet)
                self.take(fed)
                if chance.random() < 0.02:
                    self.attempt(fed.flush)
            self.attempt(fed.finish)
            while not fed.ended:
                assert select.select([fed], [], [], PATIENCE)[0], "a decoder that never ends"
                self.take(fed)

    def take(self, fed: zcgpu.Decoder) -> None:
        frame = self.attempt(fed.receive)
        if frame is not None and frame.coded_size[0] * frame.coded_size[1] <= MOST_PIXELS:
            self.look(frame)


if __name__ == "__main__":
    answer(Parts)
