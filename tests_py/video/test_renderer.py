"""Drawing a frame into what a host has bound: where, how, and who holds it."""

import host_gl
import pytest
from expected import noise
from host_gl import call, new
from video.canvases import BACK, BLUE, canvas, counts, filled, scaled, shown

import zcgpu


def test_a_frame_is_drawn_upright_pixel_for_pixel(kind: str) -> None:
    picture = noise(3, 5)
    with zcgpu.Context.from_current() as context, context.renderer() as renderer:
        canvas(5, 3)
        frame = context.frame(picture)
        before = host_gl.state()
        renderer.draw(frame)
        assert host_gl.state() == before
        assert (shown(5, 3) == picture).all()
        assert renderer.stats() == counts(drawn=1)
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


def test_renderers_are_counted_and_told_of(gl: None) -> None:
    with zcgpu.Context.from_current() as context, context.renderer() as renderer:
        assert zcgpu.census()["renderers"] == 1
        kinds = [entry.kind for entry in zcgpu.diagnostics.live()]
        assert "renderer" in kinds
        assert "0 drawn" in repr(renderer)
    assert repr(renderer) == "<zcgpu.Renderer closed>"
