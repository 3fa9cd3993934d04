"""The table, for people and as JSON."""

import json
from collections.abc import Mapping, Sequence

from benchmarks.figures import Figure, Row

PEERS = ("moderngl", "pyvvisf")


def _number(value: float, unit: str) -> str:
    digits = 2 if unit == "x" else 1 if unit == "ms" else 0
    return f"{value:.{digits}f}"


def _words(figure: Figure | None, unit: str, with_range: bool) -> str:
    if figure is None:
        return "-"
    text = _number(figure.middle, unit) + ("" if unit == "x" else f" {unit}")
    if not with_range:
        return text
    return f"{text} ({_number(figure.least, unit)} to {_number(figure.most, unit)})"


def verdict(row: Row) -> str:
    """PASS or over, where there is a goal."""
    figure = row.figure("zcgpu")
    if row.goal is None or figure is None:
        return ""
    return "PASS" if row.goal.holds(figure) else "over"


def _line(row: Row, peers: Sequence[str]) -> tuple[str, ...]:
    goal = ""
    if row.goal:
        unit = "" if row.unit == "x" else f" {row.unit}"
        goal = f"{'>=' if row.goal.at_least else '<='} {row.goal.limit:g}{unit}"
    return (
        row.title,
        row.yardstick,
        _words(row.figure("zcgpu"), row.unit, with_range=True),
        goal,
        verdict(row),
        *(_words(row.figure(peer), row.unit, with_range=False) for peer in peers),
    )


def table(rows: Sequence[Row], peers: Sequence[str] = PEERS) -> str:
    """The rows as aligned Markdown."""
    head = ("", "C", "zcgpu", "goal", "", *peers)
    lines = [head, *(_line(row, peers) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]

    def text(cells: Sequence[str]) -> str:
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        return f"| {' | '.join(padded)} |"

    return "\n".join([text(head), text(["-" * width for width in widths]), *map(text, lines[1:])])


def notes(rows: Sequence[Row]) -> list[str]:
    """Who is missing from which row, and why; said once where it is the same for all."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        for subject, reason in row.notes.items():
            found.setdefault((subject, reason), []).append(row.title)
    return [
        f"{subject} ({'; '.join(titles) if len(titles) < len(rows) / 2 else 'all'}): {reason}"
        for (subject, reason), titles in found.items()
    ]


def as_json(machine: Mapping[str, str], gl: Mapping[str, str], rows: Sequence[Row]) -> str:
    """Everything that was measured, each sample."""
    return json.dumps(
        {
            "machine": dict(machine),
            "gl": dict(gl),
            "rows": [
                {
                    "title": row.title,
                    "unit": row.unit,
                    "yardstick": row.yardstick,
                    "goal": row.goal and {"limit": row.goal.limit, "at_least": row.goal.at_least},
                    "verdict": verdict(row),
                    "samples": row.samples,
                    "notes": row.notes,
                }
                for row in rows
            ],
        },
        indent=1,
    )
