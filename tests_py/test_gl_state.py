"""GL calls of the program's own in a context: what they leave, told and put right."""

import host_gl
import hosts
import numpy as np
import pytest
from expected import noise
from host_disorder import DISORDERS
from sources import COUNTER, FILTER, colour

import zcgpu

RED = colour("vec4(1.0, 0.0, 0.0, 1.0)")
SPOILING = ("scissor", "blend", "colour mask", "cull", "discard", "packing", "pack buffer")
"""Disorders that show in what is drawn or read."""


def test_an_error_is_told_once_with_its_operation(each_dialect: zcgpu.Context) -> None:
    with each_dialect.batch():
        each_dialect.make_current()
        host_gl.call("glEnable", 0xFFFF)
        with pytest.raises(zcgpu.GLError, match="my draw failed: GL reported GL_INVALID_ENUM"):
            each_dialect.check_errors("my draw")
        each_dialect.check_errors("my draw")
        assert host_gl.errors() == []


def test_every_pending_error_is_taken(each_dialect: zcgpu.Context) -> None:
    with each_dialect.batch():
        each_dialect.make_current()
        host_gl.call("glEnable", 0xFFFF)
        host_gl.call("glViewport", 0, 0, -1, -1)
        with pytest.raises(zcgpu.GLError):
            each_dialect.check_errors("two mistakes")
        each_dialect.check_errors("none")


def test_the_operation_is_a_text_of_any_length(context: zcgpu.Context) -> None:
    with pytest.raises(TypeError, match="operation is a str, not"):
        context.check_errors(7)  # type: ignore[arg-type]
    for operation in ("", "ä" * 1000, "with a \0 inside"):
        context.check_errors(operation)
        with context.batch():
            context.make_current()
            host_gl.call("glEnable", 0xFFFF)
            with pytest.raises(zcgpu.GLError) as told:
                context.check_errors(operation)
            shown = operation.replace("\0", "\N{SYMBOL FOR NULL}")
            assert str(told.value) == f"{shown} failed: GL reported GL_INVALID_ENUM"


def test_a_closed_context_has_no_state() -> None:
    context = zcgpu.Context()
    context.close()
    with pytest.raises(zcgpu.ClosedError):
        context.check_errors("nothing")
    with pytest.raises(zcgpu.ClosedError):
        context.reset_state()


@pytest.mark.parametrize("name", SPOILING)
def test_reset_state_makes_drawing_right_again(each_dialect: zcgpu.Context, name: str) -> None:
    scene, picture = each_dialect.scene(FILTER), noise(3, 4)
    with each_dialect.batch():
        each_dialect.make_current()
        DISORDERS[name].make()
        each_dialect.reset_state()
        drawn = scene.render(4, 3, inputs={"inputImage": picture})
        assert (np.asarray(drawn) == picture).all()
    each_dialect.check_errors("all of it")


def test_reset_state_after_everything_at_once(each_rung: zcgpu.Context) -> None:
    kind = each_rung.info["dialect"]
    scene, counter = each_rung.scene(FILTER), each_rung.scene(COUNTER)
    counter.render(2, 2)
    with each_rung.batch():
        each_rung.make_current()
        for disorder in DISORDERS.values():
            if kind in disorder.where:
                disorder.make()
        each_rung.reset_state()
        picture = noise(3, 4)
        assert (np.asarray(scene.render(4, 3, inputs={"inputImage": picture})) == picture).all()
        assert (np.asarray(counter.render(2, 2)) == 2).all()
    each_rung.check_errors("all of it")


def test_reset_state_gives_a_host_the_state_of_a_new_context() -> None:
    """But for what has no initial value of its own: the viewport, and a capture that runs."""
    known = settings("viewport", "transform feedback", "framebuffers", "vertex array")
    for kind, api in {"gl": hosts.OPENGL, "es": hosts.OPENGL_ES}.items():
        with hosts.context(api, (4, 5) if kind == "gl" else (3, 0), 1 if kind == "gl" else 0):
            fresh = host_gl.state()
            with zcgpu.Context.from_current() as context:
                for name in known:
                    if kind in DISORDERS[name].where:
                        DISORDERS[name].make()
                assert host_gl.state() != fresh
                context.reset_state()
                after = host_gl.state()
                assert {k: v for k, v in after.items() if v != fresh[k]} == {
                    k: v for k, v in after.items() if k in KEPT and v != fresh[k]
                }
                assert (np.asarray(context.scene(RED).render(2, 2))[0, 0] == (255, 0, 0, 255)).all()
            assert host_gl.errors() == []


def settings(*without: str) -> list[str]:
    return [name for name in DISORDERS if name not in without]


KEPT = {
    "array buffer", "scissor box", "blend source", "blend destination", "cull mode",
    "depth function", "stencil function", "logic op mode", "depth test", "stencil test",
    "sample coverage", "alpha to coverage", "alpha to one", "framebuffer sRGB",
    "primitive restart", *(f"scissor box {n}" for n in range(16)),
    *(f"viewport {n}" for n in range(16)),
}  # fmt: skip
"""What drawing neither depends on nor changes stays the host's."""
