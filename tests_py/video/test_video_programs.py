"""Random programs over videos, their frames and contexts: any order, any thread, right pixels."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from benchmarks.xvfb import display
from hypothesis.stateful import rule
from random_programs import run_programs
from va import zcsw
from video.film_rules import FilmRules
from video.player_rules import PlayerRules
from video.program_state import SELDOM
from video.still_rules import StillRules

import zcgpu


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
    for variable, value in zcsw.environment().items():
        monkeypatch.setenv(variable, value)
    with display() as server:
        assert server, "there is no Xvfb: scripts/setup installs it"
        monkeypatch.setattr(VideoPrograms, "server", server, raising=False)
        run_programs(VideoPrograms)
