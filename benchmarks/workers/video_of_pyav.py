"""What PyAV does in a block of the benchmark of video, with the FFmpeg that its wheel brings."""

import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import numpy as np

from benchmarks.workers import protocol
from benchmarks.workers.video_places import place

av: Any = import_module("av")


def look(frame: Any) -> None:
    """A view of each plane."""
    for plane in frame.planes:
        np.frombuffer(plane, np.uint8)[0]


class Film:
    """A video that is read on and on."""

    def __init__(self, path: str) -> None:
        self.container = av.open(path)
        self.stream = self.container.streams.video[0]
        self.stream.thread_type = "AUTO"
        self.times = [frame.pts for frame in self.container.decode(self.stream)]
        self.frames = self.seek(self.times[0])

    def seek(self, time: int) -> Iterator[Any]:
        """Frames from the key frame before a time on."""
        self.container.seek(time, stream=self.stream)
        frames: Iterator[Any] = self.container.decode(self.stream)
        return frames

    def decode(self, turns: int) -> None:
        """Frames one after the other."""
        for _ in range(turns):
            frame = next(self.frames, None)
            if frame is None:
                self.frames = self.seek(self.times[0])
                frame = next(self.frames)
            look(frame)

    def pick(self, turns: int) -> None:
        """Frames here and there."""
        for turn in range(turns):
            time = self.times[place(turn, len(self.times))]
            look(next(frame for frame in self.seek(time) if frame.pts == time))


def main(large: str, small: str, _: str) -> None:
    """Opens the films and serves."""
    films = [Film(path) for path in (large, small)]
    jobs: dict[str, protocol.Job] = {
        "decode-large": films[0].decode,
        "decode-small": films[1].decode,
        "pick": films[1].pick,
    }
    version = av.ffmpeg_version_info
    protocol.serve(f"none; PyAV {av.__version__}, FFmpeg {version}", jobs)


if __name__ == "__main__":
    main(*sys.argv[1:])
