"""A host that destroys, recreates or replaces the context that was borrowed."""

from pathlib import Path

import pytest
import replaced_hosts
from children import python


@pytest.mark.parametrize("scenario", [scenario.__name__ for scenario in replaced_hosts.SCENARIOS])
def test_of_a_host_that_replaces_its_context(scenario: str) -> None:
    done = python(
        f"import replaced_hosts; replaced_hosts.{scenario}(); print('to its end')",
        environment={"PYTHONPATH": str(Path(__file__).parent), **replaced_hosts.ENVIRONMENT},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "to its end\n", "")
