"""Hosts that replace the context that was borrowed: each function is a program of its own."""

import gc
import sys

import host_gl
import hosts
import numpy as np
import pytest
from host_disorder import framebuffer
from sources import COUNTER, colour

import zcgpu

ENVIRONMENT = {"GLIBC_TUNABLES": "glibc.malloc.tcache_count=65535"}
"""What was freed last is given out first: a new context lies where the last one was."""

NO_REPEAT = 77
"""The exit status where, all the same, no new context lies where an old one was: try again."""
RED = colour("vec4(1.0, 0.0, 0.0, 1.0)")
CORE = (hosts.OPENGL, (4, 5), hosts.CORE)


def begin() -> int:
    """A context of the host's, current."""
    made = hosts.create(*CORE)
    hosts.make_current(made)
    return made


def recreate(old: int, share: int | None = None) -> None:
    """Replace the host's context by one that lies where the old one was."""
    hosts.make_nothing_current()
    hosts.destroy(old)
    made = hosts.create(*CORE, share=share)
    if made != old:
        sys.exit(NO_REPEAT)
    hosts.make_current(made)


def is_red(frame: zcgpu.Frame) -> bool:
    return bool((np.asarray(frame) == (255, 0, 0, 255)).all())


def a_context_recreated_at_the_same_address_is_another() -> None:
    old = begin()
    with zcgpu.Context.from_current() as context:
        scene = context.scene(COUNTER)
        frame = scene.render(2, 2)
        for generation in range(2, 12):
            recreate(old)
            message = rf"generation {generation - 1} .* is in generation {generation}:"
            with pytest.raises(zcgpu.StaleError, match=message):
                np.asarray(frame)
            assert (context.generation, frame.usable) == (generation, False)
            assert (np.asarray(scene.render(2, 2)) == 1).all()
            frame = scene.render(2, 2)


def a_context_with_objects_of_the_same_names_is_another() -> None:
    old = begin()
    with zcgpu.Context.from_current() as context:
        scene = context.scene(RED)
        frame = scene.render(2, 2)
        recreate(old)
        for _ in range(64):
            host_gl.call("glBindTexture", 0x0DE1, host_gl.new("Textures"))
            host_gl.call("glBindFramebuffer", 0x8D40, host_gl.new("Framebuffers"))
            host_gl.call("glBindVertexArray", host_gl.new("VertexArrays"))
        host_gl.call("glBindFramebuffer", 0x8D40, 0)
        before = host_gl.state()
        with pytest.raises(zcgpu.StaleError):
            np.asarray(frame)
        assert is_red(scene.render(2, 2))
        assert context.generation == 2
        assert host_gl.state() == before
    assert host_gl.state() == before
    assert host_gl.errors() == []


def a_context_that_was_borrowed_before_is_another() -> None:
    """The new one has a sentinel too: another borrower's, of the same name."""
    old = begin()
    with zcgpu.Context.from_current() as context:
        frame = context.scene(RED).render(2, 2)
        recreate(old)
        with zcgpu.Context.from_current() as other:
            assert is_red(other.scene(RED).render(2, 2))
            with pytest.raises(zcgpu.StaleError):
                np.asarray(frame)
            assert (context.generation, other.generation) == (2, 1)


def a_context_that_shares_textures_is_another() -> None:
    """Textures and their names are the same in both; what is in the context itself is not."""
    old = begin()
    sharing = hosts.create(*CORE, share=old)
    with zcgpu.Context.from_current() as context:
        scene = context.scene(RED)
        frame = scene.render(2, 2)
        hosts.make_current(sharing)
        with pytest.raises(zcgpu.NotCurrentError, match="another EGL context"):
            scene.render(2, 2)
        recreate(old, share=sharing)
        assert is_red(scene.render(2, 2))
        with pytest.raises(zcgpu.StaleError):
            np.asarray(frame)


def what_a_replaced_context_had_is_deleted_nowhere() -> None:
    old = begin()
    with zcgpu.Context.from_current() as context:
        scene = context.scene(RED)
        frames = [scene.render(2, 2) for _ in range(8)]
        recreate(old)
        mine = [framebuffer(2, 2) for _ in range(64)]
        frames.clear()
        gc.collect()
        assert is_red(scene.render(2, 2))
        assert is_red(scene.render(2, 2))
    assert all(host_gl.call("glIsFramebuffer", name) & 0xFF for name in mine)
    assert all(host_gl.call("glIsTexture", name) & 0xFF for name in range(1, 65))


def closing_after_a_replacement_deletes_nothing_of_the_new_one() -> None:
    old = begin()
    context = zcgpu.Context.from_current()
    context.scene(COUNTER).render(2, 2)
    recreate(old)
    mine = [framebuffer(2, 2) for _ in range(64)]
    context.close()
    assert all(host_gl.call("glIsFramebuffer", name) & 0xFF for name in mine)
    assert host_gl.errors() == []


def a_context_elsewhere_starts_a_generation() -> None:
    old = begin()
    with zcgpu.Context.from_current() as context:
        scene = context.scene(COUNTER)
        frame = scene.render(2, 2)
        elsewhere = hosts.create(hosts.OPENGL_ES)
        hosts.make_nothing_current()
        hosts.destroy(old)
        with pytest.raises(zcgpu.NotCurrentError):
            scene.render(2, 2)
        hosts.make_current(elsewhere)
        assert (np.asarray(scene.render(2, 2)) == 1).all()
        assert (context.generation, context.info["dialect"]) == (2, "es")
        with pytest.raises(zcgpu.StaleError, match=r"generation 1 .* is in generation 2"):
            np.asarray(frame)


SCENARIOS = [
    a_context_recreated_at_the_same_address_is_another,
    a_context_with_objects_of_the_same_names_is_another,
    a_context_that_was_borrowed_before_is_another,
    a_context_that_shares_textures_is_another,
    what_a_replaced_context_had_is_deleted_nowhere,
    closing_after_a_replacement_deletes_nothing_of_the_new_one,
    a_context_elsewhere_starts_a_generation,
]
