"""Hosts that terminate the display under zcgpu: each function is a program of its own."""

import sys
import threading
from collections.abc import Callable
from typing import NamedTuple

import host_gl
import hosts
import numpy as np
import pytest
from host_disorder import framebuffer
from replaced_hosts import CORE, NO_REPEAT, RED, begin, is_red
from sources import COUNTER, GRADIENT

import zcgpu

TERMINATED = "another part of this program has terminated its EGL display"


def place_of(context: zcgpu.Context) -> hosts.Binding:
    """A context's display and address."""
    with context.batch():
        place = hosts.binding()
    return place  # noqa: RET504  (mypy: a with block may swallow)


def what_it_had_is_lost_until_it_is_reinitialised() -> None:
    with zcgpu.Context() as context:
        scene = context.scene(COUNTER)
        frame, kept = scene.render(2, 2), np.asarray(scene.render(2, 2))
        hosts.terminate(place_of(context).display)
        attempts: list[Callable[[], object]] = [
            lambda: scene.render(2, 2),
            lambda: np.asarray(frame),
            lambda: context.frame(kept),
            lambda: context.scene(RED),
            lambda: context.batch().__enter__(),
            lambda: context.check_errors("nothing"),
        ]
        for attempt in attempts:
            with pytest.raises(zcgpu.ContextLostError, match=TERMINATED):
                attempt()
        assert context.validate()["phase"] == "lost"
        context.reinitialize()
        assert (np.asarray(scene.render(2, 2)) == 1).all()
        with pytest.raises(zcgpu.StaleError):
            np.asarray(frame)
        assert (kept == 2).all()


def a_context_in_a_batch_draws_until_the_batch_ends() -> None:
    with zcgpu.Context() as context:
        scene = context.scene(COUNTER)
        with context.batch():
            for n in range(1, 4):
                assert (np.asarray(scene.render(2, 2)) == n).all()
                if n == 1:
                    hosts.terminate(hosts.binding().display)
        assert hosts.binding().context is None
        with pytest.raises(zcgpu.ContextLostError, match=TERMINATED):
            scene.render(2, 2)
        context.reinitialize()
        assert (np.asarray(scene.render(2, 2)) == 1).all()


class Lost(NamedTuple):
    """A context whose display was terminated, with a scene and a frame of it."""

    context: zcgpu.Context
    scene: zcgpu.Scene
    frame: zcgpu.Frame
    place: hosts.Binding


def lose(take_place: Callable[[int | None], int | None]) -> Lost:
    """Lose contexts until `take_place`, which makes one, gives the address of one of them."""
    for _ in range(4):
        all_lost = [make() for _ in range(16)]
        display = all_lost[0].place.display
        hosts.terminate(display)
        taken = {take_place(display) for _ in range(8)}
        found = [lost for lost in all_lost if lost.place.context in taken]
        for lost in all_lost:
            if lost not in found[:1]:
                lost.context.close()
        if found:
            return found[0]
    sys.exit(NO_REPEAT)


def make() -> Lost:
    context = zcgpu.Context()
    scene = context.scene(COUNTER)
    return Lost(context, scene, scene.render(2, 2), place_of(context))


def hosts_context(display: int | None) -> int:
    """A context of the host's on a display that it initialises anew."""
    hosts.initialize(display)
    return hosts.create(*CORE, display=display)


def a_hosts_context_in_its_place_is_not_drawn_in() -> None:
    context, scene, frame, place = lose(hosts_context)
    hosts.make_current(place.context, display=place.display)
    for _ in range(16):
        framebuffer(2, 2)
        host_gl.call("glClearColor", 0.2, 0.4, 0.6, 1.0)
        host_gl.call("glClear", 0x4000)
    before = host_gl.state()
    for attempt in (lambda: np.asarray(frame), lambda: scene.render(2, 2)):
        with pytest.raises(zcgpu.ContextLostError, match=TERMINATED):
            attempt()
    assert hosts.binding().context == place.context
    assert host_gl.state() == before
    for name in range(1, 17):
        host_gl.call("glBindFramebuffer", 0x8D40, name)
        assert host_gl.pixels(2, 2) == [51, 102, 153, 255] * 4
    assert host_gl.errors() == []
    context.reinitialize()
    assert (np.asarray(scene.render(2, 2)) == 1).all()
    context.close()
    assert hosts.binding().context == place.context
    assert host_gl.pixels(2, 2) == [51, 102, 153, 255] * 4


def a_hosts_context_in_its_place_is_not_destroyed() -> None:
    lost = lose(hosts_context)
    lost.context.close()
    hosts.make_current(lost.place.context, display=lost.place.display)
    assert host_gl.text(0x1F02)


def our_own_context_in_its_place_is_neither_drawn_in_nor_destroyed() -> None:
    others: list[zcgpu.Context] = []

    def own_context(display: int | None) -> int | None:
        others.append(zcgpu.Context())
        return place_of(others[-1]).context

    lost = lose(own_context)
    other = next(each for each in others if place_of(each).context == lost.place.context)
    scene = other.scene(COUNTER)
    for n in range(1, 4):
        with pytest.raises(zcgpu.ContextLostError, match=TERMINATED):
            lost.scene.render(2, 2)
        with pytest.raises(zcgpu.ContextLostError, match=TERMINATED):
            np.asarray(lost.frame)
        assert (np.asarray(scene.render(2, 2)) == n).all()
    lost.context.close()
    assert (np.asarray(scene.render(2, 2)) == 4).all()
    for other in others:
        other.close()


def threads_that_draw_meanwhile_are_told() -> None:
    wrong: list[object] = []
    lost = threading.Barrier(5)

    def draw() -> None:
        with zcgpu.Context() as context:
            scene = context.scene(RED)
            display.append(place_of(context).display)
            lost.wait()
            try:
                while True:
                    if not is_red(scene.render(8, 8)):
                        wrong.append("pixels")
                        return
            except zcgpu.ContextLostError:
                pass
            except Exception as error:
                wrong.append(error)

    display: list[int | None] = []
    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    lost.wait()
    hosts.terminate(display[0])
    for thread in threads:
        thread.join()
    assert wrong == []


def a_borrowed_context_goes_with_its_display_and_comes_with_the_next() -> None:
    begin()
    context = zcgpu.Context.from_current()
    scene = context.scene(COUNTER)
    frame = scene.render(2, 2)
    display = hosts.binding().display
    hosts.terminate(display)
    assert (np.asarray(scene.render(2, 2)) == 2).all()  # it lives as long as it is current
    hosts.make_current(None, display=display)
    with pytest.raises(zcgpu.NotCurrentError):
        scene.render(2, 2)
    begin()
    with pytest.raises(zcgpu.StaleError, match=r"generation 1 .* is in generation 2"):
        np.asarray(frame)
    assert (np.asarray(scene.render(2, 2)) == 1).all()
    context.close()


def exit_with_everything_open_is_quiet() -> None:
    context = zcgpu.Context()
    held = [context, context.scene(GRADIENT), context.scene(GRADIENT).render(64, 64)]
    hosts.terminate(place_of(context).display)
    globals()["held"] = held


SCENARIOS = [
    what_it_had_is_lost_until_it_is_reinitialised,
    a_context_in_a_batch_draws_until_the_batch_ends,
    a_hosts_context_in_its_place_is_not_drawn_in,
    a_hosts_context_in_its_place_is_not_destroyed,
    our_own_context_in_its_place_is_neither_drawn_in_nor_destroyed,
    threads_that_draw_meanwhile_are_told,
    a_borrowed_context_goes_with_its_display_and_comes_with_the_next,
    exit_with_everything_open_is_quiet,
]
