"""What the first frame of a second process costs, by the driver's shader cache.

``python -m benchmarks.shader_cache``: a heavy shader and a trivial one, each in processes of their
own that take turns, with Mesa's shader cache off and warm; then the same shaders in a C program,
compiled from source and loaded as GL's program binaries, on Mesa and, where PyPI's comfy-angle is
installed, on ANGLE. docs/decisions/0013 draws the conclusion.
"""

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from statistics import median

import zcgpu
from benchmarks import machine
from benchmarks.places import BUILD, HERE, ROOT
from benchmarks.rounds import interleave, process_time, try_process

ROUNDS = 15
PROGRAM = BUILD / "program_binary"
SHADERS = {"trivial": HERE / "shader.fs", "heavy": ROOT / "examples" / "shaders" / "clouds.fs"}
FRAME = """
import sys, zcgpu
with zcgpu.Context() as context:
    memoryview(context.scene(sys.argv[1]).render(64, 64))
"""


def main() -> int:
    """Measure and print."""
    occupancy = machine.Occupancy()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        off = {**os.environ, "MESA_SHADER_CACHE_DISABLE": "true"}
        warm = {
            **os.environ,
            "MESA_SHADER_CACHE_DISABLE": "false",
            "MESA_SHADER_CACHE_DIR": str(folder / "cache"),
        }
        print("| first frame, whole process | trivial | heavy | heavy / trivial |")
        print("| --- | --- | --- | --- |")
        for label, environment in (("off", off), ("warm", warm)):
            print(f"| Mesa's cache {label} | {_whole_processes(environment)} |")
        print("\n| program linked and drawn first | formats | from source | from a binary |")
        print("| --- | --- | --- | --- |")
        for library, options, dialect in _libraries():
            _compile(options)
            for label, environment in (("off", off), ("warm", warm)):
                for shader in SHADERS:
                    cells = _in_c(folder, shader, dialect, environment)
                    print(f"| {library}, cache {label}, {shader} | {cells} |")
    print(f"\nother programs took {occupancy.others():.0%} of the processors")
    return 0


def _whole_processes(environment: Mapping[str, str]) -> str:
    takes = {}
    for name, path in SHADERS.items():
        command = [sys.executable, "-c", FRAME, str(path)]
        if reason := try_process(command, environment):
            raise SystemExit(reason)
        takes[name] = partial(process_time, command, environment)
    rounds = interleave(takes, ROUNDS)
    trivial, heavy = (median(one[name] for one in rounds) for name in SHADERS)
    ratio = median(one["heavy"] / one["trivial"] for one in rounds)
    return f"{trivial:.0f} ms | {heavy:.0f} ms | {ratio:.2f}"


def _libraries() -> Iterator[tuple[str, list[str], str]]:
    """What the C program is linked with, and the dialect that it then draws in."""
    yield "Mesa", ["-lEGL"], "gl"
    spec = importlib.util.find_spec("comfy_angle")
    if spec and spec.origin:
        folder = Path(spec.origin).parent / "libs"
        yield "ANGLE", [str(folder / "libEGL.so"), f"-Wl,-rpath,{folder}"], "es"


def _compile(options: list[str]) -> None:
    BUILD.mkdir(parents=True, exist_ok=True)
    source = str(HERE / "program_binary.c")
    subprocess.run(["cc", "-O2", "-Wall", source, "-o", str(PROGRAM), *options], check=True)


def _in_c(folder: Path, shader: str, dialect: str, environment: Mapping[str, str]) -> str:
    glsl = zcgpu.translate(SHADERS[shader], dialect=dialect)
    paths = [folder / f"{shader}.{part}" for part in ("vert", "frag", "bin")]
    paths[0].write_text(glsl.vertex)
    paths[1].write_text(glsl.fragment)

    def run(mode: str) -> list[float] | None:
        command = [str(PROGRAM), *map(str, paths), mode]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode not in (0, 2):
            raise SystemExit(done.stderr)
        return None if done.returncode else [float(word) for word in done.stdout.split()]

    first = run("source")
    if first is None:
        raise SystemExit(f"{shader}: the driver refuses the source")
    if first[0] == 0:
        drawn = median((run("source") or first)[2] for _ in range(ROUNDS))
        return f"0 | {drawn:.0f} ms | there is none"
    pairs = [(run("source"), run("binary")) for _ in range(ROUNDS)]
    sources = [source[2] for source, _ in pairs if source]
    binaries = [binary[2] for _, binary in pairs if binary]
    loaded = f"{median(binaries):.0f} ms" if binaries else "refused"
    return f"{first[0]:.0f} | {median(sources):.0f} ms | {loaded}"


if __name__ == "__main__":
    sys.exit(main())
