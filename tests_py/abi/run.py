"""Calls the C ABI with anything, in this process: ``python -m abi.run --calls 2000000``.

Prints the seed first, so that a run that ends this process can be had again, and then how often
each function gave each status.
"""

import argparse
import ctypes
import os
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import zcgpu
from abi import header, writer
from zcbuild import layout
from zcgpu import _native

HERE = Path(__file__).parent
STATUSES = 32


def build(folder: Path) -> Path:
    """Write calls.h and compile the driver; gives the library's path."""
    declared = header.load()
    (folder / "calls.h").write_text(writer.calls(declared), "utf-8")
    library = folder / "driver.so"
    command = [
        *("clang", "-std=c17", "-shared", "-fPIC", "-O1", "-g", "-fvisibility=hidden"),
        *("-Wall", "-Wextra", "-Werror", "-Wno-unused-function", "-Wno-nullability-completeness"),
        *(f"-I{folder}", f"-I{layout.HEADER.parent}", f"-DKINDS_LIST={writer.kinds(declared)}"),
        *(str(HERE / "driver.c"), "-o", str(library), "-lpthread"),
    ]
    # A sanitizer that this process was started with is not the compiler's.
    subprocess.run(command, check=True, env={**os.environ, "LD_PRELOAD": ""})
    return library


def hum() -> bytes:
    """A sound of one channel: a second of silence, at 8000 samples a second."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8)
    data = struct.pack("<4sI", b"data", 8000) + b"\x80" * 8000
    return struct.pack("<4sI4s", b"RIFF", 4 + len(form) + len(data), b"WAVE") + form + data


def film() -> bytes:
    """Three frames of 16 x 16 pixels, as they are: https://wiki.multimedia.cx/index.php/YUV4MPEG2."""
    frames = (b"FRAME\n" + bytes([16 + 40 * i] * 256 + [128] * 128) for i in range(3))
    return b"YUV4MPEG2 W16 H16 F25:1 Ip A1:1 C420jpeg\n" + b"".join(frames)


def talkie() -> bytes:
    """The same with a hum to each: https://learn.microsoft.com/windows/win32/directshow/avi-riff-file-reference."""

    def chunk(name: bytes, *parts: bytes) -> bytes:
        data = b"".join(parts)
        return struct.pack("<4sI", name, len(data)) + data

    def stream(kind: bytes, rate: int, length: int, size: int, form: bytes) -> bytes:
        head = (kind, b"", 0, 0, 0, 0, 1, rate, 0, length, 0, 0, size, 0, 0, 16, 16)
        told = struct.pack("<4s4sIHHIIIIIIIIHHHH", *head)
        return chunk(b"LIST", b"strl", chunk(b"strh", told), chunk(b"strf", form))

    picture = struct.pack("<IiiHH4s5I", 40, 16, 16, 1, 12, b"I420", 384, 0, 0, 0, 0)
    sound = struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)
    main = struct.pack("<14I", 40_000, 0, 0, 0, 3, 0, 2, 0, 16, 16, 0, 0, 0, 0)
    pieces = (
        chunk(b"00dc", bytes([16 + 40 * i] * 256 + [128] * 128)) + chunk(b"01wb", b"\x80" * 320)
        for i in range(3)
    )
    streams = stream(b"vids", 25, 3, 0, picture) + stream(b"auds", 8000, 960, 1, sound)
    header = chunk(b"LIST", b"hdrl", chunk(b"avih", main), streams)
    return chunk(b"RIFF", b"AVI ", header, chunk(b"LIST", b"movi", *pieces))


def tally(driver: ctypes.CDLL) -> dict[str, dict[int, int]]:
    """How often each function gave each status."""
    driver.tally_of.restype = ctypes.c_int64
    driver.name_of.restype = ctypes.c_char_p
    names: list[str] = []
    while (name := driver.name_of(len(names))) is not None:
        names.append(name.decode())
    return {
        name: {
            status: count for status in range(STATUSES) if (count := driver.tally_of(index, status))
        }
        for index, name in enumerate(names)
    }


def main() -> int:
    """Run, and tell what became of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4)))
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--threads", type=int, default=4, help="how many at once; 16 at most")
    parser.add_argument("--rounds", type=int, default=20, help="how often new ones are begun")
    chosen = parser.parse_args()
    print(chosen, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        # The driver finds zcg_* among what every library of the process sees.
        ctypes.CDLL(_native.__file__, mode=ctypes.RTLD_GLOBAL)
        driver = ctypes.CDLL(str(build(Path(folder))))
        os.chdir(folder)  # for the files that it happens to make
        Path("film.y4m").write_bytes(film())
        Path("talk.avi").write_bytes(talkie())
        Path("hum.wav").write_bytes(hum())
        seed, calls = ctypes.c_uint64(chosen.seed), ctypes.c_uint64(chosen.calls)
        driver.drive(seed, calls, chosen.rounds, chosen.threads)
        os.chdir("/")
    driver.let_all_go()
    for name, counts in tally(driver).items():
        print(name, *(f"{status}:{count}" for status, count in counts.items()))
    left = {kind: count for kind, count in zcgpu.census().items() if count}
    print("left", left or 0)
    return 4 if left else 0


if __name__ == "__main__":
    sys.exit(main())
