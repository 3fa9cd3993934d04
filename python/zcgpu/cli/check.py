"""``zcgpu check``: header, inputs, compile, warnings; one line a problem."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from . import check_places as places

if TYPE_CHECKING:
    from .._problems import Problem
    from .._source import Files
    from ..context import Context

#: Told without being asked for: what a driver may hang on.
_ALWAYS = "loop-bound"


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    command = commands.add_parser(
        "check",
        help="say what is wrong with shaders",
        description="Parse, compile and draw each shader once, small. One line a problem, as "
        "file:line:column: error: message [code]. The exit status is 1 if any has an error.",
    )
    command.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="ISF files (.fs), folders of them, or - for standard input",
    )
    command.add_argument("--name", metavar="FILE", help="what - is the text of")
    command.add_argument("--dialect", choices=("gl", "es", "both"), help="which GL")
    command.add_argument(
        "--strict",
        action="store_true",
        help="tell what works here but not everywhere, too, and exit with 1 for it",
    )
    command.add_argument(
        "--json", action="store_true", help="a JSON list, an object a file: docs/check-json.md"
    )
    command.set_defaults(run=run, refuse=command.error)


def run(options: argparse.Namespace) -> int:
    """Check every file."""
    from ..context import Context

    if options.files.count("-") > 1:
        options.refuse("standard input can be read once: give - once")
    if options.name is not None and "-" not in options.files:
        options.refuse("--name tells what - is the text of: there is no - among the files")
    if options.name == "":
        options.refuse("--name is the path of a file, not empty")
    dialects = ("gl", "es") if options.dialect == "both" else (options.dialect or "auto",)
    reports = []
    with ExitStack() as stack:
        contexts = {it: stack.enter_context(Context(dialect=it)) for it in dialects}
        for path in _files(options.files):
            report, lines = _check(contexts, path, options.name)
            if not options.json:
                _print(report, lines, options.strict)
            reports.append(report)
    found = [problem["severity"] for report in reports for problem in report["problems"]]
    if options.json:
        json.dump(reports, sys.stdout, indent=2)
        print()
    elif sys.stdout.isatty():
        print(
            f"{len(reports)} checked: {found.count('error')} errors, "
            f"{found.count('warning')} warnings"
            + ("" if options.strict or "warning" not in found else " (--strict tells all)")
        )
    return 1 if "error" in found or (options.strict and found) else 0


def _files(paths: list[str]) -> Iterator[str]:
    """Every file, and every .fs file in a folder or below it."""
    for path in paths:
        if not os.path.isdir(path):
            yield path
            continue
        found = False
        for folder, inner, names in os.walk(path):
            inner.sort()
            for name in sorted(names):
                if name.endswith(".fs"):
                    found = True
                    yield os.path.join(folder, name)
        if not found:
            yield path


def _check(
    contexts: dict[str, Context], path: str, name: str | None
) -> tuple[dict[str, Any], places.Lines]:
    """What there is to say of one file, and the lines to show it in."""
    from .._problems import Problem
    from ..errors import FileError
    from ..shader_text import problems_of

    shown = (name or "<stdin>") if path == "-" else path
    report: dict[str, Any] = {"file": shown, "ok": False, "kind": None, "problems": []}
    lines: places.Lines = {}
    #: Each problem, with the dialects that it was found in.
    found: dict[Problem, list[str]] = {}
    try:
        if path != "-" and os.path.isdir(path):
            raise FileError("there is no .fs file in this folder")
        files = _read(path, name)
    except FileError as error:
        message = str(error).removeprefix(f"{path}: ")
        found[Problem(shown, 0, 0, message, None, "error", "file")] = []
    else:
        lines = places.lines_of(files)
        found = {problem: [] for problem in problems_of(files)}
        if not any(problem.severity == "error" for problem in found):
            for context in contexts.values():
                dialect = str(context.info["dialect"])
                for problem in _drawn(context, files, name if path == "-" else path, report):
                    found.setdefault(problem, []).append(dialect)
    everywhere = [str(context.info["dialect"]) for context in contexts.values()]
    report["problems"] = [
        places.described(problem, dialects or everywhere, lines)
        for problem, dialects in found.items()
    ]
    report["ok"] = not any(problem.severity == "error" for problem in found)
    return report, lines


def _read(path: str, name: str | None) -> Files:
    from .._source import read, read_buffer

    if path == "-":
        return read_buffer(sys.stdin.buffer.read(), name or "<stdin>")
    return read(_path(path), None)


def _path(path: str) -> os.PathLike[str]:
    """A path, whatever its name looks like: never a shader's text."""
    from pathlib import Path

    return Path(path)


def _drawn(
    context: Context, files: Files, path: str | None, report: dict[str, Any]
) -> list[Problem]:
    """What compiling, reading imported pictures and drawing say."""
    from .._imports import give
    from .._problems import Problem, parse
    from .._source import Source
    from ..errors import Error, FileError, SourceError
    from ..scene import Scene

    try:
        # Of the text that was read, whatever the file holds by now.
        text = files[0].decode("utf-8", "replace")
        origin = Source(text if path is None else _path(path), None)
        with Scene._of(context, origin, files) as scene:
            report["kind"] = scene.info.kind
            if scene._import_count():
                give(scene, origin)
            scene.render(64, 48).close()
    except SourceError as error:
        return error.problems
    except FileError as error:
        told = [it._replace(file=report["file"], code="import") for it in parse(str(error))]
        return told or [Problem(report["file"], 0, 0, str(error), None, "error", "import")]
    except Error as error:
        return [Problem(report["file"], 0, 0, str(error), None, "error", "render")]
    return []


def _print(report: dict[str, Any], lines: places.Lines, strict: bool) -> None:
    """One line a problem; on a terminal with the author's line and the hint below it."""
    for problem in report["problems"]:
        if problem["severity"] == "warning" and not strict and problem["code"] != _ALWAYS:
            continue
        place = problem["file"] or report["file"]
        if problem["line"]:
            place += f":{problem['line']}:{problem['column'] or 1}"
        text = f"{place}: {problem['severity']}: {' '.join(problem['message'].split())}"
        text += f" [{problem['code']}]" if problem["code"] else ""
        hint = problem["hint"]
        if sys.stdout.isatty():
            text += places.quotation(problem, lines)
            text += f"\n  hint: {hint}" if hint else ""
        elif hint:
            text += f" (hint: {hint})"
        print(text, flush=True)
