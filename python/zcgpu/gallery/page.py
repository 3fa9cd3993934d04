"""The gallery's page: one HTML file that asks nothing of anybody."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

from .. import __version__
from .card import card, plain, text

if TYPE_CHECKING:
    from .run import Settings

KINDS = ("generator", "filter", "transition")
STATES = ("ok", "warnings", "flat", "failed")


def page(title: str, reports: list[dict[str, Any]], settings: Settings) -> str:
    """The page of some reports.

    Its security policy allows the page's own script and pictures inside it, and no more: should
    anything that an author wrote escape its escaping, it still runs nothing and asks for nothing.
    """
    script = _text("page.js")
    # The element's text begins after the tag, with a line of its own.
    digest = hashlib.sha256(f"\n{script}".encode()).digest()
    return Template(_text("page.html")).substitute(
        version=__version__,
        title=text(title),
        facts=text(_facts(reports, settings)),
        kinds=_buttons(KINDS, Counter(report["kind"] for report in reports)),
        states=_buttons(STATES, Counter(state for it in reports for state in states_of(it))),
        categories=_categories(reports),
        total=len(reports),
        cards="".join(card(report, states_of(report)) for report in reports),
        style=_text("page.css"),
        script=script,
        script_hash=f"sha256-{base64.b64encode(digest).decode()}",
    )


def states_of(report: dict[str, Any]) -> list[str]:
    """What a report's state is called; a flat picture may be meant to be flat."""
    return [report["status"], *(["flat"] if report["flat"] else [])]


def _facts(reports: list[dict[str, Any]], settings: Settings) -> str:
    width, height = settings.size
    renderers = {report["renderer"] for report in reports if report["renderer"]}
    return f"{len(reports)} shaders at {width} x {height} on {', '.join(sorted(renderers)) or '-'}"


def _buttons(names: tuple[str, ...], counts: Counter[str]) -> str:
    return "".join(
        f'<button type="button" value="{name}" aria-pressed="false">{name}'
        f"<span>{counts[name]}</span></button>"
        for name in names
        if counts[name]
    )


def _categories(reports: list[dict[str, Any]]) -> str:
    counts = Counter(
        plain(name) for report in reports for name in dict.fromkeys(report["categories"])
    )
    options = (
        f'<option value="{text(name)}">{text(name)} ({count})</option>'
        for name, count in sorted(counts.items(), key=lambda item: item[0].lower())
    )
    return '<option value="">all categories</option>' + "".join(options)


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
