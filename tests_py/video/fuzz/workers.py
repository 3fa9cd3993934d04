"""The workers that there are, and how each is started."""

import functools
import os
import subprocess
import sys
from pathlib import Path

from video.fuzz.worker import Worker

from zcbuild import layout

HERE = Path(__file__).parent
PATHS = (layout.ROOT / "tests_py", layout.ROOT / "build_backend")
KINDS = {
    "shim": ("overrun", "hang", "memory", "leak"),
    "zcgpu": ("crash", "exception", "leak"),
    "parts": ("crash", "exception"),
}
"""By name: the mistakes that can be planted in it."""
MODULES = {"zcgpu": "video_worker", "parts": "parts_worker"}


def start(kind: str, log: Path) -> Worker:
    """A worker of that kind, whose complaints go to `log`."""
    if kind in MODULES:
        python = [sys.executable, "-X", "faulthandler", "-m", f"video.fuzz.{MODULES[kind]}"]
        return Worker(python, {"PYTHONPATH": os.pathsep.join(map(str, PATHS))}, log)
    options = "allocator_may_return_null=1:quarantine_size_mb=64:detect_stack_use_after_return=0"
    return Worker([str(shim())], {"ASAN_OPTIONS": options}, log)


@functools.cache
def shim() -> Path:
    """Compiles the C worker with the shim's own sources, both with sanitizers."""
    program = layout.ROOT / "build" / "fuzz-video" / "shim_worker"
    program.parent.mkdir(parents=True, exist_ok=True)
    sources = layout.ROOT / "CBridge" / "CAV"
    command = [
        *("clang", "-std=c17", "-D_GNU_SOURCE", "-g", "-O1", "-Wall", "-Wextra", "-Werror"),
        *("-fsanitize=address,undefined", "-fno-sanitize-recover=undefined", "-fuse-ld=lld"),
        *(f"-I{sources}", str(HERE / "shim_worker.c"), *map(str, sorted(sources.glob("*.c")))),
        *("-o", str(program), "-ldl", "-lpthread"),
    ]
    subprocess.run(command, check=True)
    return program
