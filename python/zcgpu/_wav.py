"""Reads WAV files: RIFF and RF64, as "Multimedia Programming Interface and Data Specifications
1.0" (1991), Microsoft's "Multiple Channel Audio Data and WAVE Files" (2001) and EBU Tech 3306 have
them. The standard library's reader knows no floats and, before Python 3.12, no extensible format.
"""  # noqa: D205  (one sentence of titles)

from __future__ import annotations

import os
import stat
import struct
from typing import IO, NamedTuple

from ._source import _shown
from .errors import FileError

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
#: What else a WAV file may hold, for the message.
_CODECS = {2: "ADPCM", 6: "A-law", 7: "mu-law", 0x11: "ADPCM", 0x50: "MPEG", 0x55: "MP3"}
#: The tail of every sub-format that is an older format's number.
_SUBFORMAT = bytes.fromhex("000000001000800000aa00389b71")
#: A size that stands in another chunk, or that a program could not know when it wrote.
_UNKNOWN = 0xFFFFFFFF
#: zcg_sample_format, by (is of floats, bytes a sample)
_FORMATS = {
    (False, 1): 1,
    (False, 2): 2,
    (False, 3): 3,
    (False, 4): 4,
    (True, 4): 5,
    (True, 8): 6,
}
_WIDTHS = {kind: width for (_, width), kind in _FORMATS.items()}
#: Chunks that a file may have: more are no sound but a way to keep a reader busy.
_MOST_CHUNKS = 4096
#: As many samples as a sound may have in all channels together.
_MOST_SAMPLES = 1 << 29
_ADVICE = "; ffmpeg -i FILE -c:a pcm_f32le out.wav makes one"


class Wave(NamedTuple):
    """Interleaved samples, and what they are."""

    rate: float
    channels: int
    format: int
    data: bytes


class _BrokenError(Exception):
    """What is wrong with a file, for the message."""


def is_wave(path: str | os.PathLike[str]) -> bool:
    """Whether a file is for `read`: one that begins as a WAV file does, or cannot be read at all.

    One that holds what FFmpeg alone can decode is not.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return True
            start = file.read(22)
    except (OSError, ValueError):
        return True
    if start[:4] not in (b"RIFF", b"RF64") or start[8:12] != b"WAVE":
        return False
    return start[12:16] != b"fmt " or int.from_bytes(start[20:22], "little") not in _CODECS


def read(path: str | os.PathLike[str]) -> tuple[str, Wave]:
    """A file's name for messages, and what is in it."""
    name = _shown(os.fsdecode(path))
    try:
        # A pipe nobody writes to would keep a reader waiting.
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise _BrokenError("no regular file")
            return name, _wave(file, status.st_size)
    except _BrokenError as error:
        raise FileError(f"{name}: {error}") from None
    except (OSError, ValueError, MemoryError) as error:
        reason = getattr(error, "strerror", None) or str(error) or "not enough memory"
        raise FileError(f"{name}: cannot read the sound ({reason})") from error


def _wave(file: IO[bytes], size: int) -> Wave:
    start = file.read(12)
    if len(start) < 12 or start[:4] not in (b"RIFF", b"RF64") or start[8:] != b"WAVE":
        raise _BrokenError("no WAV file" + _ADVICE)
    long_size: int | None = None
    form: tuple[float, int, int] | None = None
    place = 12
    for _ in range(_MOST_CHUNKS):
        head = file.read(8)
        if len(head) < 8:
            raise _BrokenError("there is no data chunk: it is cut off, or holds no sound")
        kind, length = struct.unpack("<4sI", head)
        place += 8
        if kind == b"ds64":
            chunk = _whole(file, "ds64", length, 16)
            long_size = struct.unpack_from("<Q", chunk, 8)[0]
        elif kind == b"fmt ":
            form = _form(_whole(file, "fmt", length, 16))
        elif kind == b"data":
            if form is None:
                raise _BrokenError("the samples come before the format that says what they are")
            if length == _UNKNOWN:
                length = size - place if long_size is None else long_size
            return _samples(file, form, length, size - place)
        place += length + length % 2
        if place > size:
            raise _BrokenError(f"the file ends within the chunk {kind!r}: it is cut off")
        file.seek(place)
    raise _BrokenError(f"{_MOST_CHUNKS} chunks, and no sound among them")


def _whole(file: IO[bytes], noun: str, length: int, least: int) -> bytes:
    """The part of a chunk that says something: its first 40 bytes."""
    chunk = file.read(min(length, 40))
    if len(chunk) < least:
        raise _BrokenError(f"the {noun} chunk has {len(chunk)} bytes, not {least} or more")
    return chunk


def _form(chunk: bytes) -> tuple[float, int, int]:
    """Rate, channels, and the format of a sample."""
    tag, channels, rate, _, block, bits = struct.unpack_from("<HHIIHH", chunk)
    if tag == _EXTENSIBLE and len(chunk) >= 40 and chunk[26:40] == _SUBFORMAT:
        tag = struct.unpack_from("<H", chunk, 24)[0]
    if tag not in (_PCM, _FLOAT):
        what = _CODECS.get(tag, f"of format 0x{tag:04x}")
        raise _BrokenError(f"the samples are {what}, neither PCM nor floats" + _ADVICE)
    if channels == 0 or rate == 0:
        raise _BrokenError(f"it says {channels} channels at {rate} samples a second")
    width = block // channels
    known = _FORMATS.get((tag == _FLOAT, width))
    if known is None or block % channels or not width * 8 - 8 < bits <= width * 8:
        raise _BrokenError(
            f"it says samples of {bits} bits, {block} bytes for {channels} channels; PCM has 8, "
            "16, 24 or 32 bits a sample, floats 32 or 64" + _ADVICE
        )
    return float(rate), channels, known


def _samples(file: IO[bytes], form: tuple[float, int, int], length: int, left: int) -> Wave:
    if length > left:
        raise _BrokenError(
            f"the data chunk says {length} bytes and the file has {left} more: it is cut off"
        )
    count = length // _WIDTHS[form[2]]
    if count > _MOST_SAMPLES:
        raise _BrokenError(f"{count} samples; {_MOST_SAMPLES} are read at most")
    data = file.read(length)
    if len(data) < length:
        raise _BrokenError("the file became shorter while it was read")
    return Wave(*form, data)
