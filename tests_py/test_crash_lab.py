"""The crash laboratory's page is current, and nothing of its build leaves the house."""

import re
import signal
import subprocess
import zipfile
from pathlib import Path

import pytest
from crash import laboratory

import zcbuild
from zcbuild import layout, native

CRASH = Path(__file__).parent / "crash"
RULES = (layout.ROOT / "Sources/ZCCore/Guards.swift").read_text("utf-8")
TRACE = b"ZCGPU_UNGUARDED_RULES"
"""The variable that takes guards away: it stands in every build that can."""


def test_the_page_lists_the_scenarios_there_are() -> None:
    page = (layout.ROOT / "docs" / "crash-lab.md").read_text("utf-8")
    listed = re.findall(r"^## (\w+)$", page, flags=re.MULTILINE)
    assert listed == sorted(path.stem for path in (CRASH / "scenarios").glob("*.py"))


def test_every_scenario_says_what_became_of_it_once_and_names_guards_that_exist() -> None:
    rules = {"all", *re.findall(r"^    case (\w+)$", RULES, flags=re.MULTILINE)}
    for scenario in laboratory.scenarios():
        assert len(scenario.ancestor) > 40, scenario.name
        assert set(scenario.without.split()) <= rules, scenario.name


@pytest.mark.parametrize(
    ("status", "verdict", "ended", "is_harm"),
    [
        (-signal.SIGSEGV, "", "SIGSEGV", True),
        (-signal.SIGABRT, "", "SIGABRT", True),
        (3, "wrong pixels: a frame is (0, 0, 0, 0)", "wrong pixels", True),
        (5, "hangs: the child", "hang", True),
        (0, "right pixels in 3 looks", "well", False),
        (0, "", "something else", False),
        (1, "", "something else", False),  # an exception
        (-signal.SIGILL, "", "something else", False),  # a check of Swift's own
        (-signal.SIGTRAP, "", "something else", False),
        (3, "", "something else", False),
        (4, "not refused: a frame", "something else", False),
    ],
)
def test_an_exception_or_a_check_of_our_own_is_no_harm(
    status: int, verdict: str, ended: str, is_harm: bool
) -> None:
    outcome = laboratory.Outcome(laboratory.ending(status, verdict, ""), verdict, "")
    assert (outcome.ended, outcome.is_harm) == (ended, is_harm)


def test_who_complains_has_not_ended_well() -> None:
    assert laboratory.ending(0, "right pixels in 3 looks", "Warning: ...") == "something else"


def questions(build: str) -> list[str]:
    """The guards that the compiled modules of a build still ask for when they run."""
    objects = [str(path) for path in (layout.ROOT / ".build" / build / "release").glob("*/*.o")]
    command = ["nm", "--undefined-only", *objects]
    symbols = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "swift_retain" in symbols
    return [line for line in symbols.splitlines() if "ZCCore6Guards" in line]


def test_the_shipped_build_asks_no_guard_at_run_time() -> None:
    assert questions("python") == []
    if (layout.ROOT / ".build" / "unguarded").exists():  # the laboratory has been run here
        assert questions("unguarded") != []


def test_no_guard_can_be_taken_from_the_wheel(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / zcbuild.build_wheel(str(tmp_path))) as wheel:
        shipped = wheel.read(f"zcgpu/{native.MODULE_FILE}")
        assert not [name for name in wheel.namelist() if "unguarded" in name or "crash" in name]
    assert TRACE not in shipped
    assert TRACE.decode() in RULES
    unguarded = layout.ROOT / "build" / "unguarded" / "zcgpu" / native.MODULE_FILE
    if unguarded.exists():  # the laboratory has been run here: the trace is one
        assert TRACE in unguarded.read_bytes()
