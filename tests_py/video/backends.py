"""Ways from a file to pixels: who decodes, and which GL draws; and what each must show."""

import functools
import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from video import media
from video.color_reference import LAYOUTS, Array, rgba

import zcgpu

FILM = "vp9.webm"
"""What every one can decode: 24 frames, none like another."""
FRAMES, WIDTH, HEIGHT = 24, 64, 48


@dataclass(frozen=True)
class Backend:
    """One of them."""

    #: which frames take to the GPU, as `video.stats()["zero_copy"]["state"]` has it
    road: str
    #: for `open_video`
    decoding: dict[str, Any]
    dialect: str = "gl"
    #: a word of who draws, as `context.info` has it
    renderer: str = "llvmpipe"
    #: of all orders in which things may go, each so many-th is tried
    stride: int = 1

    @property
    def is_device(self) -> bool:
        """Whether frames lie in a device's memory."""
        return bool(self.decoding["backend"] == "vaapi")

    @contextmanager
    def opened(self, **more: Any) -> Iterator[tuple[zcgpu.Context, zcgpu.Video]]:
        """A context and the film, for frames that are shown there."""
        with zcgpu.Context(dialect=self.dialect) as context, self.open(context, **more) as video:
            assert self.renderer in context.info["renderer"]
            yield context, video

    def open(self, context: zcgpu.Context, path: Path | None = None, **more: Any) -> zcgpu.Video:
        """The film, for a context."""
        path = path or media.file(FILM)
        return zcgpu.open_video(path, context=context, **{**self.decoding, **more})

    def orders(self, *names: str) -> Iterator[tuple[str, ...]]:
        """Orders in which what is named may go."""
        return itertools.islice(itertools.permutations(names), 0, None, self.stride)


def prepare() -> None:
    """Have ffmpeg make and decode the film, where that was not done before."""
    decoded()


@functools.cache
def decoded() -> list[list[Array]]:
    """Luma, Cb and Cr of each frame, as ffmpeg decodes them."""
    arguments = [*media.decoding(media.file(FILM), "v:0"), "-f", "rawvideo"]
    raw = np.frombuffer(media.kept(f"{FILM}.yuv", arguments).read_bytes(), np.uint8)
    assert raw.size == FRAMES * WIDTH * HEIGHT * 3 // 2
    chroma = (HEIGHT // 2, WIDTH // 2)
    luma = WIDTH * HEIGHT
    return [
        [
            frame[:luma].reshape(HEIGHT, WIDTH),
            frame[luma : luma * 5 // 4].reshape(chroma),
            frame[luma * 5 // 4 :].reshape(chroma),
        ]
        for frame in raw.reshape(FRAMES, -1)
    ]


@functools.cache
def picture(number: int) -> Array:
    """A frame for display, in double precision; the stream says nothing of its colour."""
    return rgba(LAYOUTS["yuv420p"], decoded()[number], matrix="smpte170m", full=False)


def check_planes(frame: zcgpu.VideoFrame, number: int) -> None:
    """Planes are as decoded, whether Cb and Cr come as two or as pairs."""
    luma, *chroma = (np.asarray(plane) for plane in frame.planes)
    if len(chroma) == 1:
        chroma = [chroma[0][..., 0], chroma[0][..., 1]]
    for found, wanted in zip([luma, *chroma], decoded()[number], strict=True):
        np.testing.assert_array_equal(found, wanted, f"a plane of frame {number}")


def check_luma(found: Any, number: int) -> None:
    """The first plane, in a texture or a view."""
    np.testing.assert_array_equal(np.asarray(found), decoded()[number][0], f"luma of {number}")


def check_picture(found: Any, number: int) -> None:
    """A picture on the GPU, or a view of one, is at most 1/255 off."""
    off = np.abs(np.asarray(found).astype(float) - picture(number)).max()
    assert off <= 1, f"the picture of frame {number} is {off} off"


def descriptors() -> int:
    """How many files this process has open."""
    return len(os.listdir("/proc/self/fd"))
