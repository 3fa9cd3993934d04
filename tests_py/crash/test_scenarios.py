"""Each scenario ends well as shipped, and does harm without its guards."""

import pytest

from crash import laboratory
from crash.laboratory import Scenario


@pytest.fixture(params=laboratory.scenarios(), ids=lambda it: it.name)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    chosen: Scenario = request.param
    return chosen


@pytest.fixture
def times(pytestconfig: pytest.Config) -> int:
    return int(pytestconfig.getoption("--repeat", default=laboratory.REPEAT))


@pytest.fixture(scope="module", autouse=True)
def cue() -> None:
    laboratory.build(str(laboratory.CUE.relative_to(laboratory.ROOT)))


@pytest.fixture(scope="module")
def unguarded_build() -> None:
    laboratory.build()


def test_ends_well_as_shipped(scenario: Scenario, times: int) -> None:
    for _ in range(times):
        outcome = laboratory.run(scenario, unguarded=False)
        assert outcome.ended == "well", f"{outcome}\n{outcome.output}"


@pytest.mark.usefixtures("unguarded_build")
def test_does_harm_without_its_guards(scenario: Scenario, times: int) -> None:
    for _ in range(times):
        outcome = laboratory.run(scenario, unguarded=True, without=scenario.without)
        assert outcome.is_harm, f"{outcome}\n{outcome.output}"


@pytest.mark.usefixtures("unguarded_build")
def test_ends_well_where_no_guard_is_taken_away(scenario: Scenario) -> None:
    """So the harm comes of the guard that is missing, not of the other build."""
    outcome = laboratory.run(scenario, unguarded=True)
    assert outcome.ended == "well", f"{outcome}\n{outcome.output}"
