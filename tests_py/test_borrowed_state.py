"""A borrowed context: drawing is right whatever the host's state is, and leaves it as it was."""

import ctypes
from collections.abc import Iterator

import host_gl
import hosts
import numpy as np
import pytest
from expected import assert_shows, linear, noise, positions
from host_disorder import DISORDERS, run_transform_feedback
from sources import COUNTER, FILTER, colour, image

import zcgpu

KINDS = {
    "gl": (hosts.OPENGL, (4, 5), hosts.CORE),
    "compatibility": (hosts.OPENGL, (4, 5), hosts.COMPATIBILITY),
    "es": (hosts.OPENGL_ES, (3, 0), 0),
}
PENDING: dict[int, tuple[object, ...]] = {
    0x0500: ("glEnable", 0xFFFF),
    0x0501: ("glViewport", 0, 0, -1, -1),
    0x0502: ("glUnmapBuffer", 0x8892),
}
"""Errors, and the call that causes each."""
FLOATS = colour("vec4(-2.0, 0.25, 3.0, 1.5)", passes=[{"FLOAT": True}])
COPY_FLOATS = colour(
    "IMG_THIS_PIXEL(inputImage)", inputs=[image("inputImage")], passes=[{"FLOAT": True}]
)
TWO = colour(
    "vec4(IMG_THIS_PIXEL(first).rg, IMG_THIS_PIXEL(second).ba)",
    inputs=[image("first"), image("second")],
)
CUBE = colour("textureCube(sky, vec3(1.0, 0.0, 1.0))", inputs=[{"NAME": "sky", "TYPE": "cube"}])
"""Looks at the edge between the first side and the fifth."""
SIDES = [np.full((2, 2, 4), 40 * n, np.uint8) for n in range(6)]
PICTURE, OTHER = noise(2, 3), noise(2, 3, seed=8)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Iterator[str]:
    """A host of each kind, its context current."""
    with hosts.context(*KINDS[request.param]):
        yield request.param


def every_disorder() -> list[tuple[str, str]]:
    """Each kind of context with each disorder that it can be in."""
    return [(kind, name) for name, it in DISORDERS.items() for kind in KINDS if kind in it.where]


def draw_everything(context: zcgpu.Context) -> None:
    """Compile, upload, draw to bytes and floats, feed back, read: each with its pixels."""
    shown = context.scene(FILTER).render(6, 4, inputs={"inputImage": PICTURE})
    assert_shows(shown, linear(PICTURE, *positions(6, 4)), steps=1.0)
    both = context.scene(TWO).render(6, 4, inputs={"first": PICTURE, "second": OTHER})
    first, second = (linear(each, *positions(6, 4)) for each in (PICTURE, OTHER))
    assert_shows(both, np.concatenate([first[..., :2], second[..., 2:]], axis=-1), steps=1.0)
    edge = np.asarray(context.scene(CUBE).render(2, 2, inputs={"sky": SIDES}))
    assert (abs(edge - 80.0) <= 1).all()
    floats = np.asarray(context.scene(FLOATS).render(3, 2))
    assert (floats == np.array([-2.0, 0.25, 3.0, 1.5], np.float32)).all()
    numbers = np.linspace(-2.0, 3.0, 24, dtype=np.float32).reshape(2, 3, 4)
    copied = context.scene(COPY_FLOATS).render(3, 2, inputs={"inputImage": numbers})
    np.testing.assert_allclose(np.asarray(copied), numbers, rtol=1e-6, atol=1e-6)
    counter = context.scene(COUNTER)
    for n in range(1, 3):
        assert (np.asarray(counter.render(3, 3)) == n).all()
    target = np.zeros((3, 5, 4), np.uint8)
    counter.render_into(target[:, :3])
    assert (target[:, :3] == 3).all()
    assert (target[:, 3:] == 0).all()
    counter.reset()
    assert (np.asarray(counter.render(3, 3)) == 1).all()
    context.check_errors("all of it")


@pytest.mark.parametrize(("kind", "name"), every_disorder(), indirect=["kind"])
def test_drawing_is_right_and_leaves_the_hosts_state(kind: str, name: str) -> None:
    with zcgpu.Context.from_current() as context:
        counter = context.scene(COUNTER)
        DISORDERS[name].make()
        assert host_gl.errors() == []
        before = host_gl.state()
        assert (np.asarray(counter.render(3, 3)) == 1).all()
        assert host_gl.state() == before
        draw_everything(context)
        assert host_gl.state() == before
    assert host_gl.state() == before
    assert host_gl.errors() == []


