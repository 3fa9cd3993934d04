"""Each way to bring memory in, those above it being refused.

llvmpipe refuses none. refusing_egl.c does, before EGL, as drivers of real GPUs do: that much is
made up. What comes in by the next way is real, and so are its pixels, but for luma and chroma in
one external texture: llvmpipe takes them, and draws black, whoever asks it.
"""

from typing import Any

import pytest
from vm.refusing import outcomes_of

FALLS = [
    ("gl", "NV12", "", "planes"),
    ("es", "NV12", "modifiers", "planes, modifier untold"),
    ("es", "NV12", "textures", "composed"),
    ("es", "NV12", "textures hints", "composed, no hints"),
    ("es", "AB24", "modifiers", "planes, modifier untold"),
    ("es", "AB24", "textures", "composed"),
]
ENDS = [
    ("es", "NV12", "textures composed", ["external texture only", "composed: EGL_BAD_MATCH"]),
    ("gl", "NV12", "textures", ["external texture only", "external textures are OpenGL ES's"]),
]


@pytest.fixture(scope="module")
def outcomes() -> dict[tuple[str, ...], dict[str, Any]]:
    return outcomes_of("vm.refusals", [case[:3] for case in (*FALLS, *ENDS)])


@pytest.mark.parametrize(("dialect", "fourcc", "refused", "rung"), FALLS)
def test_the_next_way_is_taken_and_shows_the_same(
    outcomes: dict[tuple[str, ...], dict[str, Any]],
    dialect: str,
    fourcc: str,
    refused: str,
    rung: str,
) -> None:
    told = outcomes[dialect, fourcc, refused]
    assert told["report"]["by"] == rung, told
    if (fourcc, rung[:8]) != ("NV12", "composed"):
        assert told["wrong"] == 0, told


@pytest.mark.parametrize(("dialect", "fourcc", "refused", "words"), ENDS)
def test_where_no_way_is_left_each_ones_reason_is_told(
    outcomes: dict[tuple[str, ...], dict[str, Any]],
    dialect: str,
    fourcc: str,
    refused: str,
    words: list[str],
) -> None:
    told = outcomes[dialect, fourcc, refused]
    assert told["report"]["by"] is None
    assert [word for word in words if word not in told["error"]] == []
