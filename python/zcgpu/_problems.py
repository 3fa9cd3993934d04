"""The problems that an exception's message lists, one by one."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOLD = "(?P<severity>error|warning): (?P<message>.*)"
_NUMBERED = re.compile(f"(?P<place>.*?:[0-9]+): {_TOLD}")
"""A file's name may have all that parts it from a message, but hardly with a line's number."""
_PLAIN = re.compile(f"(?P<place>.*?): {_TOLD}")


class Problem(NamedTuple):
    """One problem at one place.

    ``line`` and ``column`` count from 1, columns in Unicode code points; 0 is unknown. ``end`` is
    the column behind the last one that is meant, in the same line. ``severity`` is ``"error"`` or
    ``"warning"``; ``code`` is a short word that stays the same: docs/errors.md lists them.
    """

    file: str
    line: int
    column: int
    message: str
    hint: str | None
    severity: str = "error"
    code: str = ""
    end: int = 0


def parse(text: str) -> list[Problem]:
    """Every ``file:line:column: error: message [code]`` of a text, with its mark and hint."""
    found: list[Problem] = []
    quoted = 0
    for line in text.split("\n"):
        if line.startswith("    "):
            quoted += 1
            if quoted == 2 and found and found[-1].column:
                found[-1] = found[-1]._replace(end=found[-1].column + len(line.strip()))
            continue
        quoted = 0
        if line.startswith("  hint: "):
            if found:
                found[-1] = found[-1]._replace(hint=line.removeprefix("  hint: "))
            continue
        told = _NUMBERED.match(line) or _PLAIN.match(line)
        if told:
            message, code = _code(told["message"])
            place = _place(told["place"])
            found.append(Problem(*place, message, None, told["severity"], code))
    return found


def _code(message: str) -> tuple[str, str]:
    """A message and the ``[code]`` at its end."""
    head, mark, code = message.rpartition(" [")
    if mark and code.endswith("]") and code[:-1].replace("-", "").isalnum():
        return head, code[:-1]
    return message, ""


def _place(text: str) -> tuple[str, int, int]:
    """``file``, ``file:line`` or ``file:line:column``."""
    parts = text.rsplit(":", 2)
    numbers: list[int] = []
    while len(parts) > 1 and parts[-1].isdigit():
        numbers.insert(0, int(parts.pop()))
    line, column = (*numbers, 0, 0)[:2]
    return ":".join(parts), line, column
