"""Borrowing from hosts of older versions of GL, and of too old ones."""

from pathlib import Path

import old_hosts
import pytest
from children import QUIET, python

VERDICTS = [("draws", name) for name in old_hosts.VERSIONS]
VERDICTS += [("refuses", name) for name in old_hosts.TOO_OLD]


@pytest.mark.parametrize(("verdict", "name"), VERDICTS)
def test_of_a_host_of_an_older_version(verdict: str, name: str) -> None:
    version = {**old_hosts.VERSIONS, **old_hosts.TOO_OLD}[name][2]
    done = python(
        f"{QUIET}; import old_hosts; old_hosts.{verdict}({name!r}); print('to its end')",
        environment={"PYTHONPATH": str(Path(__file__).parent), **version},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "to its end\n", "")
