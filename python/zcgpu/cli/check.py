"""``zcgpu check``: header, inputs, compile; one line a problem."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..context import Context


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    command = commands.add_parser(
        "check",
        help="say what is wrong with shaders",
        description="Parse, compile and draw each shader once, small. One line a problem, as "
        "file:line:column: message. The exit status is 1 if any has one.",
    )
    command.add_argument("files", nargs="+", metavar="FILE", help="ISF files (.fs)")
    command.add_argument("--dialect", choices=("gl", "es"), default="auto", help="which GL")
    command.add_argument("--json", action="store_true", help="a JSON list, an object a file")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check every file."""
    from ..context import Context

    with Context(dialect=options.dialect) as context:
        reports = [_check(context, path) for path in options.files]
    bad = [report for report in reports if report["problems"]]
    if options.json:
        json.dump(reports, sys.stdout, indent=2)
        print()
    else:
        for report in bad:
            for problem in report["problems"]:
                place = problem["file"] or report["file"]
                if problem["line"]:
                    place += f":{problem['line']}:{problem['column'] or 1}"
                print(f"{place}: {problem['message']}")
        if sys.stdout.isatty():
            print(f"{len(reports)} checked, {len(bad)} with problems")
    return 1 if bad else 0


def _check(context: Context, path: str) -> dict[str, Any]:
    from .._problems import parse
    from ..errors import Error, FileError, HeaderError, ShaderError

    report: dict[str, Any] = {"file": path, "ok": False, "kind": None, "problems": []}
    try:
        with context.scene(path) as scene:
            report["kind"] = scene.info.kind
            scene.render(64, 48).close()
            report["ok"] = True
    except (HeaderError, ShaderError) as error:
        report["problems"] = [problem._asdict() for problem in error.problems]
    except FileError as error:
        found = [problem._asdict() for problem in parse(str(error))]  # an import's, say
        report["problems"] = found or [_whole(str(error).removeprefix(f"{path}: "))]
    except Error as error:
        report["problems"] = [_whole(str(error))]
    return report


def _whole(message: str) -> dict[str, Any]:
    """A problem of the whole file."""
    return {"file": None, "line": 0, "column": 0, "message": message, "hint": None}
