"""Random programs over the whole API: any order, any thread, and always the right pixels."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)
from programs import SOURCES, Drawing, Kind, Life, Picture, outcome
from random_programs import run_programs
from side_by_side import together

import zcgpu

WHICH = st.integers(0, 99)
SIZE = st.integers(1, 5)
BYTE = st.integers(0, 255)
ROLES = st.sampled_from(["decoder", "cache", "presenter", "renderer"])
KINDS: st.SearchStrategy[Kind] = st.sampled_from(["tinted", "filter", "counter"])
BUDGET = 1 << 14


def one_in(count: int) -> st.SearchStrategy[bool]:
    """Seldom true: what ends things would leave little to be done with them."""
    return st.integers(1, count).map(lambda number: number == count)


class Programs(RuleBasedStateMachine):
    """One random program. What it holds lies in lists; a number picks."""

    def __init__(self) -> None:
        super().__init__()
        self.before = zcgpu.census()
        self.lives: list[Life] = []
        self.drawings: list[Drawing] = []
        self.frames: list[tuple[zcgpu.Frame, Picture]] = []
        self.views: list[tuple[np.ndarray[Any, Any], Picture]] = []
        self.leases: list[tuple[zcgpu.Lease, Picture]] = []
        self.capsules: list[tuple[Any, Picture, zcgpu.Frame | None]] = []
        self.pools: list[tuple[zcgpu.Pool, Life]] = []
        self.references: list[tuple[Any, Life]] = []
        self.batches: list[tuple[ExitStack, Life]] = []

    def keep(self, frame: zcgpu.Frame | None, picture: Picture) -> None:
        if frame is not None:
            self.frames.append((frame, picture))

    # -- contexts --

    @initialize()
    def start(self) -> None:
        for dialect in "gl", "es":
            self.open_context(dialect)
            for kind in SOURCES:
                self.compile(len(self.lives) - 1, kind)

    @precondition(lambda self: len(self.lives) < 3)
    @rule(dialect=st.sampled_from(["gl", "es"]))
    def open_context(self, dialect: str) -> None:
        self.lives.append(Life(zcgpu.Context(dialect=dialect)))

    @precondition(lambda self: self.lives)
    @rule(which=WHICH, sure=one_in(10), forget=st.booleans())
    def close_context(self, which: int, sure: bool, forget: bool) -> None:
        if not sure:
            return
        life = self.lives[which % len(self.lives)]
        if forget:
            self.lives.remove(life)  # others may still hold what was made in it
        life.context.close()
        life.close()
        life.check()

    @precondition(lambda self: any(life.phase == "lost" for life in self.lives))
    @rule()
    def recover(self) -> None:
        for index, life in enumerate(self.lives):
            if life.phase == "lost":
                self.reinitialize(index)

    @precondition(lambda self: self.lives)
    @rule(which=WHICH)
    def reinitialize(self, which: int) -> None:
        pick(self.lives, which).reinitialize()

    @precondition(lambda self: self.lives)
    @rule(which=WHICH, sure=one_in(4))
    def lose(self, which: int, sure: bool) -> None:
        life = pick(self.lives, which)
        if not sure:
            return
        expected = life.expected()
        outcome(life.context.simulate_loss, expected)
        if not expected:
            life.phase = "lost"
        life.check()

    @precondition(lambda self: self.lives)
    @rule(which=WHICH)
    def acquire(self, which: int) -> None:
        life = pick(self.lives, which)
        refused = (zcgpu.ClosedError,) if life.closing else ()
        reference = outcome(lambda: life.context.acquire("program"), refused)
        if reference is not None:
            life.references += 1
            self.references.append((reference, life))

    @precondition(lambda self: self.references)
    @rule(which=WHICH, again=st.booleans())
    def release_reference(self, which: int, again: bool) -> None:
        reference, life = self.references.pop(which % len(self.references))
        reference.release()
        life.references -= 1
        if life.closing:
            life.close()
        if again:
            reference.release()
        life.check()

    @precondition(lambda self: self.lives)
    @rule(which=WHICH)
    def begin_batch(self, which: int) -> None:
        life = pick(self.lives, which)
        stack = ExitStack()
        expected = life.expected()
        outcome(lambda: stack.enter_context(life.context.batch()), expected)
        if not expected:
            self.batches.append((stack, life))

    @precondition(lambda self: self.batches)
    @rule(which=WHICH)
    def end_batch(self, which: int) -> None:
        stack, _ = self.batches.pop(which % len(self.batches))
        stack.close()

    # -- scenes --

    @precondition(lambda self: self.lives and len(self.drawings) < 8)
    @rule(which=WHICH, kind=KINDS)
    def compile(self, which: int, kind: Kind) -> None:
        life = pick(self.lives, which)
        scene = outcome(lambda: life.context.scene(SOURCES[kind]), life.expected())
        if scene is not None:
            self.drawings.append(Drawing(life, scene, kind, life.generation))

    @precondition(lambda self: self.drawings)
    @rule(which=WHICH, width=SIZE, height=SIZE, pooled=st.booleans())
    def render(self, which: int, width: int, height: int, pooled: bool) -> None:
        drawing = pick(self.drawings, which)
        pools = [pool for pool, life in self.pools if life is drawing.life] if pooled else []
        pool = pick(pools, which) if pools else None
        frame = outcome(lambda: drawing.scene.render(width, height, pool=pool), drawing.expected())
        if frame is not None:
            rgba = drawing.next_colour()
            drawing.drawn += 1
            self.keep(frame, Picture(drawing.life, drawing.life.generation, rgba))

    @precondition(lambda self: self.drawings)
    @rule(which=WHICH, value=BYTE)
    def animate(self, which: int, value: int) -> None:
        for step in range(3):
            self.set_value(which, (value + step) % 256)
            self.render(which, 2 + step % 2, 2, pooled=False)
            if self.frames:
                self.read(len(self.frames) - 1, keep=step == 0)

    @precondition(lambda self: self.drawings)
    @rule(which=WHICH, width=SIZE, height=SIZE)
    def render_into(self, which: int, width: int, height: int) -> None:
        drawing = pick(self.drawings, which)
        target = np.full((height, width, 4), 77, np.uint8)
        drawn = outcome(lambda: drawing.scene.render_into(target), drawing.expected())
        if drawn is None:
            assert (target == 77).all()
            return
        rgba = drawing.next_colour()
        drawing.drawn += 1
        assert (target == rgba).all(), (target[0, 0], rgba)

    def set_value(self, which: int, value: int) -> None:
        drawing = pick(self.drawings, which)
        if drawing.kind == "tinted" and not drawing.closed:
            drawing.scene.inputs["v"] = value
            drawing.value = value

    @precondition(lambda self: self.frames)
    @rule(which=WHICH, source=WHICH)
    def set_image(self, which: int, source: int) -> None:
        filters = [it for it in self.drawings if it.kind == "filter" and not it.closed]
        if not filters:
            return
        drawing = pick(filters, which)
        frame, picture = pick(self.frames, source)
        if picture.life is not drawing.life:
            expected: tuple[type[zcgpu.Error], ...] = (zcgpu.WrongContextError,)
        else:
            expected = picture.life.expected(picture.generation)
        outcome(lambda: drawing.scene.inputs.update({"inputImage": frame}), expected)
        if not expected:
            drawing.image = picture

    @precondition(lambda self: self.drawings)
    @rule(which=WHICH)
    def reset(self, which: int) -> None:
        drawing = pick(self.drawings, which)
        expected = (zcgpu.ClosedError,) if drawing.closed else drawing.life.expected()
        outcome(drawing.scene.reset, expected)
        if not expected:
            drawing.drawn = 0

    @precondition(lambda self: self.drawings)
    @rule(which=WHICH, sure=one_in(6))
    def close_scene(self, which: int, sure: bool) -> None:
        if not sure:
            return
        drawing = pick(self.drawings, which)
        drawing.scene.close()
        drawing.closed = True

    @precondition(lambda self: self.drawings)
    @rule(which=WHICH, sure=one_in(3))
    def drop_scene(self, which: int, sure: bool) -> None:
        if not sure:
            return
        del self.drawings[which % len(self.drawings)]

    # -- frames --

    @precondition(lambda self: self.lives)
    @rule(which=WHICH, value=BYTE)
    def upload(self, which: int, value: int) -> None:
        life = pick(self.lives, which)
        rgba = (value, 255 - value, 3, 255)
        pixels = np.full((2, 3, 4), rgba, np.uint8)
        frame = outcome(lambda: life.context.frame(pixels), life.expected())
        self.keep(frame, Picture(life, life.generation, rgba))

    @precondition(lambda self: self.frames)
    @rule(which=WHICH, keep=st.booleans())
    def read(self, which: int, keep: bool) -> None:
        frame, picture = pick(self.frames, which)
        view = picture.check(frame)
        if keep and view is not None:
            self.views.append((view, picture))

    @precondition(lambda self: self.frames)
    @rule(which=WHICH, close=st.booleans())
    def let_go(self, which: int, close: bool) -> None:
        frame, _ = self.frames.pop(which % len(self.frames))
        if close:
            frame.close()
            outcome(lambda: np.asarray(frame), (zcgpu.ClosedError,))

    @precondition(lambda self: self.views)
    @rule(which=WHICH, drop=st.booleans())
    def look_again(self, which: int, drop: bool) -> None:
        view, picture = pick(self.views, which)
        picture.compare(view)
        if drop:
            del self.views[which % len(self.views)]

    # -- leases and capsules --

    @precondition(lambda self: self.frames)
    @rule(which=WHICH, role=ROLES)
    def lease(self, which: int, role: Any) -> None:
        frame, picture = pick(self.frames, which)
        lease = outcome(lambda: frame.lease(role), picture.life.expected(picture.generation))
        if lease is not None:
            assert lease.holders[role] >= 1
            self.leases.append((lease, picture))

    @precondition(lambda self: self.leases)
    @rule(which=WHICH, role=ROLES)
    def pass_on(self, which: int, role: Any) -> None:
        index = which % len(self.leases)
        lease, picture = self.leases[index]
        passed = outcome(lambda: lease.pass_to(role), picture.life.expected(picture.generation))
        if passed is not None:
            self.leases[index] = (passed, picture)
            outcome(lease.release, (zcgpu.LeaseError,))

    @precondition(lambda self: self.leases)
    @rule(which=WHICH)
    def release(self, which: int) -> None:
        lease, _ = self.leases.pop(which % len(self.leases))
        lease.release()
        outcome(lease.release, (zcgpu.LeaseError,))

    @precondition(lambda self: self.leases)
    @rule(which=WHICH)
    def frame_of_lease(self, which: int) -> None:
        lease, picture = pick(self.leases, which)
        self.keep(lease.frame(), picture)

    @precondition(lambda self: self.frames)
    @rule(which=WHICH, owned=st.booleans())
    def wrap(self, which: int, owned: bool) -> None:
        frame, picture = pick(self.frames, which)
        capsule = frame.capsule(owned=owned)
        self.capsules.append((capsule, picture, None if owned else frame))

    @precondition(lambda self: self.capsules)
    @rule(which=WHICH)
    def unwrap(self, which: int) -> None:
        capsule, picture, lender = self.capsules.pop(which % len(self.capsules))
        if lender is not None and lender.closed:
            outcome(lambda: zcgpu.from_capsule(capsule), (zcgpu.WrongTypeError,))
            return
        frame = zcgpu.from_capsule(capsule)
        assert isinstance(frame, zcgpu.Frame)
        self.keep(frame, picture)
        outcome(lambda: zcgpu.from_capsule(capsule), (zcgpu.LeaseError,))

    # -- pools --

    @precondition(lambda self: self.lives and len(self.pools) < 4)
    @rule(which=WHICH)
    def make_pool(self, which: int) -> None:
        life = pick(self.lives, which)
        pool = outcome(lambda: life.context.pool(budget=BUDGET), life.expected())
        if pool is not None:
            self.pools.append((pool, life))

    @precondition(lambda self: self.pools)
    @rule(which=WHICH, width=SIZE, height=SIZE)
    def take(self, which: int, width: int, height: int) -> None:
        pool, life = pick(self.pools, which)
        frame = outcome(lambda: pool.frame(width, height), life.expected())
        self.keep(frame, Picture(life, life.generation, (0, 0, 0, 0)))

    @precondition(lambda self: self.pools)
    @rule(which=WHICH, how=st.sampled_from(["housekeeping", "purge", "cleanup", "force_cleanup"]))
    def clean(self, which: int, how: str) -> None:
        pool, life = pick(self.pools, which)
        outcome(getattr(pool, how), life.expected())
        if not life.expected():
            assert pool.statistics.used_bytes <= BUDGET

    # -- all at once --

    @rule(sure=one_in(3))
    def collect(self, sure: bool) -> None:
        if sure:
            gc.collect()

    # A batch of this thread, which waits here, would make the others busy.
    @precondition(lambda self: self.drawings and not self.batches)
    @rule(
        which=WHICH,
        end=st.sampled_from(["nothing", "reinitialize"] * 4 + ["lose", "lose", "close"]),
    )
    def draw_while_it_ends(self, which: int, end: str) -> None:
        drawing = pick(self.drawings, which)
        life = drawing.life
        if drawing.closed or drawing.kind == "counter":
            return
        rgba = drawing.next_colour()

        def draw() -> None:
            for _ in range(3):
                try:
                    drawn = np.asarray(drawing.scene.render(2, 2))
                except (zcgpu.StaleError, zcgpu.ContextLostError, zcgpu.ClosedError):
                    continue
                assert (drawn == rgba).all(), (drawn[0, 0], rgba)

        ends = {
            "reinitialize": life.context.reinitialize,
            "lose": life.context.simulate_loss,
            "close": life.context.close,
        }

        def finish() -> None:
            try:
                ends[end]()
            except (zcgpu.ContextLostError, zcgpu.ClosedError):
                assert life.phase != "live"

        together([draw, draw, *([finish] if end in ends else [])])
        if end == "close":
            life.closing = True
        report = life.context.validate()
        life.phase, life.generation = report["phase"], report["generation"]

    def teardown(self) -> None:
        self.end()
        gc.collect()
        assert zcgpu.census() == self.before

    def end(self) -> None:
        for view, picture in self.views:
            picture.compare(view)
        for stack, _ in self.batches:
            stack.close()
        for life in {*self.lives, *(drawing.life for drawing in self.drawings)}:
            life.context.close()
        for reference, _ in self.references:
            reference.release()
        lists: list[list[Any]] = [self.lives, self.drawings, self.frames, self.views, self.leases]
        for things in [*lists, self.capsules, self.pools, self.references, self.batches]:
            things.clear()


def pick(things: list[Any], which: int) -> Any:
    return things[which % len(things)]


@pytest.fixture
def little_to_collect() -> Iterator[None]:
    """What is there already, hypothesis above all, is not looked at by each collection."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("little_to_collect")
def test_no_program_sees_wrong_pixels_or_an_unexpected_error() -> None:
    run_programs(Programs)
