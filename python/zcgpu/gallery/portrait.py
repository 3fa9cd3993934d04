"""A shader's portrait: what it shows at some times, and what that costs."""

from __future__ import annotations

import io
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..frame import Frame
    from ..scene import Scene

THUMBNAIL = (320, 180)
"""No thumbnail is larger, pixels."""
LEAD_UP = 8
"""A shader that keeps buffers takes so many steps from one time to the next."""
SAMPLES = 5
"""The cost of a frame is the median of at least so many, and not of the first."""
PATIENCE = 1.0
"""Seconds after which no frame is drawn only to be measured."""
ENCODINGS = ((1, 55), (1, 30), (1, 12), (2, 30))
"""By how much smaller, and WebP's quality; the last is taken whatever comes of it."""
MOST_BYTES = 32_000
"""Of a shader's thumbnails together."""
FAINTEST = 1
"""A picture is flat where no two pixels of it differ by more, in 255ths."""


class Portrait:
    """Draws a scene at each time, and keeps a thumbnail of each."""

    def __init__(self, scene: Scene, size: tuple[int, int]) -> None:
        self.scene = scene
        self.size = size
        self.thumbnails: list[Image.Image] = []
        self.costs: list[float] = []
        self.darkest = np.full(4, 255, np.uint8)
        self.brightest = np.zeros(4, np.uint8)
        self.info = scene.info

    def draw(self, times: list[float]) -> None:
        """Draw every time, in order; a transition goes from its start to its end meanwhile."""
        feeds_back = any(entry.persistent for entry in self.info.passes)
        for index, time in enumerate(times):
            if self.info.kind == "transition" and "progress" in self.scene.inputs:
                self.scene.inputs["progress"] = index / max(len(times) - 1, 1)
            if feeds_back and index > 0:
                before = times[index - 1]
                for step in range(1, LEAD_UP):
                    self._timed(before + (time - before) * step / LEAD_UP).close()
            self._keep(self._timed(time))
        begin = perf_counter()
        while len(self.costs) <= SAMPLES and perf_counter() - begin < PATIENCE:
            self._timed(times[-1]).close()

    def _timed(self, time: float) -> Frame:
        """One frame, read back: until then a driver may only have made a note of it."""
        begin = perf_counter()
        frame = self.scene.render(*self.size, time=time)
        memoryview(frame).release()
        self.costs.append(perf_counter() - begin)
        return frame

    def _keep(self, frame: Frame) -> None:
        picture = frame.to_pil()
        frame.close()
        pixels = np.asarray(picture)
        self.darkest = np.minimum(self.darkest, pixels.min(axis=(0, 1)))
        self.brightest = np.maximum(self.brightest, pixels.max(axis=(0, 1)))
        # Colours are shown as they are: many shaders leave alpha at 0, and are meant to be seen.
        picture = picture.convert("RGB")
        picture.thumbnail(THUMBNAIL, Image.Resampling.LANCZOS)
        self.thumbnails.append(picture)

    @property
    def contrast(self) -> int:
        """The most by which two pixels of any times differ in a channel, in 255ths."""
        return int((self.brightest.astype(int) - self.darkest).max())

    @property
    def flat(self) -> bool:
        """Whether every pixel of every time is the same."""
        return self.contrast <= FAINTEST

    @property
    def cost(self) -> dict[str, float]:
        """Milliseconds."""
        return {
            "first_frame_ms": round(self.costs[0] * 1e3, 3),
            "frame_ms": round(median(self.costs[1:] or self.costs) * 1e3, 3),
        }

    def strip(self) -> dict[str, Any]:
        """The thumbnails side by side, and which of them stands for the shader."""
        pictures = self.thumbnails
        first = np.asarray(pictures[0]).astype(int)
        if all(_is_like(first, picture) for picture in pictures[1:]):
            pictures = pictures[:1]
        width, height = pictures[0].size
        strip = Image.new("RGB", (width * len(pictures), height))
        for index, picture in enumerate(pictures):
            strip.paste(picture, (index * width, 0))
        poster = int(np.argmax([np.asarray(picture).std() for picture in pictures]))
        if self.info.kind == "transition":
            poster = len(pictures) // 2
        return {
            "frames": len(pictures),
            "poster": poster,
            "width": width,
            "height": height,
            "webp": encoded(strip),
        }


def encoded(picture: Image.Image) -> bytes:
    """A WebP file's bytes: noise is kept less well than forms, so that no page is all noise."""
    for factor, quality in ENCODINGS:
        file = io.BytesIO()
        picture.reduce(factor).save(file, "WEBP", quality=quality, method=4)
        if len(file.getvalue()) <= MOST_BYTES:
            break
    return file.getvalue()


def _is_like(first: NDArray[Any], picture: Image.Image) -> bool:
    return bool(np.abs(np.asarray(picture) - first).max() <= FAINTEST)
