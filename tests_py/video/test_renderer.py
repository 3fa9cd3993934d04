"""Drawing a frame into what a host has bound: where, how, whose state, and who holds it."""

import ctypes
import threading
from collections.abc import Iterator
from typing import Any

import host_gl
import hosts
import numpy as np
import pytest
from expected import linear, noise
from host_disorder import DISORDERS, framebuffer
from host_gl import call, new
from numpy.typing import NDArray

import zcgpu

KINDS = {
    "gl": (hosts.OPENGL, (4, 5), hosts.CORE),
    "compatibility": (hosts.OPENGL, (4, 5), hosts.COMPATIBILITY),
    "es": (hosts.OPENGL_ES, (3, 0), 0),
}
BACK = (10, 20, 30, 40)
"""What a framebuffer shows before anything is drawn."""
BLUE = (0, 0, 255, 255)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Iterator[str]:
    """A host of each kind, its context current."""
    with hosts.context(*KINDS[request.param]):
        yield request.param


@pytest.fixture
def gl() -> Iterator[None]:
    with hosts.context(*KINDS["gl"]):
        yield


def canvas(width: int, height: int) -> int:
    """A framebuffer that shows `BACK`, bound, with a viewport over all of it."""
    made = framebuffer(width, height)
    call("glClearColor", *(number / 255 for number in BACK))
    call("glClear", 0x4000)
    call("glClearColor", 0.0, 0.0, 0.0, 0.0)
    call("glViewport", 0, 0, width, height)
    return made


def shown(width: int, height: int) -> NDArray[np.uint8]:
    """What is in the framebuffer, row 0 on top."""
    pixels = np.array(host_gl.pixels(width, height), np.uint8)
    return pixels.reshape(height, width, 4)[::-1]


def filled(width: int, height: int, colour: tuple[int, ...]) -> NDArray[np.uint8]:
    return np.full((height, width, 4), colour, np.uint8)


def scaled(picture: NDArray[Any], width: int, height: int) -> NDArray[Any]:
    """A picture in another size, filtered as GL does it."""
    x, y = (np.arange(width) + 0.5) / width, 1 - (np.arange(height) + 0.5) / height
    return linear(picture, *np.meshgrid(x, y)) * 255


def test_a_frame_is_drawn_upright_pixel_for_pixel(kind: str) -> None:
    picture = noise(3, 5)
    with zcgpu.Context.from_current() as context, context.renderer() as renderer:
        canvas(5, 3)
        frame = context.frame(picture)
        before = host_gl.state()
        renderer.draw(frame)
        assert host_gl.state() == before
        assert (shown(5, 3) == picture).all()
        assert renderer.stats() == {"drawn": 1, "dropped": 0, "failed": 0}
    assert host_gl.errors() == []


def test_a_contained_picture_leaves_the_rest_or_fills_it(kind: str) -> None:
    picture = noise(2, 4)
    with zcgpu.Context.from_current() as context, context.renderer() as renderer:
        frame = context.frame(picture)
        for colour, around in ((None, BACK), ((0.0, 0.0, 1.0, 1.0), BLUE)):
            canvas(8, 10)
            renderer.draw(frame, background=colour)
            expected = filled(8, 10, around).astype(float)
            # 8 wide is 4 high: 3 rows remain below and above.
            expected[3:7] = scaled(picture, 8, 4)
            assert abs(shown(8, 10) - expected).max() < 1.001
            assert (shown(8, 10)[[0, 1, 2, 7, 8, 9]] == around).all()


def test_covering_shows_the_middle(kind: str) -> None:
    picture = noise(4, 8)
    with zcgpu.Context.from_current() as context, context.renderer() as renderer:
        canvas(4, 4)
        renderer.draw(context.frame(picture), fit="cover")
        assert (shown(4, 4) == picture[:, 2:6]).all()
        canvas(8, 2)
        renderer.draw(context.frame(picture), fit="cover")
        assert (shown(8, 2) == picture[1:3]).all()


def test_stretching_shows_all_of_it_everywhere(kind: str) -> None:
    picture = noise(3, 2)
    with zcgpu.Context.from_current() as context, context.renderer() as renderer:
        canvas(6, 5)
        renderer.draw(context.frame(picture), fit="stretch")
        assert abs(shown(6, 5) - scaled(picture, 6, 5)).max() < 1.001


