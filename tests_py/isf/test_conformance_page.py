"""docs/isf-conformance.md names tests that there are."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "isf-conformance.md").read_text("utf-8")
RULES = PAGE.partition("## The language")[2].partition("## Real libraries")[0]


def rows() -> list[str]:
    """The rows of both tables, without their heads."""
    lines = [line for line in RULES.splitlines() if line.startswith("|")]
    return [line for line in lines if not line.startswith(("| Rule", "| ---"))]


def declared(path: Path) -> set[str]:
    """The names of a file's tests."""
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_rule_has_a_test_that_is_there() -> None:
    listed = rows()
    assert len(listed) > 60
    missing = []
    for row in listed:
        named = re.findall(r"(tests_py/[\w/]+\.py)::(test_\w+)", row.rpartition(" | ")[2])
        missing += [row] if not named else []
        for file, test in named:
            path = ROOT / file
            if not path.is_file() or test not in declared(path):
                missing.append(f"{file}::{test}")
    assert missing == []


def test_no_rule_stands_there_twice() -> None:
    rules = [row.split(" | ")[0] for row in rows()]
    assert sorted(set(rules)) == sorted(rules)
