"""The process in which one shader is drawn: a job on stdin, lines of JSON on stdout.

Each line adds members to the report on the shader, so that what is known before a crash or an
endless loop is not lost. Run as ``python -m zcgpu.gallery.child``.
"""

from __future__ import annotations

import base64
import json
import os
import signal
import sys
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, TextIO

from .._problems import Problem
from .cache import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..scene import Scene
    from ..scene_info import SceneInfo

GRACE = 2.0
"""Seconds after its time limit at which a child ends itself, should nobody else do it."""
MOST_TOLD = 100
"""Problems of a shader, and warnings."""
LONGEST_QUOTE = 200
"""Characters of a line that is quoted."""


def main() -> None:
    """Draw what the job asks for."""
    job = json.load(sys.stdin)
    # Also while native code runs, and when the process that should end this one is gone.
    signal.setitimer(signal.ITIMER_REAL, job["timeout"] + GRACE)
    _be_first_to_go()
    reports = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a driver prints is no report
    report(job, reports)


def report(job: dict[str, Any], reports: TextIO) -> None:
    """Write what becomes of the shader, as it becomes known."""
    from ..context import Context
    from ..errors import DisplayError, Error, FileError, SourceError
    from ..shader_text import check, describe

    def tell(**members: Any) -> None:
        reports.write(json.dumps(members) + "\n")
        reports.flush()

    path = Path(job["path"])  # as a str, a name with a semicolon in it would be a shader's text
    try:
        if path.exists() and not path.is_file():  # opening a pipe would wait for its writer
            raise FileError("is no file")
        info = describe(path)
        warnings = [problem for problem in check(path) if problem.severity == "warning"]
        tell(**header(info), dependencies=dependencies(info, path))
        tell(warnings=quoted(warnings, path))
        with Context(dialect=job["dialect"]) as context:
            tell(renderer=context.info["renderer"])
            begin = perf_counter()
            with context.scene(path) as scene:
                compile_ms = round((perf_counter() - begin) * 1e3, 3)
                status = "warnings" if warnings else "ok"
                tell(**drawn(scene, job, compile_ms), status=status, failure=None)
    except SourceError as error:
        failure = "header" if type(error).__name__ == "HeaderError" else "shader"
        tell(failure=failure, problems=quoted(error.problems, path) or [whole(str(error))])
    except DisplayError as error:
        tell(failure="display", problems=[whole(str(error))])
    except FileError as error:
        tell(failure="file", problems=[whole(str(error))])
    except Error as error:
        tell(failure="draw", problems=[whole(str(error))])


def header(info: SceneInfo) -> dict[str, Any]:
    """What the header says."""
    return {
        "kind": info.kind,
        "description": info.description,
        "credit": info.credit,
        "categories": list(info.categories),
        "keywords": list(info.keywords),
        "isf_version": info.isf_version,
        "inputs": [asdict(entry) for entry in info.inputs],
        "passes": [asdict(entry) for entry in info.passes],
    }


def drawn(scene: Scene, job: dict[str, Any], compile_ms: float) -> dict[str, Any]:
    """What the shader shows, and what that costs."""
    from . import stand_ins
    from .portrait import Portrait

    stand_ins.give(scene, job["images"], job["sounds"], job["times"][-1])
    width, height = job["size"]
    portrait = Portrait(scene, (width, height))
    portrait.draw(job["times"])
    strip = portrait.strip()
    strip["webp"] = base64.b64encode(strip["webp"]).decode("ascii")
    return {
        "flat": portrait.flat,
        "contrast": portrait.contrast,
        "cost": {"compile_ms": compile_ms, **portrait.cost},
        "strip": strip,
    }


def dependencies(info: SceneInfo, path: Path) -> dict[str, str | None]:
    """The digests of the pictures in the shader's folder that come with it, by their paths."""
    folder = os.path.dirname(os.path.abspath(path))
    names = {name for entry in info.imports for name in entry.paths}
    files = (os.path.normpath(os.path.join(folder, name)) for name in names)
    return {file: digest(file) for file in files if file.startswith(os.path.join(folder, ""))}


def quoted(problems: Iterable[Problem], path: Path) -> list[dict[str, Any]]:
    """Problems with the lines that they are about."""
    beside = Path(os.path.splitext(path)[0] + ".vs")
    lines = {file.name: _lines(file) for file in (path, beside)}
    told = []
    for problem in islice(problems, MOST_TOLD):
        text = lines.get(os.path.basename(problem.file), [])
        known = 0 < problem.line <= len(text)
        quote = text[problem.line - 1][:LONGEST_QUOTE] if known else None
        told.append({**problem._asdict(), "quote": quote})
    return told


def whole(message: str) -> dict[str, Any]:
    """A problem of the whole file."""
    return {**Problem("", 0, 0, message, None)._asdict(), "quote": None}


def _lines(path: Path) -> list[str]:
    """As GLSL counts them."""
    try:
        with open(path, encoding="utf-8", errors="replace", newline=None) as file:
            return file.read().split("\n")
    except OSError:
        return []


def _be_first_to_go() -> None:
    """Where memory runs out, this process ends, and not the one that waits for it."""
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
            file.write("1000")
    except OSError:
        pass  # a system without it


if __name__ == "__main__":
    main()
