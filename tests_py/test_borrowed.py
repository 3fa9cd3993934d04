"""A context borrowed from a host: whose it is, and where it may be used."""

import threading
from collections.abc import Iterator

import host_gl
import hosts
import numpy as np
import pytest
from expected import noise
from host_disorder import framebuffer
from sources import COUNTER, FILTER, GRADIENT, colour

import zcgpu

RED = colour("vec4(1.0, 0.0, 0.0, 1.0)")
KINDS = {
    "gl": (hosts.OPENGL, (4, 5), hosts.CORE),
    "compatibility": (hosts.OPENGL, (4, 5), hosts.COMPATIBILITY),
    "es": (hosts.OPENGL_ES, (3, 0), 0),
}


@pytest.fixture(params=KINDS)
def host(request: pytest.FixtureRequest) -> Iterator[hosts.Binding]:
    """A host of each kind, its context current."""
    with hosts.context(*KINDS[request.param]) as binding:
        yield binding


@pytest.fixture
def gl() -> Iterator[hosts.Binding]:
    """A host of the core profile, its context current."""
    with hosts.context(*KINDS["gl"]) as binding:
        yield binding


def is_red(frame: zcgpu.Frame) -> bool:
    return bool((np.asarray(frame) == (255, 0, 0, 255)).all())


def test_a_borrowed_context_draws_and_stays_its_hosts(host: hosts.Binding) -> None:
    with zcgpu.Context.from_current() as context:
        assert context.info["borrowed"]
        scene = context.scene(RED)
        assert is_red(scene.render(4, 4))
        assert hosts.binding() == host
    assert hosts.binding() == host
    assert host_gl.text(0x1F02)
    assert host_gl.errors() == []


def test_a_borrowed_context_says_what_it_is(host: hosts.Binding) -> None:
    with zcgpu.Context.from_current() as context:
        info = context.info
        assert info["gl_version"] == host_gl.text(0x1F02)
        assert info["dialect"] == ("es" if host.api == hosts.OPENGL_ES else "gl")
        is_compatible = info["dialect"] == "gl" and host_gl.integers(0x9126)[0] & 2
        assert info["version"].endswith("compatibility") == bool(is_compatible)
        assert info["display"] == "the host's display"


def test_the_hosts_drawing_goes_on_between_ours(host: hosts.Binding) -> None:
    with zcgpu.Context.from_current() as context:
        mine = context.scene(COUNTER)
        framebuffer(2, 2)
        for n in range(1, 5):
            host_gl.call("glClearColor", n / 5, 0.0, 0.0, 1.0)
            host_gl.call("glClear", 0x4000)
            assert (np.asarray(mine.render(3, 3)) == n).all()
            assert host_gl.pixels(2, 2) == [51 * n, 0, 0, 255] * 4
    assert host_gl.errors() == []


def test_without_a_current_context_there_is_nothing_to_borrow() -> None:
    with pytest.raises(zcgpu.NotCurrentError, match="make the host's context current here first"):
        zcgpu.Context.from_current()


def test_a_call_without_the_hosts_context_is_refused_before_any_gl(gl: hosts.Binding) -> None:
    context = zcgpu.Context.from_current()
    scene = context.scene(RED)
    frame = scene.render(2, 2)
    hosts.make_nothing_current()
    attempts = {
        "scene": lambda: context.scene(RED),
        "render": lambda: scene.render(2, 2),
        "into": lambda: scene.render_into(np.zeros((2, 2, 4), np.uint8)),
        "read": lambda: np.asarray(frame),
        "upload": lambda: context.frame(noise(2, 2)),
        "reset": scene.reset,
        "batch": lambda: context.batch().__enter__(),
        "errors": lambda: context.check_errors("nothing"),
        "state": context.reset_state,
        "reinitialize": context.reinitialize,
    }
    for attempt in attempts.values():
        with pytest.raises(zcgpu.NotCurrentError, match="no EGL context is current on this"):
            attempt()
    hosts.make_current(gl.context)
    assert is_red(scene.render(2, 2))
    assert is_red(frame)
    assert context.generation == 1
    context.close()


