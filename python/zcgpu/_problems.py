"""The problems that an exception's message lists, one by one."""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """One problem at one place. ``line`` and ``column`` count from 1; 0 is unknown."""

    file: str
    line: int
    column: int
    message: str
    hint: str | None


def parse(text: str) -> list[Problem]:
    """Every ``file:line:column: error: message`` of a text, each with its hint."""
    found: list[Problem] = []
    for line in text.split("\n"):
        place, mark, message = line.partition(": error: ")
        if mark and not line.startswith(" "):
            found.append(Problem(*_place(place), message, None))
        elif found and line.startswith("  hint: "):
            found[-1] = found[-1]._replace(hint=line.removeprefix("  hint: "))
    return found


def _place(text: str) -> tuple[str, int, int]:
    """``file``, ``file:line`` or ``file:line:column``."""
    parts = text.rsplit(":", 2)
    numbers: list[int] = []
    while len(parts) > 1 and parts[-1].isdigit():
        numbers.insert(0, int(parts.pop()))
    line, column = (*numbers, 0, 0)[:2]
    return ":".join(parts), line, column
