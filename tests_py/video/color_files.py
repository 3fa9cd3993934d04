"""Files of known samples, in any format and with any word about their colour."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from video.color_reference import Array, Layout, stored

#: Bits of a sample, in names.
DEEP = ("", "10le", "12le")
#: What FFmpeg's own lossless codec takes.
LOSSLESS = {"bgr0", "bgra", "gray", "gray10le", "gray12le", "gray16le", "ya8"}
LOSSLESS |= {f"{kind}p{bits}" for kind in ("yuv420", "yuv422", "yuv440", "yuv444") for bits in DEEP}
LOSSLESS |= {"yuv410p", "yuv411p"}
LOSSLESS |= {f"yuva{kind}p{bits}" for kind in ("420", "422", "444") for bits in ("", "10le")}
LOSSLESS |= {f"gbrp{bits}le" for bits in (10, 12, 14, 16)}
LOSSLESS |= {f"gbrap{bits}le" for bits in (10, 12, 16)}
#: What Matroska has a place for, raw or not: it says what the colour is.
IN_MATROSKA = LOSSLESS | {"nv12", "yuva422p12le", "yuva444p12le"}


@dataclass(frozen=True)
class Word:
    """What a file says of its colour, by FFmpeg's names; "" where it says nothing."""

    matrix: str = ""
    full: bool | None = None
    siting: str = ""

    @property
    def arguments(self) -> list[str]:
        told = []
        if self.full is not None:
            told.append(f"range={'pc' if self.full else 'tv'}")
        if self.matrix:
            told.append(f"colorspace={'gbr' if self.matrix == 'rgb' else self.matrix}")
        filters = ["-vf", f"setparams={':'.join(told)}"] if told else []
        return [*filters, *(["-chroma_sample_location", self.siting] if self.siting else [])]


def write(folder: Path, layout: Layout, planes: list[Array], words: list[Word]) -> list[Path]:
    """A file of one picture for each word, in order."""
    height, width = planes[0].shape[:2]
    codec = ["-c:v", "ffv1" if layout.name in LOSSLESS else "rawvideo", "-strict", "-2"]
    ending = "mkv" if layout.name in IN_MATROSKA else "nut"
    paths = [
        folder / f"{layout.name}-{width}x{height}-{number}.{ending}" for number in range(len(words))
    ]
    command = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-f", "rawvideo"]
    command += ["-pix_fmt", layout.name, "-s", f"{width}x{height}", "-i", "-"]
    for word, path in zip(words, paths, strict=True):
        command += [*codec, *word.arguments, str(path)]
    done = subprocess.run(
        command, input=stored(layout, planes), capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return paths