def test_another_live_context_is_no_new_generation(gl: hosts.Binding) -> None:
    context = zcgpu.Context.from_current()
    scene = context.scene(RED)
    frame = scene.render(2, 2)
    with hosts.context(hosts.OPENGL_ES) as other:
        before = host_gl.state()
        for attempt in (lambda: scene.render(2, 2), lambda: np.asarray(frame)):
            with pytest.raises(zcgpu.NotCurrentError, match="another EGL context is current"):
                attempt()
        assert hosts.binding() == other
        assert host_gl.state() == before
        assert host_gl.errors() == []
    hosts.make_current(gl.context)
    assert context.generation == 1
    assert is_red(frame)
    context.close()


def test_another_thread_is_refused_and_the_hosts_goes_on(gl: hosts.Binding) -> None:
    said: list[BaseException] = []

    def intrude() -> None:
        for attempt in (lambda: scene.render(2, 2), lambda: np.asarray(frame)):
            try:
                attempt()
            except zcgpu.NotCurrentError as error:
                said.append(error)

    with zcgpu.Context.from_current() as context:
        scene = context.scene(RED)
        frame = scene.render(2, 2)
        thread = threading.Thread(target=intrude)
        thread.start()
        thread.join()
        assert len(said) == 2
        assert "on the thread that has it" in str(said[0])
        assert is_red(frame)
    said.clear()


def test_frames_of_another_context_are_told_apart(gl: hosts.Binding) -> None:
    with zcgpu.Context() as own, zcgpu.Context.from_current() as borrowed:
        picture = own.frame(noise(2, 2))
        with pytest.raises(zcgpu.WrongContextError):
            borrowed.scene(FILTER).render(2, 2, inputs={"inputImage": picture})
        with zcgpu.Context.from_current() as twice:
            with pytest.raises(zcgpu.WrongContextError):
                twice.scene(FILTER).inputs["inputImage"] = borrowed.frame(noise(2, 2))
            assert (np.asarray(twice.frame(noise(2, 2))) == noise(2, 2)).all()


def test_reinitialising_starts_a_generation_in_the_same_context(gl: hosts.Binding) -> None:
    with zcgpu.Context.from_current() as context:
        scene = context.scene(COUNTER)
        frame = scene.render(2, 2)
        known = living_textures()
        for generation in range(2, 6):
            context.reinitialize()
            assert context.generation == generation
            assert (np.asarray(scene.render(2, 2)) == 1).all()
        assert living_textures() <= known
        with pytest.raises(zcgpu.StaleError):
            np.asarray(frame)
    assert hosts.binding() == gl


# -- Ends


def living_textures() -> int:
    return sum(host_gl.call("glIsTexture", name) & 0xFF for name in range(1, 200))


def living() -> dict[str, int]:
    """How many objects of each kind the host's context has."""
    kinds = ("Texture", "Framebuffer", "Program", "VertexArray")
    return {
        kind: sum(host_gl.call(f"glIs{kind}", name) & 0xFF for name in range(1, 200))
        for kind in kinds
    }


def test_closing_gives_back_every_name(host: hosts.Binding) -> None:
    before = living()
    with zcgpu.Context.from_current() as context:
        frames = [context.scene(COUNTER).render(2, 2) for _ in range(3)]
        with pytest.raises(zcgpu.ShaderError):
            context.scene(colour("nope"))
        frames[0].close()
        assert living() != before
    assert living() == before
    assert host_gl.errors() == []
    with pytest.raises(zcgpu.ClosedError):
        np.asarray(frames[1])


def test_closing_elsewhere_gives_the_names_back_once_the_context_is_current(
    gl: hosts.Binding,
) -> None:
    before = living()
    context = zcgpu.Context.from_current()
    frame = context.scene(RED).render(2, 2)
    hosts.make_nothing_current()
    context.close()
    with pytest.raises(zcgpu.ClosedError):
        np.asarray(frame)
    with hosts.context(hosts.OPENGL_ES):
        zcgpu.Context.from_current().close()
    hosts.make_current(gl.context)
    assert living() != before
    zcgpu.Context.from_current().close()
    assert living() == before


def test_a_context_dropped_open_gives_its_names_back_later(gl: hosts.Binding) -> None:
    before = living()
    context = zcgpu.Context.from_current()
    context.scene(RED).render(2, 2)
    with pytest.warns(ResourceWarning, match="was dropped open"):
        del context
    assert living() != before
    zcgpu.Context.from_current().close()
    assert living() == before
    assert hosts.binding() == gl


