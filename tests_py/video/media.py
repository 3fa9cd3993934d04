"""Real files, made by the ffmpeg command, and what is in them according to ffmpeg.

`file("h264.mp4")` gives the path of one of recipes.py; it is made when first asked for, and kept in
build/media under a name that is its command's. Nothing here knows of zcgpu.
"""

from __future__ import annotations

import functools
import hashlib
import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from video.recipes import RECIPES, SOUNDS

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / "build" / "media"
QUIET = ("ffmpeg", "-hide_banner", "-loglevel", "error", "-nostdin", "-y")
EXACT = ("-bitexact", "-threads", "1")
PATIENCE = 120
"""Seconds that no command here takes."""

ARGUMENT = re.compile(r"'([^']*)'|(\S+)")


@dataclass(frozen=True)
class Picture:
    """One frame, according to ffmpeg: times in ticks of the stream, size and MD5 of its bytes."""

    pts: int
    size: int
    md5: str


def file(name: str) -> Path:
    """The path of a file of RECIPES."""
    return made(name, RECIPES[name])


def made(name: str, recipe: str) -> Path:
    """The path of a file called `name` that ffmpeg makes of `recipe`."""
    spread = re.sub(r"\{(.+?)\}", lambda other: str(file(other[1])), recipe)
    return kept(name, [quoted or plain for quoted, plain in ARGUMENT.findall(spread)] + [*EXACT])


def kept(name: str, arguments: list[str]) -> Path:
    """The path of what ffmpeg writes, which is looked up where it was written before."""
    command = [*QUIET, *arguments]
    key = hashlib.sha256("\0".join([version(), *command]).encode()).hexdigest()[:16]
    path = PLACE / key / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            output_of([*command, f"{folder}/{name}"])
            os.replace(f"{folder}/{name}", path)  # another process may have made it meanwhile
    return path


def framemd5(name: str) -> list[Picture]:
    """Every frame of a file of RECIPES, in order of presentation: not turned, not scaled."""
    stream = "a:0" if name in SOUNDS else "v:0"
    told = kept(f"{name}.framemd5", [*decoding(file(name), stream), "-f", "framemd5"])
    lines = [line.replace(" ", "").split(",") for line in told.read_text().splitlines()]
    return [Picture(int(it[2]), int(it[4]), it[5]) for it in lines if not it[0].startswith("#")]


def raw_frames(path: Path) -> bytes:
    """The bytes of all frames, one after another: planes in their order, rows without padding."""
    return output_of([*QUIET, *decoding(path, "v:0"), "-f", "rawvideo", "-"])


def decoding(path: Path, stream: str) -> list[str]:
    """Arguments that hand on what is decoded: no frame twice, none left out, times as coded."""
    reading = ["-copyts", "-noautorotate", "-i", str(path), "-map", f"0:{stream}"]
    return [*reading, "-fps_mode", "passthrough", "-enc_time_base", "-1"]


@functools.cache
def version() -> str:
    """What ffmpeg this is: another one may make other files."""
    return output_of(["ffmpeg", "-version"]).decode().splitlines()[0]


def output_of(command: list[str]) -> bytes:
    """What a command writes, which must end well."""
    done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stderr.decode()}"
    return done.stdout
