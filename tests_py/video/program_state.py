"""What a random program over videos holds, and the numbers that it picks with."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from programs import Life, Picture
from video.video_programs import FRAMES, Feed, Film, Player, Still

import zcgpu

WHICH = st.integers(0, 99)
NUMBER = st.integers(0, FRAMES - 1)
SELDOM = st.integers(1, 6).map(lambda number: number == 6)


class ProgramState(RuleBasedStateMachine):
    """What it holds lies in lists; a number picks."""

    server: str
    """The X server of the device that decodes."""

    def __init__(self) -> None:
        super().__init__()
        self.before = zcgpu.census()
        self.lives: list[Life] = []
        self.films: list[Film] = []
        self.stills: list[Still] = []
        self.views: list[tuple[np.ndarray[Any, Any], int]] = []
        self.leases: list[tuple[zcgpu.Lease, Still]] = []
        self.pictures: list[tuple[zcgpu.Frame, Picture]] = []
        self.players: list[Player] = []
        self.feeds: list[Feed] = []

    def keep(self, still: Still) -> None:
        """A pipeline gives the same frame again and again, as the same object."""
        if all(it.frame is not still.frame for it in self.stills):
            self.stills.append(still)


def pick(things: list[Any], which: int) -> Any:
    return things[which % len(things)]


def if_any(things: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A rule that does nothing where there are none of these.

    It is no precondition: which frames there are depends on threads, and which rules a program may
    take must not, since Hypothesis tells programs apart by that.
    """

    def guarded(rule: Callable[..., None]) -> Callable[..., None]:
        @wraps(rule)
        def tried(self: ProgramState, **numbers: Any) -> None:
            if getattr(self, things):
                rule(self, **numbers)

        return tried

    return guarded
