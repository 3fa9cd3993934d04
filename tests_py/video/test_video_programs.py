"""Random programs over videos, their frames and contexts: any order, any thread, right pixels."""

from __future__ import annotations

import gc
import os
import random
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from programs import Errors, Life, Picture, outcome, together
from sources import FILTER
from video.video_programs import CODINGS, FRAMES, Film, Still, grey, luma, shade

import zcgpu

STEPS = int(os.environ.get("ZCGPU_STATEFUL_STEPS", "1500"))
SEED = int(os.environ.get("ZCGPU_STATEFUL_SEED", random.SystemRandom().randrange(2**32)))
SHRINK = os.environ.get("ZCGPU_STATEFUL_SHRINK", "1") != "0"

WHICH = st.integers(0, 99)
NUMBER = st.integers(0, FRAMES - 1)
SELDOM = st.integers(1, 6).map(lambda number: number == 6)


class VideoPrograms(RuleBasedStateMachine):
    """One random program. What it holds lies in lists; a number picks."""

    def __init__(self) -> None:
        super().__init__()
        self.before = zcgpu.census()
        self.lives: list[Life] = []
        self.films: list[Film] = []
        self.stills: list[Still] = []
        self.views: list[tuple[np.ndarray[Any, Any], int]] = []
        self.pictures: list[tuple[zcgpu.Frame, Picture]] = []

    # -- contexts --

    @initialize()
    def start(self) -> None:
        self.open_context("gl")
        for coding in CODINGS:
            self.open(0, coding, threads=0, with_context=True)

    @precondition(lambda self: len(self.lives) < 3)
    @rule(dialect=st.sampled_from(["gl", "es"]))
    def open_context(self, dialect: str) -> None:
        self.lives.append(Life(zcgpu.Context(dialect=dialect)))

    @rule(which=WHICH, sure=SELDOM, how=st.sampled_from(["close", "lose", "reinitialize"]))
    def change_context(self, which: int, sure: bool, how: str) -> None:
        if not (self.lives and sure):
            return
        life = pick(self.lives, which)
        if how == "close":
            life.context.close()
            life.close()
        elif how == "lose":
            if not outcome(life.context.simulate_loss, life.expected()) and not life.expected():
                life.phase = "lost"
        else:
            closed = (zcgpu.ClosedError,) if life.phase == "closed" else ()
            outcome(life.context.reinitialize, closed)
            if not closed:
                life.phase = "live"
                life.generation += 1
        life.check()

    # -- films --

    @precondition(lambda self: len(self.films) < 6)
    @rule(
        which=WHICH,
        coding=st.sampled_from([*CODINGS]),
        threads=st.integers(0, 3),
        with_context=st.booleans(),
    )
    def open(self, which: int, coding: str, threads: int, with_context: bool) -> None:
        life = pick(self.lives, which) if with_context and self.lives else None
        context = life.context if life else None
        refused = (zcgpu.ClosedError,) if life and life.phase == "closed" else ()
        video = outcome(
            lambda: zcgpu.open_video(grey(coding), context=context, threads=threads), refused
        )
        if video is not None:
            self.films.append(Film(video, life))

    @precondition(lambda self: self.films)
    @rule(which=WHICH, sure=SELDOM, drop=st.booleans())
    def close(self, which: int, sure: bool, drop: bool) -> None:
        if not sure:
            return
        film = pick(self.films, which)
        film.video.close()
        film.is_closed = True
        if drop:
            self.films.remove(film)

    @precondition(lambda self: self.films)
    @rule(which=WHICH, number=NUMBER, back=st.booleans())
    def frame(self, which: int, number: int, back: bool) -> None:
        film = pick(self.films, which)
        asked = number - FRAMES if back else number
        self.keep(film, number, lambda: film.video[asked])

    @precondition(lambda self: self.films)
    @rule(which=WHICH, number=NUMBER, part=st.floats(0.01, 0.99))
    def frame_at(self, which: int, number: int, part: float) -> None:
        film = pick(self.films, which)
        self.keep(film, number, lambda: film.video.frame_at((number + part) / 25))

    @precondition(lambda self: self.films)
    @rule(which=WHICH, beyond=st.sampled_from([FRAMES, FRAMES + 1, -FRAMES - 1, 2**40]))
    def no_frame(self, which: int, beyond: int) -> None:
        film = pick(self.films, which)
        outcome(lambda: film.video[beyond], film.expected() or (zcgpu.OutOfRangeError,))

    @precondition(lambda self: self.films)
    @rule(which=WHICH)
    def begin(self, which: int) -> None:
        film = pick(self.films, which)
        film.iterators.append((iter(film.video), [0]))

    @precondition(lambda self: any(film.iterators for film in self.films))
    @rule(which=WHICH, steps=st.integers(1, 12))
    def go_on(self, which: int, steps: int) -> None:
        film, (frames, place) = pick(
            [(film, it) for film in self.films for it in film.iterators], which
        )
        for _ in range(steps):
            if place[0] == FRAMES and not film.is_closed:
                assert next(frames, None) is None
                return
            self.keep(film, place[0], lambda: next(frames))
            if film.is_closed:
                return
            place[0] += 1

    @precondition(lambda self: self.films)
    @rule(which=WHICH, begin=st.integers(-40, 40), end=st.integers(-40, 40), step=st.integers(1, 4))
    def slice(self, which: int, begin: int, end: int, step: int) -> None:
        film = pick(self.films, which)
        numbers = range(FRAMES)[begin:end:step]
        part = outcome(lambda: film.video[begin:end:step], film.expected())
        if part is not None:
            assert len(part) == len(numbers)
            assert [frame.index for frame in part] == [*numbers]

    def keep(self, film: Film, number: int, call: Callable[[], Any]) -> None:
        frame = outcome(call, film.expected())
        if frame is not None:
            self.stills.append(Still(frame, number, film.life))

    # -- frames --

    @precondition(lambda self: self.stills)
    @rule(which=WHICH)
    def look(self, which: int) -> None:
        still = pick(self.stills, which)
        if still.is_closed:
            outcome(lambda: still.frame.planes, still.expected())
        else:
            still.check()

    @precondition(lambda self: self.stills)
    @rule(which=WHICH, plane=st.integers(0, 2))
    def keep_view(self, which: int, plane: int) -> None:
        still = pick(self.stills, which)
        planes = outcome(lambda: still.frame.planes, still.expected())
        if planes is not None:
            self.views.append((np.asarray(planes[plane]), 128 if plane else luma(still.number)))

    @precondition(lambda self: self.views)
    @rule(which=WHICH, drop=st.booleans())
    def look_again(self, which: int, drop: bool) -> None:
        view, value = pick(self.views, which)
        assert (view == value).all(), (view[0, 0], value)
        if drop:
            del self.views[which % len(self.views)]

    @precondition(lambda self: self.stills)
    @rule(which=WHICH, drop=st.booleans())
    def let_go(self, which: int, drop: bool) -> None:
        still = pick(self.stills, which)
        if drop:
            self.stills.remove(still)
        else:
            still.frame.close()
            still.is_closed = True

    @precondition(lambda self: self.stills)
    @rule(which=WHICH, where=WHICH, own=st.booleans())
    def picture(self, which: int, where: int, own: bool) -> None:
        still = pick(self.stills, which)
        life = still.life if own else pick(self.lives, where) if self.lives else None
        context = None if own or life is None else life.context
        expected: Errors
        if life is None:
            expected = (zcgpu.InvalidArgumentError,)
        else:
            expected = still.expected() or life.expected()
        frame = outcome(lambda: still.frame.rgb(context), expected)
        if frame is not None and life is not None:
            self.pictures.append((frame, shade(still.number, life)))

    @precondition(lambda self: self.pictures)
    @rule(which=WHICH, drop=st.booleans())
    def look_at_picture(self, which: int, drop: bool) -> None:
        frame, shown = pick(self.pictures, which)
        shown.check(frame)
        if drop:
            del self.pictures[which % len(self.pictures)]

    @precondition(lambda self: self.pictures)
    @rule(which=WHICH)
    def draw(self, which: int) -> None:
        frame, shown = pick(self.pictures, which)
        if shown.expected() or shown.life.expected(shown.generation):
            return
        with shown.life.context.scene(FILTER) as scene:
            scene.inputs["inputImage"] = frame
            shown.compare(np.asarray(scene.render(3, 2)))

    # -- all at once --

    @precondition(lambda self: self.films)
    @rule(
        which=WHICH,
        numbers=st.lists(NUMBER, min_size=9, max_size=9),
        end=st.sampled_from(["nothing", "nothing", "close", "context"]),
    )
    def decode_together(self, which: int, numbers: list[int], end: str) -> None:
        film = pick(self.films, which)
        life = film.life if film.life and film.life.phase == "live" else None

        def decode(part: list[int]) -> None:
            for number in part:
                try:
                    frame = film.video[number]
                    Still(frame, number, film.life).check()
                    if life:
                        shade(number, life).compare(np.asarray(frame.rgb()))
                except (zcgpu.ClosedError, zcgpu.StaleError, zcgpu.ContextLostError):
                    assert film.is_closed or end != "nothing" or not life

        calls: list[Callable[[], None]] = [partial(decode, numbers[at::3]) for at in range(3)]
        if end == "close":
            calls.append(film.video.close)
            film.is_closed = True
        if end == "context" and life:
            calls.append(life.context.reinitialize)
        together(calls)
        if end == "context" and life:
            life.generation += 1
            life.check()

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
        for film in self.films:
            film.video.close()
        for life in {*self.lives, *(shown.life for _, shown in self.pictures)}:
            life.context.close()
        lists: list[list[Any]] = [self.lives, self.films, self.stills, self.views, self.pictures]
        for things in lists:
            things.clear()


def pick(things: list[Any], which: int) -> Any:
    return things[which % len(things)]


def test_no_program_over_videos_sees_wrong_pixels_or_an_unexpected_error() -> None:
    print(f"seed: ZCGPU_STATEFUL_SEED={SEED}")
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
