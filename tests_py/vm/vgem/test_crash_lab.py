"""Scenarios of the crash laboratory that want memory which devices share."""

import pytest
from crash import laboratory


@pytest.mark.parametrize("scenario", laboratory.scenarios("machine"), ids=lambda it: it.name)
def test_ends_well_as_shipped_and_does_harm_without_its_guards(
    scenario: laboratory.Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Mesa says which of its drivers it did not find; the laboratory takes words for a complaint.
    monkeypatch.setenv("EGL_LOG_LEVEL", "fatal")
    shipped = laboratory.run(scenario, unguarded=False)
    assert shipped.ended == "well", f"{shipped}\n{shipped.output}"
    unguarded = laboratory.run(scenario, unguarded=True, without=scenario.without)
    assert unguarded.is_harm, f"{unguarded}\n{unguarded.output}"
