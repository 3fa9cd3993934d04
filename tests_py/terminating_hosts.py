"""Hosts that terminate the display under zcgpu: each function is a program of its own."""

import threading
from collections.abc import Callable

import host_gl
import hosts
import numpy as np
import pytest
from host_disorder import framebuffer
from replaced_hosts import CORE, RED, begin, is_red
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


def take_its_place(lost: hosts.Binding) -> int:
    """A context of the host's, current, where the lost one was."""
    hosts.terminate(lost.display)
    hosts.initialize(lost.display)
    for _ in range(64):
        made = hosts.create(*CORE, display=lost.display)
        if made == lost.context:
            hosts.make_current(made, display=lost.display)
            return made
    raise AssertionError("no new context lies where the lost one was")


def a_hosts_context_in_its_place_is_not_drawn_in() -> None:
    context = zcgpu.Context()
    scene = context.scene(COUNTER)
    frame = scene.render(2, 2)
    lost = place_of(context)
    made = take_its_place(lost)
    for _ in range(16):
        framebuffer(2, 2)
        host_gl.call("glClearColor", 0.2, 0.4, 0.6, 1.0)
        host_gl.call("glClear", 0x4000)
    before = host_gl.state()
    for attempt in (lambda: np.asarray(frame), lambda: scene.render(2, 2)):
        with pytest.raises(zcgpu.ContextLostError, match=TERMINATED):
            attempt()
    assert hosts.binding().context == made
    assert host_gl.state() == before
    for name in range(1, 17):
        host_gl.call("glBindFramebuffer", 0x8D40, name)
        assert host_gl.pixels(2, 2) == [51, 102, 153, 255] * 4
    assert host_gl.errors() == []
    context.reinitialize()
    assert (np.asarray(scene.render(2, 2)) == 1).all()
    context.close()
    assert hosts.binding().context == made
    assert host_gl.pixels(2, 2) == [51, 102, 153, 255] * 4


def a_hosts_context_in_its_place_is_not_destroyed() -> None:
    context = zcgpu.Context()
    context.scene(RED).render(2, 2)
    lost = place_of(context)
    made = take_its_place(lost)
    context.close()
    hosts.make_current(None, display=lost.display)
    hosts.make_current(made, display=lost.display)
    assert host_gl.text(0x1F02)


def our_own_context_in_its_place_is_neither_drawn_in_nor_destroyed() -> None:
    old = zcgpu.Context()
    stale = old.scene(COUNTER)
    frame = stale.render(2, 2)
    lost = place_of(old)
    hosts.terminate(lost.display)
    others: list[zcgpu.Context] = []
    while not others or place_of(others[-1]).context != lost.context:
        others.append(zcgpu.Context())
        assert len(others) < 64
    scene = others[-1].scene(COUNTER)
    for n in range(1, 4):
        with pytest.raises(zcgpu.ContextLostError, match=TERMINATED):
            stale.render(2, 2)
        with pytest.raises(zcgpu.ContextLostError, match=TERMINATED):
            np.asarray(frame)
        assert (np.asarray(scene.render(2, 2)) == n).all()
    old.close()
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