def test_samples_that_are_no_squares_are_shown_in_their_shape(gl: None) -> None:
    picture = noise(4, 4)
    with zcgpu.Context.from_current() as context, context.renderer() as renderer:
        canvas(8, 8)
        renderer.draw(context.frame(picture), sample_aspect=2.0)
        expected = filled(8, 8, BACK).astype(float)
        expected[2:6] = scaled(picture, 8, 4)
        assert abs(shown(8, 8) - expected).max() < 1.001


def test_the_viewport_is_the_calls_or_the_hosts(kind: str) -> None:
    picture = noise(2, 3)
    with zcgpu.Context.from_current() as context, context.renderer() as renderer:
        frame = context.frame(picture)
        canvas(7, 6)
        renderer.draw(frame, viewport=(1, 2, 3, 2))
        call("glViewport", 4, 4, 3, 2)
        renderer.draw(frame)
        for empty in ((0, 0, 0, 6), (0, 0, 7, 0)):
            renderer.draw(frame, viewport=empty, background=(1, 1, 1, 1))
        expected = filled(7, 6, BACK)
        # From the lower left corner: 2 rows up is rows 2 and 3 from the top of 6.
        expected[2:4, 1:4] = picture
        expected[0:2, 4:7] = picture
        assert (shown(7, 6) == expected).all()
        assert host_gl.integers(0x0BA2, 4) == (4, 4, 3, 2)


def test_bytes_are_written_as_they_are_into_a_framebuffer_that_encodes(kind: str) -> None:
    picture = noise(16, 16)
    with zcgpu.Context.from_current() as context, context.renderer() as renderer:
        made, texture = new("Framebuffers"), new("Textures")
        call("glBindTexture", 0x0DE1, texture)
        call("glTexImage2D", 0x0DE1, 0, 0x8C43, 16, 16, 0, 0x1908, 0x1401, None)
        call("glBindFramebuffer", 0x8D40, made)
        call("glFramebufferTexture2D", 0x8D40, 0x8CE0, 0x0DE1, texture, 0)
        if kind != "es":
            call("glEnable", 0x8DB9)
        renderer.draw(context.frame(picture), viewport=(0, 0, 16, 16))
        # Where the driver cannot be told not to encode, it encodes what was decoded before.
        assert abs(shown(16, 16).astype(int) - picture).max() <= (1 if kind == "es" else 0)
        if kind != "es":
            assert call("glIsEnabled", 0x8DB9) & 0xFF


def put_reading_in_order(kind: str) -> None:
    """What `shown` relies on, in a host that left it otherwise."""
    call("glBindBuffer", 0x88EB, 0)
    for name, value in ((0x0D02, 0), (0x0D03, 0), (0x0D04, 0), (0x0D05, 4)):
        call("glPixelStorei", name, value)
    there = host_gl.extensions()
    for extension, number in host_gl.INVERTING.items():
        if extension in there:
            call("glPixelStorei", number, 0)
    if kind != "es":
        call("glPixelStorei", 0x0D00, 0)
        call("glClampColor", 0x891C, 0x891D)
    if kind == "compatibility":
        call("glPixelTransferi", 0x0D10, 0)
        for scale in (0x0D14, 0x0D18, 0x0D1A, 0x0D1C):
            call("glPixelTransferf", scale, 1.0)
            call("glPixelTransferf", scale + 1, 0.0)


def disordered() -> list[tuple[str, str]]:
    return [(kind, name) for name, it in DISORDERS.items() for kind in KINDS if kind in it.where]


def deep_canvas(width: int, height: int) -> None:
    """As `canvas`, with depth and stencil."""
    canvas(width, height)
    buffer = new("Renderbuffers")
    call("glBindRenderbuffer", 0x8D41, buffer)
    call("glRenderbufferStorage", 0x8D41, 0x88F0, width, height)
    call("glFramebufferRenderbuffer", 0x8D40, 0x821A, 0x8D41, buffer)


@pytest.mark.parametrize(("kind", "name"), disordered(), indirect=["kind"])
def test_pixels_are_right_in_any_state_and_the_state_stays(kind: str, name: str) -> None:
    picture = noise(3, 5)
    with zcgpu.Context.from_current() as context, context.renderer() as renderer:
        frame = context.frame(picture)
        deep_canvas(5, 3)
        made = host_gl.integers(0x8CA6)[0]
        DISORDERS[name].make()
        call("glBindFramebuffer", 0x8CA9, made)
        assert host_gl.errors() == []
        before = host_gl.state()
        for _ in range(2):
            renderer.draw(frame, viewport=(0, 0, 5, 3), background=(1, 0, 0, 1))
            assert host_gl.state() == before
        assert host_gl.errors() == []
        put_reading_in_order(kind)
        call("glBindFramebuffer", 0x8CA8, made)
        assert (shown(5, 3) == picture).all()


