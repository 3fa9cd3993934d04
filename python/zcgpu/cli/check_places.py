"""Where problems are, as editors and people count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .._problems import Problem
    from .._source import Files

#: The lines of each file of a shader, by the path that messages name.
Lines = dict[str, list[str]]

_LONGEST = 160


def lines_of(files: Files) -> Lines:
    """The lines of the fragment file and of the vertex file."""
    found: Lines = {}
    for text, path in (files[:2], files[2:]):
        if text is not None:
            whole = text.decode("utf-8", "replace").removeprefix("\ufeff")
            found[path or "<source>"] = re.split("\r\n|\r|\n", whole)
    return found


def described(problem: Problem, dialects: list[str], lines: Lines) -> dict[str, Any]:
    """A problem as JSON: docs/check-json.md."""
    return {
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "range": _range(problem, _line(problem.file, problem.line, lines)),
        "dialects": dialects,
    }


def quotation(problem: dict[str, Any], lines: Lines) -> str:
    """The author's line, and below it a mark under what is meant."""
    line = _line(problem["file"], problem["line"], lines)
    if not line:
        return ""
    column = problem["column"]
    start = max(0, min(column - _LONGEST // 2, len(line) - _LONGEST))
    text = f"\n    {line[start : start + _LONGEST]}"
    if column:
        lead = re.sub("[^\t]", " ", line[start : column - 1])
        reach = problem["range"]["end"]["character"] - problem["range"]["start"]["character"]
        text += f"\n    {lead}^" + "~" * (min(reach, _LONGEST // 2) - 1)
    return text


def _line(file: str, number: int, lines: Lines) -> str:
    """A line; empty where there is none."""
    all_lines = lines.get(file, [])
    return all_lines[number - 1] if 0 < number <= len(all_lines) else ""


def _range(problem: Problem, line: str) -> dict[str, Any]:
    """From 0, in UTF-16 code units, as the Language Server Protocol counts.

    It is the whole line where the column is unknown, and the file's beginning where the line is.
    """
    number = max(0, problem.line - 1)
    first, last = 0, len(line)
    if problem.column:
        first = problem.column - 1
        last = max(problem.end - 1, first)
    start, end = (len(line[:it].encode("utf-16-le")) // 2 for it in (first, last))
    return {
        "start": {"line": number, "character": start},
        "end": {"line": number, "character": end},
    }
