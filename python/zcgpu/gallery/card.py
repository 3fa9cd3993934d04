"""One shader's card on the page."""

from __future__ import annotations

import json
from html import escape
from typing import Any


def card(report: dict[str, Any], states: list[str]) -> str:
    """An article. Whatever an author wrote is text in it, and never markup."""
    cost = report["cost"] or {}
    data = {
        "kind": report["kind"] or "",
        "states": " ".join(states),
        "categories": json.dumps([plain(name) for name in report["categories"]]),
        "text": _searched(report),
        "cost": cost.get("frame_ms", -1),
        "compile": _until_shown(cost) if cost else -1,
    }
    attributes = "".join(f' data-{name}="{text(value)}"' for name, value in data.items())
    return (
        f"<article{attributes}>{_picture(report)}"
        f'<div class="text"><div class="head"><h2>{text(report["name"])}</h2>'
        f"{_marks(report, states)}</div>"
        f"{_paragraph('credit', report['credit'])}"
        f"{_paragraph('description', report['description'])}"
        f"<details><summary>{_summary(report)}</summary>"
        f"{_problems('Errors', 'errors', report['problems'])}"
        f"{_problems('Warnings', 'warned', report['warnings'])}"
        f"{_inputs(report['inputs'])}{_facts(report)}</details></div></article>\n"
    )


def _picture(report: dict[str, Any]) -> str:
    strip = report["strip"]
    if strip is None:
        problems = report["problems"]
        words = problems[0]["message"] if problems else "nothing is known of it"
        return f'<div class="picture broken"><span>{text(words)}</span></div>'
    style = (
        f"--frames:{int(strip['frames'])};--poster:{int(strip['poster'])};"
        f"--shape:{int(strip['width'])}/{int(strip['height'])}"
    )
    return (
        f'<div class="picture" style="{style}"><img alt="What {text(report["name"])} shows" '
        f'src="data:image/webp;base64,{text(strip["webp"])}"></div>'
    )


def _marks(report: dict[str, Any], states: list[str]) -> str:
    kind = f'<span class="mark">{text(report["kind"])}</span>' if report["kind"] else ""
    others = (f'<span class="mark {name}">{name}</span>' for name in states if name != "ok")
    return f'<div class="marks">{kind}{"".join(others)}</div>'


def _summary(report: dict[str, Any]) -> str:
    inputs = len(report["inputs"])
    words = [f"{inputs} input{'s' * (inputs != 1)}"]
    if report["cost"]:
        words.append(f"{_ms(report['cost']['frame_ms'])} a frame")
    for noun in ("problems", "warnings"):
        if report[noun]:
            words.append(f"{len(report[noun])} {noun if len(report[noun]) > 1 else noun[:-1]}")
    return " · ".join(words)


def _problems(title: str, style: str, problems: list[dict[str, Any]]) -> str:
    if not problems:
        return ""
    items = "".join(f"<li>{_problem(problem)}</li>" for problem in problems)
    return f'<h3>{title}</h3><ol class="{style}">{items}</ol>'


def _problem(problem: dict[str, Any]) -> str:
    place = f"<b>line {int(problem['line'])}</b> " if problem["line"] else ""
    told = place + text(problem["message"])
    if problem["quote"] is not None:
        quote = problem["quote"].replace("\t", " ")
        told += f"<pre>{text(quote)}\n{_mark(problem, len(quote))}</pre>"
    if problem["hint"]:
        told += f'<span class="hint">{text(problem["hint"])}</span>'
    return told


def _mark(problem: dict[str, Any], length: int) -> str:
    """Carets below what is meant, as far as it is quoted."""
    first = problem["column"]
    last = min(max(problem["end"], first + 1), length + 2)
    return " " * (first - 1) + "^" * (last - first) if 0 < first < last else ""


def _inputs(inputs: list[dict[str, Any]]) -> str:
    if not inputs:
        return ""
    rows = "".join(
        f"<tr><th>{text(entry['label'] or entry['name'])}"
        + (f"<small>{text(entry['name'])}</small>" if entry["label"] else "")
        + f"</th><td>{text(entry['type'])}</td><td>{_range(entry)}</td></tr>"
        for entry in inputs
    )
    return f"<h3>Inputs</h3><table>{rows}</table>"


def _range(entry: dict[str, Any]) -> str:
    """What an input may be, and what it is unless set."""
    default, words = entry["default"], []
    if entry["labels"]:
        words.append(text(", ".join(map(str, entry["labels"]))))
    elif entry["min"] is not None or entry["max"] is not None:
        words.append(f"{_value(entry['min'])} … {_value(entry['max'])}")
    if default is None or entry["type"] in ("event", "image"):
        return "".join(words)
    if entry["type"] == "color":
        red, green, blue, alpha = (float(part) for part in default)
        colour = f"rgb({red * 255:.0f} {green * 255:.0f} {blue * 255:.0f} / {alpha:.3f})"
        swatch = f'<span class="swatch" style="background:{colour}"></span>'
        words.append(f"default {swatch}{_value(default)}")
    elif entry["labels"] and default in entry["values"]:
        words.append(f"default {text(entry['labels'][list(entry['values']).index(default)])}")
    else:
        words.append(f"default {_value(default)}")
    return "<br>".join(words)


def _facts(report: dict[str, Any]) -> str:
    facts = {"File": report["path"]}
    if report["categories"]:
        facts["Categories"] = ", ".join(report["categories"])
    if len(report["passes"]) > 1:
        facts["Passes"] = str(len(report["passes"]))
    if cost := report["cost"]:
        facts["Compile"] = f"{_ms(cost['compile_ms'])}, first frame {_ms(cost['first_frame_ms'])}"
        facts["Frame"] = _ms(cost["frame_ms"])
    rows = "".join(f"<dt>{name}</dt><dd>{text(value)}</dd>" for name, value in facts.items())
    return f"<dl>{rows}</dl>"


def _paragraph(name: str, words: str | None) -> str:
    return f'<p class="{name}">{text(words.strip())}</p>' if words and words.strip() else ""


def _searched(report: dict[str, Any]) -> str:
    """What the search looks at, in small letters."""
    words = [report["name"], report["path"], report["credit"], report["description"]]
    words += [*report["categories"], *report["keywords"]]
    words += [entry["name"] for entry in report["inputs"]]
    return " ".join(word for word in words if word).lower()


def _until_shown(cost: dict[str, float]) -> float:
    """Milliseconds from the text to the first picture: some drivers compile when first asked."""
    return cost["compile_ms"] + cost["first_frame_ms"]


def _value(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_value, value))
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, float):
        return f"{value:.4g}"
    return "" if value is None else text(value)


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.{0 if milliseconds >= 100 else 1}f} ms"


def text(value: Any) -> str:
    """As text between tags and in attributes."""
    return escape(plain(value))


def plain(value: Any) -> str:
    """What UTF-8 can say: half a surrogate pair is nothing."""
    return str(value).encode("utf-8", "replace").decode()
