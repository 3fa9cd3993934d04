"""The packets of a file of recipes.py as ffprobe finds them: what a streaming client receives."""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from video import media

import zcgpu


@dataclass(frozen=True)
class Packet:
    """One packet, with its times in ticks of the stream; None where it has none."""

    data: bytes
    pts: int | None
    dts: int | None
    is_key: bool


def packets(name: str) -> tuple[Packet, ...]:
    """Every video packet of a file of RECIPES, in the order of the file."""
    return of_file(media.file(name))


@functools.cache
def of_file(path: Path) -> tuple[Packet, ...]:
    """Every video packet of an MP4, an IVF or a bare stream."""
    command = ["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_packets", "-of", "json"]
    told = json.loads(media.output_of([*command, str(path)]))["packets"]
    whole = path.read_bytes()
    # In an IVF a header of 12 bytes stands before each.
    skip = 12 if path.suffix == ".ivf" else 0
    spans = [(int(it["pos"]) + skip, int(it["size"])) for it in told]
    return tuple(
        Packet(whole[at : at + size], it.get("pts"), it.get("dts"), "K" in it["flags"])
        for (at, size), it in zip(spans, told, strict=True)
    )


def extradata(name: str, box: bytes) -> bytes:
    """The content of the box avcC or hvcC of an MP4 (ISO/IEC 14496-12, 4.2: size, name first)."""
    whole = media.file(name).read_bytes()
    at = whole.index(box)
    size = int.from_bytes(whole[at - 4 : at])
    return whole[at + 4 : at - 4 + size]


def md5(frame: zcgpu.VideoFrame | None) -> str:
    """Of a frame's planes, as ffmpeg's framemd5."""
    assert frame is not None
    digest = hashlib.md5()
    for plane in frame.planes:
        digest.update(np.ascontiguousarray(plane).tobytes())
    return digest.hexdigest()