@pytest.mark.parametrize("name", ["coverage", "alpha to coverage", "alpha to one"])
def test_every_sample_of_a_pixel_is_drawn(gl: None, name: str) -> None:
    picture = noise(4, 4)
    with zcgpu.Context.from_current() as context, context.renderer() as renderer:
        resolved = canvas(4, 4)
        made, buffer = new("Framebuffers"), new("Renderbuffers")
        call("glBindRenderbuffer", 0x8D41, buffer)
        call("glRenderbufferStorageMultisample", 0x8D41, 4, 0x8058, 4, 4)
        call("glBindFramebuffer", 0x8D40, made)
        call("glFramebufferRenderbuffer", 0x8D40, 0x8CE0, 0x8D41, buffer)
        DISORDERS[name].make()
        call("glEnable", 0x8E51)
        call("glSampleMaski", 0, 0)
        renderer.draw(context.frame(picture))
        assert call("glIsEnabled", 0x8E51) & 0xFF
        call("glBindFramebuffer", 0x8CA8, made)
        call("glBindFramebuffer", 0x8CA9, resolved)
        call("glBlitFramebuffer", 0, 0, 4, 4, 0, 0, 4, 4, 0x4000, 0x2600)
        call("glBindFramebuffer", 0x8CA8, resolved)
        assert (shown(4, 4) == picture).all()


def test_what_is_drawn_stays_until_the_gpu_has_finished(gl: None) -> None:
    picture = noise(64, 64)
    with zcgpu.Context.from_current() as context, context.renderer() as renderer:
        canvas(64, 64)
        frame = context.frame(picture)
        keeper = frame.lease("cache")
        renderer.draw(frame)
        held = keeper.holders
        assert held.get("renderer", 0) == 0
        assert held["presenter"] == 1
        assert held.get("gpu", 0) <= 1  # its fence may have signalled by now
        frame.close()
        call("glFinish")
        renderer.draw(context.frame(picture))  # a turn, which asks the fences
        assert keeper.holders == {"cache": 1}
        keeper.release()
        assert (shown(64, 64) == picture).all()


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
        assert renderer.stats() == {"drawn": 0, "dropped": 0, "failed": 2}


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
        assert renderer.stats() == {"drawn": 0, "dropped": 3, "failed": 0}
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


def test_a_viewport_may_begin_anywhere(gl: None) -> None:
    with zcgpu.Context.from_current() as context, context.renderer() as renderer:
        canvas(2, 2)
        frame = context.frame(filled(2, 2, BLUE))
        for x in (-(2**31), 2**31 - 1):
            renderer.draw(frame, viewport=(x, x, 8, 3))
        assert (shown(2, 2) == BACK).all()
        renderer.draw(frame, viewport=(-4, -4, 8, 8))
        assert (shown(2, 2) == BLUE).all()


def test_the_renderer_goes_on_in_the_next_generation_and_is_closed_once(gl: None) -> None:
    context = zcgpu.Context.from_current()
    renderer = context.renderer()
    for _ in range(3):
        canvas(2, 2)
        renderer.draw(context.frame(filled(2, 2, BLUE)))
        assert (shown(2, 2) == BLUE).all()
        context.reinitialize()
    frame = context.frame(filled(2, 2, BLUE))
    assert renderer.context is context
    renderer.close()
    renderer.close()
    assert renderer.closed
    with pytest.raises(zcgpu.ClosedError):
        renderer.draw(frame)
    with pytest.raises(zcgpu.ClosedError):
        renderer.stats()
    last = context.renderer()
    context.close()
    with pytest.raises(zcgpu.ClosedError):
        last.draw(frame)


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


def test_renderers_are_counted_and_told_of(gl: None) -> None:
    with zcgpu.Context.from_current() as context, context.renderer() as renderer:
        assert zcgpu.census()["renderers"] == 1
        kinds = [entry.kind for entry in zcgpu.diagnostics.live()]
        assert "renderer" in kinds
        assert "0 drawn" in repr(renderer)
    assert repr(renderer) == "<zcgpu.Renderer closed>"
