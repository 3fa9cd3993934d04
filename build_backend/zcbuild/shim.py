"""The library between Swift and FFmpeg, for the major version whose headers are here.

It is compiled, and links to libc alone: FFmpeg is opened when video is. Where the headers are
missing the extension is built without, and says so when video is asked for.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from zcbuild import layout

FOLDER = layout.ROOT / "CBridge" / "CAV"
PATTERN = "libzcav*.so"
PACKAGES = ("libavformat", "libavcodec", "libavutil", "libswscale", "libva")
FLAGS = (
    *("-shared", "-fPIC", "-O2", "-std=gnu17", "-fvisibility=hidden"),
    *("-Wall", "-Wextra", "-Wconversion", "-Wsign-conversion", "-Wshadow", "-Werror"),
    *("-Wl,-z,defs", "-Wl,-z,relro,-z,now", "-Wl,--as-needed", "-Wl,--strip-all"),
)


def build(folder: Path, headers: list[str] | None = None) -> Path | None:
    """Compiles it into a folder, and gives its path; None where that cannot be, with the reason.

    FFmpeg's headers are those in the folders `headers`, or else the system's.
    """
    compiler = _compiler()
    if compiler is None:
        return _without("there is no C compiler (cc, or clang)")
    found = version(headers)
    if found is None:
        return _without(
            "FFmpeg's or libva's headers are missing "
            "(Debian: libavformat-dev libswscale-dev libva-dev)"
        )
    name = f"libzcav{found.split('.')[0]}.so"
    includes = _includes(headers)
    folder.mkdir(parents=True, exist_ok=True)
    library = folder / name
    sources = sorted(map(str, FOLDER.glob("*.c")))
    command = [*compiler, *includes, *FLAGS, f"-Wl,-soname,{name}", *sources, "-o", str(library)]
    built = subprocess.run(command, capture_output=True, text=True)
    if built.returncode != 0:
        if "older than 5.1" in built.stderr:
            return _without("FFmpeg's headers are older than 5.1")
        raise RuntimeError(f"zcgpu: compiling {name} failed:\n{built.stderr}")
    return library


def place(folder: Path) -> None:
    """Compiles it into a folder in one step, and takes away what an older build left there."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".shim") as scratch:
        library = build(Path(scratch))
        for old in folder.glob(PATTERN):
            if library is None or old.name != library.name:
                old.unlink()
        if library:
            os.replace(library, folder / library.name)


def _compiler() -> list[str] | None:
    for name in filter(None, (os.environ.get("CC"), "cc", "clang")):
        words = name.split()
        if shutil.which(words[0]):
            return words
    return None


def version(headers: list[str] | None = None) -> str | None:
    """The version of libavcodec's headers; None unless all that is included is there."""
    names = (
        *("libavcodec/avcodec.h", "libavformat/avformat.h", "libswscale/swscale.h"),
        *("va/va.h", "va/va_drm.h"),
    )
    program = "".join(f"#include <{name}>\n" for name in names)
    program += "version: LIBAVCODEC_VERSION_MAJOR LIBAVCODEC_VERSION_MINOR\n"
    command = [*(_compiler() or ["cc"]), *_includes(headers), "-E", "-P", "-x", "c", "-"]
    read = subprocess.run(command, input=program, capture_output=True, text=True)
    found = re.search(r"^version: (\d+) (\d+)$", read.stdout, flags=re.MULTILINE)
    return f"{found[1]}.{found[2]}" if found and read.returncode == 0 else None


def _includes(headers: list[str] | None) -> list[str]:
    """Where the compiler looks for headers: what pkg-config says, or its own folders.

    As the system's, wherever they are: their warnings are no errors of ours.
    """
    if headers is None:
        command = ["pkg-config", "--cflags-only-I", *PACKAGES]
        try:
            told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        except (OSError, subprocess.CalledProcessError):
            return []
        headers = [flag.removeprefix("-I") for flag in shlex.split(told)]
    return [flag for folder in headers for flag in ("-isystem", folder)]


def _without(reason: str) -> Path | None:
    print(f"zcgpu: built without video: {reason}", file=sys.stderr)
    return None
