"""Drawing a frame where that cannot be: what is refused, and counted."""

import ctypes
import threading
from typing import Any

import host_gl
import pytest
from expected import noise
from host_gl import call, new
from video.canvases import BACK, BLUE, canvas, counts, filled, shown

import zcgpu


def test_a_context_of_zcgpus_own_has_nothing_to_draw_into(context: zcgpu.Context) -> None:
    with pytest.raises(zcgpu.InvalidArgumentError, match=r"borrow its context by Context\.from_c"):
        context.renderer()
    with pytest.raises(zcgpu.WrongTypeError, match=r"context is a zcgpu\.Context"):
        zcgpu.Renderer(7)  # type: ignore[arg-type]


def test_without_a_framebuffer_there_is_nothing_to_draw_into(kind: str) -> None:
    with zcgpu.Context.from_current() as context, context.renderer() as renderer:
        frame = context.frame(noise(2, 2))
        with pytest.raises(zcgpu.InvalidArgumentError, match="no framebuffer is bound"):
            renderer.draw(frame)
        call("glBindFramebuffer", 0x8CA9, new("Framebuffers"))
        with pytest.raises(zcgpu.InvalidArgumentError, match="incomplete"):
            renderer.draw(frame)
        assert renderer.stats() == counts(failed=2)


def test_framebuffers_that_no_picture_fits_are_refused(kind: str) -> None:
    with zcgpu.Context.from_current() as context, context.renderer() as renderer:
        frame = context.frame(noise(2, 2))
        canvas(2, 2)
        texture = new("Textures")
        call("glBindTexture", 0x0DE1, texture)
        call("glTexImage2D", 0x0DE1, 0, 0x8058, 2, 2, 0, 0x1908, 0x1401, None)
        call("glFramebufferTexture2D", 0x8D40, 0x8CE1, 0x0DE1, texture, 0)
        for buffers, why in (((0x8CE0, 0x8CE1), "several buffers"), ((0,), "no buffer")):
            call("glDrawBuffers", len(buffers), (ctypes.c_uint * len(buffers))(*buffers))
            with pytest.raises(zcgpu.InvalidArgumentError, match=why):
                renderer.draw(frame)
        made, integers = new("Framebuffers"), new("Textures")
        call("glBindTexture", 0x0DE1, integers)
        call("glTexImage2D", 0x0DE1, 0, 0x8D7C, 2, 2, 0, 0x8D99, 0x1401, None)
        call("glBindFramebuffer", 0x8CA9, made)
        call("glFramebufferTexture2D", 0x8CA9, 0x8CE0, 0x0DE1, integers, 0)
        with pytest.raises(zcgpu.InvalidArgumentError, match="integers"):
            renderer.draw(frame)
    assert host_gl.errors() == []


def test_frames_that_cannot_be_drawn_are_refused_and_counted(gl: None) -> None:
    with (
        zcgpu.Context() as own,
        zcgpu.Context.from_current() as context,
        context.renderer() as renderer,
    ):
        canvas(2, 2)
        with pytest.raises(zcgpu.WrongContextError, match="another context than the renderer"):
            renderer.draw(own.frame(noise(2, 2)))
        with pytest.raises(zcgpu.WrongTypeError, match="a cube is no picture"):
            renderer.draw(context.cube([noise(2, 2)] * 6))
        stale = context.frame(noise(2, 2))
        context.reinitialize()
        with pytest.raises(zcgpu.StaleError):
            renderer.draw(stale)
        assert renderer.stats() == counts(dropped=3)
        closed = context.frame(noise(2, 2))
        closed.close()
        with pytest.raises(zcgpu.ClosedError):
            renderer.draw(closed)
        for nothing in (None, 3, noise(2, 2)):
            with pytest.raises(zcgpu.WrongTypeError, match="a frame is drawn"):
                renderer.draw(nothing)  # type: ignore[arg-type]
        assert (shown(2, 2) == BACK).all()
        renderer.draw(context.frame(filled(2, 2, BLUE)))
        assert (shown(2, 2) == BLUE).all()


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"fit": "fill"}, zcgpu.InvalidArgumentError),
        ({"viewport": (0, 0, 2)}, zcgpu.WrongTypeError),
        ({"viewport": (0, 0, 2.5, 2)}, zcgpu.WrongTypeError),
        ({"viewport": 7}, zcgpu.WrongTypeError),
        ({"viewport": (0, 0, -1, 2)}, zcgpu.SizeError),
        ({"viewport": (0, 0, 2, 2**31)}, zcgpu.SizeError),
        ({"viewport": (0, 0, 2**31 - 1, 2)}, zcgpu.SizeError),
        ({"background": (0, 0, 0)}, zcgpu.WrongTypeError),
        ({"background": (0, 0, 0, float("nan"))}, zcgpu.InvalidArgumentError),
        ({"background": "blue"}, zcgpu.WrongTypeError),
        ({"sample_aspect": 0}, zcgpu.InvalidArgumentError),
        ({"sample_aspect": float("inf")}, zcgpu.InvalidArgumentError),
        ({"sample_aspect": "wide"}, zcgpu.WrongTypeError),
    ],
)
def test_arguments_that_mean_nothing_are_refused(
    gl: None, arguments: dict[str, Any], error: type[zcgpu.Error]
) -> None:
    with zcgpu.Context.from_current() as context, context.renderer() as renderer:
        canvas(2, 2)
        with pytest.raises(error):
            renderer.draw(context.frame(noise(2, 2)), **arguments)
        assert (shown(2, 2) == BACK).all()


def test_another_thread_is_refused_and_the_hosts_goes_on(gl: None) -> None:
    said: list[str] = []

    def intrude() -> None:
        try:
            renderer.draw(frame)
        except zcgpu.NotCurrentError as error:
            said.append(str(error))

    with zcgpu.Context.from_current() as context, context.renderer() as renderer:
        canvas(2, 2)
        frame = context.frame(filled(2, 2, BLUE))
        thread = threading.Thread(target=intrude)
        thread.start()
        thread.join()
        assert len(said) == 1
        assert (shown(2, 2) == BACK).all()
        renderer.draw(frame)
        assert (shown(2, 2) == BLUE).all()
