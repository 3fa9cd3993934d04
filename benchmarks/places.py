"""Where the benchmark finds and puts things."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "benchmarks"
SHADER = HERE / "shader.fs"
BUILD = ROOT / ".build" / "bench"
REFERENCE = BUILD / "reference"
SHADER_CACHE = BUILD / "shader-cache"