def test_a_context_may_end_before_what_borrowed_it() -> None:
    with hosts.context(*KINDS["gl"]):
        context = zcgpu.Context.from_current()
        frame = context.scene(RED).render(2, 2)
        view = np.asarray(frame)
    with pytest.raises(zcgpu.NotCurrentError):
        context.scene(RED)
    context.close()
    frame.close()
    assert (view == (255, 0, 0, 255)).all()


def test_a_closed_one_can_be_closed_again(gl: hosts.Binding) -> None:
    context = zcgpu.Context.from_current()
    context.close()
    context.close()
    for attempt in (lambda: context.scene(RED), context.reinitialize):
        with pytest.raises(zcgpu.ClosedError):
            attempt()


# -- Batches, and contexts of our own beside


def test_in_a_batch_the_hosts_state_comes_back_after_each_call(host: hosts.Binding) -> None:
    with zcgpu.Context.from_current() as context:
        scene = context.scene(COUNTER)
        framebuffer(2, 2)
        with context.batch():
            for n in range(1, 4):
                host_gl.call("glClearColor", n / 5, 0.0, 0.0, 1.0)
                before = host_gl.state()
                assert (np.asarray(scene.render(2, 2)) == n).all()
                assert host_gl.state() == before
                assert hosts.binding() == host
    assert hosts.binding() == host


def test_a_batch_needs_the_hosts_context_at_each_call(gl: hosts.Binding) -> None:
    with zcgpu.Context.from_current() as context:
        scene = context.scene(RED)
        with context.batch():
            hosts.make_nothing_current()
            with pytest.raises(zcgpu.NotCurrentError):
                scene.render(2, 2)
            with pytest.raises(zcgpu.NotCurrentError):
                context.make_current()
            hosts.make_current(gl.context)
            context.make_current()
            assert is_red(scene.render(2, 2))


def test_own_and_borrowed_contexts_alternate(host: hosts.Binding, context: zcgpu.Context) -> None:
    with zcgpu.Context.from_current() as borrowed:
        ours, theirs = context.scene(COUNTER), borrowed.scene(COUNTER)
        before = host_gl.state()
        for n in range(1, 3):
            assert (np.asarray(ours.render(2, 2)) == n).all()
            assert (np.asarray(theirs.render(2, 2)) == n).all()
        with context.batch():
            for n in range(3, 5):
                assert (np.asarray(ours.render(2, 2)) == n).all()
                assert (np.asarray(theirs.render(2, 2)) == n).all()
        assert hosts.binding() == host
        with borrowed.batch():
            for n in range(5, 7):
                assert (np.asarray(ours.render(2, 2)) == n).all()
                assert hosts.binding() == host
                assert (np.asarray(theirs.render(2, 2)) == n).all()
        with borrowed.batch(), context.batch():
            assert (np.asarray(ours.render(2, 2)) == 7).all()
            assert (np.asarray(theirs.render(2, 2)) == 7).all()
            borrowed.make_current()
            assert hosts.binding() == host
        with context.batch(), borrowed.batch():
            assert (np.asarray(ours.render(2, 2)) == 8).all()
            assert (np.asarray(theirs.render(2, 2)) == 8).all()
        assert hosts.binding() == host
        assert host_gl.state() == before


def test_a_borrowed_context_can_be_closed_inside_a_batch_of_our_own(
    gl: hosts.Binding, context: zcgpu.Context
) -> None:
    before = living()
    borrowed = zcgpu.Context.from_current()
    borrowed.scene(GRADIENT).render(2, 2)
    with context.batch():
        scene = context.scene(RED)
        borrowed.close()
        assert is_red(scene.render(2, 2))
    assert hosts.binding() == gl
    assert living() == before


def test_a_host_that_switches_inside_a_batch_of_our_own_keeps_its_switch(
    gl: hosts.Binding, context: zcgpu.Context
) -> None:
    """What the host makes current itself is not replaced for a borrowed context's sake."""
    with zcgpu.Context.from_current() as borrowed:
        theirs = borrowed.scene(RED)
        with hosts.context(hosts.OPENGL_ES) as other:
            with context.batch():
                context.scene(RED)
                hosts.make_current(other.context)
                with pytest.raises(zcgpu.NotCurrentError, match="another EGL context"):
                    theirs.render(2, 2)
                assert hosts.binding().context == other.context
            hosts.make_current(other.context)
        hosts.make_current(gl.context)
        assert is_red(theirs.render(2, 2))
