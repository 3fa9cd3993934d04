"""Runs pyvvisf 0.2.1's own tests against zcgpu.compat.pyvvisf.

    python tests_py/compat/run_upstream.py CHECKOUT

CHECKOUT is a working copy of pyvvisf at commit 6d3de01. Its tests are copied to a temporary folder
and lose their skips there: a test skipped for a segmentation fault runs, and one that would skip
because an import or an initialisation failed fails instead. The module's name is lent to ours. Its
examples are run, too. The exit status is 0 when all ran and those that failed are the ones that
EXPECTED lists.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

EXPECTED = {
    "test_isf_renderer_errors.TestISFRendererErrors"
    ".test_shader_with_non_constant_loop_condition_fails": "wants a valid loop refused",
}
"""Tests that assert what pyvvisf did wrong, with the reason. docs/compat-pyvvisf.md tells more."""

PLUGIN = """
import sys
import zcgpu.compat.pyvvisf
sys.modules["pyvvisf"] = zcgpu.compat.pyvvisf
"""

Outcome = tuple[str, str, str]
"""A test's name, how it ended, and the first line of why."""


def without_skips(text: str) -> tuple[str, int]:
    """The same tests, where nothing skips, and how many skips there were."""
    tree = ast.parse(text)
    unconditional = {
        id(statement)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for statement in node.body
    }
    lines = text.splitlines(keepends=True)
    count = 0
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
            continue
        if ast.unparse(node.value.func) != "pytest.skip":
            continue
        line = lines[node.lineno - 1]
        if id(node) in unconditional:
            lines[node.lineno - 1] = line[: node.col_offset] + "pass\n"
        else:
            lines[node.lineno - 1] = line.replace("pytest.skip(", "pytest.fail(", 1)
        count += 1
    return "".join(lines), count


def run(checkout: Path) -> tuple[list[Outcome], int]:
    """Every test's outcome, and how many skips were removed."""
    with tempfile.TemporaryDirectory() as folder:
        tests = Path(folder) / "tests"
        shutil.copytree(checkout / "tests", tests)
        removed = 0
        for path in tests.glob("test_*.py"):
            text, count = without_skips(path.read_text("utf-8"))
            path.write_text(text, "utf-8")
            removed += count
        (Path(folder) / "as_pyvvisf.py").write_text(PLUGIN)
        (Path(folder) / "pytest.ini").write_text("[pytest]\n")
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        command += ["-p", "as_pyvvisf", f"--junit-xml={report}", str(tests)]
        alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        done = subprocess.run(
            command, cwd=folder, env=alone, capture_output=True, text=True, check=False
        )
        if done.returncode not in (0, 1) or not report.exists():
            sys.exit(f"pytest ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
        return [outcome(case) for case in ElementTree.parse(report).iter("testcase")], removed


def run_examples(checkout: Path) -> list[Outcome]:
    """How each example ended, which may write what it likes into a copy of its folder."""
    with tempfile.TemporaryDirectory() as folder:
        copies = Path(folder) / "examples"
        shutil.copytree(checkout / "examples", copies)
        (Path(folder) / "as_pyvvisf.py").write_text(PLUGIN)
        outcomes: list[Outcome] = []
        for path in sorted(copies.glob("*.py")):
            program = (
                f"import as_pyvvisf, runpy; runpy.run_path({str(path)!r}, run_name='__main__')"
            )
            command = [sys.executable, "-c", program]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            last = (done.stderr.strip() or "no reason").splitlines()[-1]
            ended = ("failure", last) if done.returncode else ("passed", "")
            outcomes.append((f"examples.{path.stem}", *ended))
        return outcomes


def outcome(case: ElementTree.Element) -> Outcome:
    """One test of pytest's report."""
    name = f"{case.get('classname', '').removeprefix('tests.')}.{case.get('name')}"
    for child in case:
        if child.tag in ("failure", "error", "skipped"):
            reason = (child.get("message") or "").strip().splitlines()
            return name, child.tag, reason[0] if reason else ""
    return name, "passed", ""


def main(arguments: list[str]) -> int:
    """Run, print the table, say whether all is as it should be."""
    if len(arguments) != 1 or not (Path(arguments[0]) / "tests").is_dir():
        print(__doc__)
        return 2
    outcomes, removed = run(Path(arguments[0]))
    tests = len(outcomes)
    passed = sum(ended == "passed" for _, ended, _ in outcomes)
    outcomes += run_examples(Path(arguments[0]))
    wrong = 0
    for name, ended, reason in sorted(outcomes):
        expected = EXPECTED.get(name)
        note = f"  ({expected})" if expected else f"  {reason}" if reason else ""
        print(f"{ended:8}{name}{note}")
        wrong += ended != ("failure" if expected else "passed")
    bugs = sum(name in EXPECTED for name, _, _ in outcomes)
    print(
        f"{tests} tests ran, {removed} skips removed: {passed} passed, {bugs} assert bugs; "
        f"{len(outcomes) - tests} examples ran; {wrong} ended otherwise than they should"
    )
    return 1 if wrong or not tests else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
