"""A film's frames by each way there is, those above it being refused, and by each driver's habits.

The refusals are made up (refusing_egl.c), what is then drawn is real, but for the planes in one
external texture, which llvmpipe draws black: how these look is not compared.
"""

from typing import Any

import pytest
from vm.film_refusals import FRAMES
from vm.refusing import outcomes_of

Outcomes = dict[tuple[str, ...], dict[str, Any]]

IMPORTED = [
    ("gl", "", "no_composed no_derive", "auto", "planes"),
    ("es", "", "no_separate", "require", "planes"),
    ("gl", "modifiers", "no_size", "require", "planes, modifier untold"),
    ("es", "textures", "", "auto", "composed"),
    ("es", "textures hints", "", "auto", "composed, no hints"),
]
COPIED = [("es", "textures composed", "", "auto", "composed: EGL_BAD_MATCH")]
REFUSED = [("gl", "textures", "", "require", "external textures are OpenGL ES's")]


@pytest.fixture(scope="module")
def outcomes() -> Outcomes:
    return outcomes_of("vm.film_refusals", [case[:4] for case in (*IMPORTED, *COPIED, *REFUSED)])


@pytest.mark.parametrize("case", IMPORTED, ids=str)
def test_frames_come_in_by_the_next_way(outcomes: Outcomes, case: tuple[str, ...]) -> None:
    told = outcomes[case[:4]]
    assert "error" not in told, told
    road = told["stats"]["zero_copy"]
    assert (told["by"], road["state"], road["imported"]) == ([case[4]], "pending", FRAMES)
    assert told["uploads"] == 0
    if case[4].startswith("composed"):
        assert told["stats"]["plane_textures"]["uploaded"] == 1
        assert "one external texture" in told["story"]
    else:
        assert told["off"] <= 1
        assert told["stats"]["plane_textures"]["drawn"] == 1
        assert told["stats"]["detached"] == 0
    assert told["luma"] == 0


@pytest.mark.parametrize("case", COPIED, ids=str)
def test_what_no_way_is_left_for_is_copied_and_each_ones_reason_told(
    outcomes: Outcomes, case: tuple[str, ...]
) -> None:
    told = outcomes[case[:4]]
    road = told["stats"]["zero_copy"]
    assert (road["state"], road["reason"], road["copied"]) == (
        "hw_download",
        "import failure",
        FRAMES,
    )
    assert told["uploads"] >= FRAMES
    assert told["off"] <= 1
    assert "external texture only" in told["story"]
    assert case[4] in told["story"]
    assert told["luma"] == 0


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_or_it_is_an_error_at_once(outcomes: Outcomes, case: tuple[str, ...]) -> None:
    told = outcomes[case[:4]]
    assert "allows no copy" in told["error"]
    assert case[4] in told["error"]
    assert "off" not in told
