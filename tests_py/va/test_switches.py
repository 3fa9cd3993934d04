"""Nothing that can be switched, refused or reached is without a test in the machine."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VM = ROOT / "tests_py" / "vm"
TABLE = (VM / "README.md").read_text()
ROWS = dict(re.findall(r"^\| (.+?) \| (\S+::\S+) \|$", TABLE, re.MULTILINE))


def raw_values(file: str, name: str) -> set[str]:
    """The words that an enumeration of Swift's has for its cases."""
    text = (ROOT / file).read_text()
    [body] = re.findall(rf"enum {name}: String.*?\n  }}\n", text, re.DOTALL)
    cases = re.findall(r"^    case (\w+)(?: = \"(.+?)\")?$", body, re.MULTILINE)
    return {word or case for case, word in cases}


SWITCHES = set(re.findall(r"\bZCSW_\w+", (ROOT / "tests_py/va/driver/faults.h").read_text()))
REFUSALS = set(re.findall(r"refuses\(\"(\w+)\"\)", (VM / "refusing_egl.c").read_text()))
RUNGS = raw_values("Sources/ZCCore/ImportLadder.swift", "Rung")
STATES = raw_values("Sources/ZCPipeline/ZeroCopyState.swift", "Phase")


def test_there_are_some_of_each() -> None:
    assert (len(SWITCHES) > 10, len(REFUSALS) > 3, len(RUNGS), len(STATES)) == (True, True, 6, 5)


def test_each_is_in_the_table() -> None:
    missing = (SWITCHES | REFUSALS | RUNGS | STATES) - ROWS.keys()
    # The driver's include guard.
    assert missing - {"ZCSW_FAULTS_H"} == set()


@pytest.mark.parametrize("place", sorted(set(re.findall(r"\w+/\w+\.py::\w+", TABLE))))
def test_the_test_is_there(place: str) -> None:
    file, name = place.split("::")
    assert f"\ndef {name}(" in (VM / file).read_text()