def test_drawing_is_right_in_every_disorder_at_once(kind: str) -> None:
    for disorder in DISORDERS.values():
        if kind in disorder.where:
            disorder.make()
    assert host_gl.errors() == []
    before = host_gl.state()
    with zcgpu.Context.from_current() as context:
        draw_everything(context)
    assert host_gl.state() == before
    assert host_gl.errors() == []


def test_each_call_by_itself_leaves_the_hosts_state(kind: str) -> None:
    for disorder in DISORDERS.values():
        if kind in disorder.where:
            disorder.make()
    before = host_gl.state()
    with zcgpu.Context.from_current() as context:
        scene = context.scene(FILTER)
        assert host_gl.state() == before
        picture = context.frame(PICTURE)
        assert host_gl.state() == before
        frame = scene.render(3, 2, inputs={"inputImage": picture})
        assert host_gl.state() == before
        assert (np.asarray(frame) == PICTURE).all()
        assert host_gl.state() == before
        context.reinitialize()
        assert host_gl.state() == before


def test_a_failure_leaves_the_hosts_state(kind: str) -> None:
    for disorder in DISORDERS.values():
        if kind in disorder.where:
            disorder.make()
    before = host_gl.state()
    with zcgpu.Context.from_current() as context:
        with pytest.raises(zcgpu.ShaderError):
            context.scene(colour("nope"))
        assert host_gl.state() == before
        scene = context.scene(FILTER)
        stale = context.frame(PICTURE)
        context.reinitialize()
        scene.inputs["inputImage"] = PICTURE
        with pytest.raises(zcgpu.StaleError):
            scene.render(2, 2, inputs={"inputImage": stale})
        assert host_gl.state() == before
        with pytest.raises(zcgpu.SizeError):
            scene.render(0, 2)
        assert host_gl.state() == before
    assert host_gl.errors() == []


def test_a_running_capture_goes_on(kind: str) -> None:
    run_transform_feedback()
    with zcgpu.Context.from_current() as context:
        draw_everything(context)
    host_gl.call("glDrawArrays", 0, 0, 2)
    host_gl.call("glEndTransformFeedback")
    take = ctypes.CFUNCTYPE(
        ctypes.c_void_p, ctypes.c_uint, ctypes.c_ssize_t, ctypes.c_ssize_t, ctypes.c_uint
    )(host_gl.address("glMapBufferRange"))
    captured = (ctypes.c_float * 2).from_address(take(0x8C8E, 0, 8, 1))
    assert list(captured) == [7.0, 7.0]
    assert host_gl.errors() == []


def test_a_hosts_pending_error_is_left_to_it(kind: str) -> None:
    with zcgpu.Context.from_current() as context:
        scene = context.scene(FILTER)
        for code, cause in PENDING.items():
            host_gl.call(str(cause[0]), *cause[1:])
            assert (np.asarray(scene.render(2, 2)) == 0).all()
            assert host_gl.errors() == [code]


def test_a_hosts_pending_error_is_told_by_check_errors(kind: str) -> None:
    with zcgpu.Context.from_current() as context:
        for cause in PENDING.values():
            host_gl.call(str(cause[0]), *cause[1:])
        with pytest.raises(zcgpu.GLError, match="the host's draw failed: GL reported GL_INVALID_"):
            context.check_errors("the host's draw")
        assert host_gl.errors() == []
        context.check_errors("the host's draw")


def test_an_error_that_cannot_be_left_pending_is_kept_for_check_errors(kind: str) -> None:
    with zcgpu.Context.from_current() as context:
        scene = context.scene(FILTER)
        incomplete = host_gl.new("Framebuffers")
        host_gl.call("glBindFramebuffer", 0x8D40, incomplete)
        host_gl.call("glClear", 0x4000)
        scene.render(2, 2)
        assert host_gl.errors() == []
        with pytest.raises(zcgpu.GLError, match="GL_INVALID_FRAMEBUFFER_OPERATION"):
            context.check_errors("the host's clear")
        context.check_errors("the host's clear")


def test_a_program_that_is_deleted_while_in_use_is_not_lost(kind: str) -> None:
    DISORDERS["program"].make()
    before = host_gl.state()
    with zcgpu.Context.from_current() as context:
        host_gl.call("glDeleteProgram", before["program"][0])
        with pytest.raises(zcgpu.GLError, match=r"glUseProgram\(0\) after deleting it"):
            context.scene(FILTER)
        assert host_gl.state() == before
        host_gl.call("glUseProgram", 0)
        draw_everything(context)
