"""Films whose every frame is of one grey, so that what they show is known by hand.

Frames are looked at through their luma, as stored: what is written here comes back, without loss.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from video import media
from video.packets import Packet, of_file
from video.recipes import X264, moving

import zcgpu

SIDE = 64
FRAMES = 24
CODINGS = {
    "mkv": "-c:v ffv1",
    "h264": "-c:v libx264 -preset ultrafast -qp 1 -bf 2 -g 12",
    "m4v": "-c:v mpeg4 -q:v 1 -g 12 -f m4v",
    "webm": "-c:v libvpx-vp9 -lossless 1 -deadline realtime -cpu-used 8 -g 12 "
    "-auto-alt-ref 0 -lag-in-frames 0",
}
"""By file names' ends. The last is one that the driver of tests_py/va decodes."""


def steps(ending: str) -> Path:
    """A film of 24 frames, 25 a second: frame n is of luma 16 + 7 n."""
    return _film("steps", ending, "16+7*N")


def shot(luma: int, ending: str) -> Path:
    """A film of which every frame is of the same luma."""
    return _film(f"shot-{luma}", ending, str(luma))


def _film(name: str, ending: str, luma: str) -> Path:
    source = f"nullsrc=s={SIDE}x{SIDE}:r=25:d={FRAMES / 25},format=yuv420p"
    grey = f"geq=lum={luma}:cb=128:cr=128"
    return media.made(f"{name}.{ending}", f"-f lavfi -i {source},{grey} {CODINGS[ending]}")


def noisy(ending: str) -> Path:
    """A film of noise, which nobody can make up, with a keyframe every 12 frames: H.264."""
    return media.made(f"noisy.{ending}", f"{moving()} {X264}")


def packets(film: Path) -> tuple[Packet, ...]:
    """What a streaming client receives of a film."""
    return of_file(film)


def shown(number: int) -> tuple[int, int, int, int]:
    """What a frame of `steps` shows: (Y - 16) * 255 / 219, limited range."""
    grey = round(7 * number * 255 / 219)
    return grey, grey, grey, 255


def luma(frame: zcgpu.VideoFrame) -> NDArray[Any]:
    """What `Lab.expect` looks at: each pixel's luma alone."""
    return pixels(np.asarray(frame.planes[0]))


def pixels(plane: Any) -> NDArray[Any]:
    """A view of a plane, for `Lab.expect`."""
    view: NDArray[Any] = np.asarray(plane)[..., np.newaxis]
    return view
