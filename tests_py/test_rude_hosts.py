"""A host that replaces the context that was borrowed, or terminates the display under us."""

from pathlib import Path

import pytest
import replaced_hosts
import terminating_hosts
from children import QUIET, python

PROGRAMS = [
    f"{module.__name__}.{scenario.__name__}"
    for module in (replaced_hosts, terminating_hosts)
    for scenario in module.SCENARIOS
]


@pytest.mark.parametrize("program", PROGRAMS)
def test_of_a_rude_host(program: str) -> None:
    for _ in range(10):
        done = python(
            f"{QUIET}; import {program.split('.')[0]}; {program}(); print('to its end')",
            environment={"PYTHONPATH": str(Path(__file__).parent), **replaced_hosts.ENVIRONMENT},
        )
        if done.returncode != replaced_hosts.NO_REPEAT:
            break
    assert (done.returncode, done.stdout, done.stderr) == (0, "to its end\n", "")
