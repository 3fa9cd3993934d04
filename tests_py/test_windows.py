"""Real hosts: glfw's windows on an X server without a screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import windows
from benchmarks.xvfb import display
from children import QUIET, python


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The X server's name."""
    with display() as name:
        assert name, "there is no Xvfb: scripts/setup installs it"
        yield name


@pytest.mark.parametrize("program", [scenario.__name__ for scenario in windows.SCENARIOS])
def test_of_a_program_with_a_window(server: str, program: str) -> None:
    done = python(
        f"{QUIET}; import windows; windows.{program}(); print('to its end')",
        environment={"PYTHONPATH": str(Path(__file__).parent), "DISPLAY": server},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "to its end\n", "")
