"""Where things are in the source tree."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = ROOT / "python"
HEADER = ROOT / "CBridge" / "CZCGPU" / "include" / "zcgpu.h"

SOURCES = (
    "CBridge",
    "CHANGELOG.md",
    "LICENSE",
    "Package.swift",
    "README.md",
    "Sources",
    "Tests",  # Package.swift names the test targets, and SwiftPM wants their folders
    "build_backend",
    "pyproject.toml",
    "python",
)
"""What a source distribution holds. All but CHANGELOG.md is needed to build."""

PYTHON_SUFFIXES = {".css", ".html", ".js", ".py", ".pyi", ".typed"}
LEFT_BEHIND_SUFFIXES = {".so", ".pyc"}


def python_files() -> Iterator[Path]:
    """The package's Python files, in a fixed order; never the built extension."""
    for path in sorted(PYTHON.rglob("*")):
        if path.is_file() and path.suffix in PYTHON_SUFFIXES:
            yield path


def source_files() -> Iterator[Path]:
    """The files of a source distribution, in a fixed order, without what builds leave behind."""
    for name in SOURCES:
        top = ROOT / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            hidden = any(part.startswith(".") for part in path.relative_to(ROOT).parts)
            if path.is_file() and not hidden and path.suffix not in LEFT_BEHIND_SUFFIXES:
                yield path
