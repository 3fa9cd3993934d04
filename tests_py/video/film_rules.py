"""Random programs: contexts, and videos that are opened, asked for frames and closed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from programs import Life, outcome
from side_by_side import together
from sources import FILTER
from video.program_state import NUMBER, SELDOM, WHICH, ProgramState, pick
from video.video_programs import CODINGS, FRAMES, ON_DEVICE, Film, Still, grey, shade

import zcgpu


class FilmRules(ProgramState):
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
            life.reinitialize()
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
        self.add(which if with_context else None, coding, {"threads": threads})

    @precondition(lambda self: len(self.films) < 6)
    @rule(which=WHICH, budget=st.integers(1, 6), with_context=st.booleans())
    def open_device(self, which: int, budget: int, with_context: bool) -> None:
        device = {"backend": "vaapi", "device": self.server, "lease_budget": budget}
        self.add(which if with_context else None, ON_DEVICE, device)

    def add(self, which: int | None, coding: str, options: dict[str, Any]) -> None:
        life = None if which is None or not self.lives else pick(self.lives, which)
        context = life.context if life else None
        # One that is lost may come back before frames are drawn.
        expected = (zcgpu.ClosedError,) if life and life.phase == "closed" else ()
        video = outcome(
            lambda: zcgpu.open_video(grey(coding), context=context, **options), expected
        )
        if video is None:
            return
        pixels = "nv12" if "backend" in options else "yuv420p"
        self.films.append(Film(video, life, pixels))

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
        self.take(film, number, lambda: film.video[asked])

    @precondition(lambda self: self.films)
    @rule(which=WHICH, number=NUMBER, part=st.floats(0.01, 0.99))
    def frame_at(self, which: int, number: int, part: float) -> None:
        film = pick(self.films, which)
        self.take(film, number, lambda: film.video.frame_at((number + part) / 25))

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
            self.take(film, place[0], lambda: next(frames))
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

    def take(self, film: Film, number: int, call: Callable[[], Any]) -> None:
        frame = outcome(call, film.expected())
        if frame is not None:
            self.stills.append(Still(frame, number, film.life, film.pixels))

    @precondition(lambda self: self.films and self.lives)
    @rule(which=WHICH, where=WHICH, number=NUMBER, reopen=st.booleans())
    def show_in_a_scene(self, which: int, where: int, number: int, reopen: bool) -> None:
        film, life = pick(self.films, which), pick(self.lives, where)
        if life.phase != "live" or film.is_closed:
            return
        with life.context.scene(FILTER) as scene:
            scene.inputs["inputImage"] = film.video
            shown = np.asarray(scene.render(3, 2, time=(number + 0.5) / 25))
            shade(number, life).compare(shown)
            if reopen:
                life.context.reinitialize()
                life.generation += 1
                shown = np.asarray(scene.render(3, 2, time=(number + 0.5) / 25))
                shade(number, life).compare(shown)

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
                    Still(frame, number, film.life, film.pixels).check()
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
