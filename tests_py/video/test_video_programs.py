"""Random programs over videos, their frames and contexts: any order, any thread, right pixels."""

from __future__ import annotations

import gc
import os
import random
from typing import Any

import pytest
from benchmarks.xvfb import display
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import rule, run_state_machine_as_test
from va import zcsw
from video.film_rules import FilmRules
from video.player_rules import PlayerRules
from video.program_state import SELDOM
from video.still_rules import StillRules

import zcgpu

STEPS = int(os.environ.get("ZCGPU_STATEFUL_STEPS", "2000"))
SEED = int(os.environ.get("ZCGPU_STATEFUL_SEED", random.SystemRandom().randrange(2**32)))
SHRINK = os.environ.get("ZCGPU_STATEFUL_SHRINK", "1") != "0"


class VideoPrograms(FilmRules, StillRules, PlayerRules):
    """One random program."""

    @rule(sure=SELDOM)
    def collect(self, sure: bool) -> None:
        if sure:
            gc.collect()

    def teardown(self) -> None:
        self.end()
        gc.collect()
        assert zcgpu.census() == self.before

    def end(self) -> None:
        for view, value in self.views:
            assert (view == value).all()
        for still in self.stills:
            if not still.is_closed:
                still.check()  # whatever became of its video
        closing: list[Any] = [it.pipeline for it in self.players]
        closing += [it.video for it in self.films] + [it.decoder for it in self.feeds]
        closing += [it for it, _ in self.leases]
        lives = {*self.lives, *(shown.life for _, shown in self.pictures)}
        for it in closing + [life.context for life in lives]:
            it.close()
        lists: list[list[Any]] = [
            *(self.lives, self.films, self.stills, self.views, self.leases, self.pictures),
            *(self.players, self.feeds),
        ]
        for things in lists:
            things.clear()


def test_no_program_over_videos_sees_wrong_pixels_or_an_unexpected_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    print(f"seed: ZCGPU_STATEFUL_SEED={SEED}")
    for variable, value in zcsw.environment().items():
        monkeypatch.setenv(variable, value)
    with display() as server:
        assert server, "there is no Xvfb: scripts/setup installs it"
        monkeypatch.setattr(VideoPrograms, "server", server, raising=False)
        run_state_machine_as_test(
            seed(SEED)(VideoPrograms),
            settings=settings(
                max_examples=STEPS // 50,
                stateful_step_count=50,
                deadline=None,
                database=None,
                phases=[Phase.generate, *([Phase.shrink] if SHRINK else [])],
                suppress_health_check=list(HealthCheck),
                print_blob=True,
            ),
        )
