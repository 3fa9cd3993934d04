"""Drawing a frame into what a host has bound, in whatever state the host is."""

import host_gl
import pytest
from expected import noise
from host_disorder import DISORDERS
from host_gl import call, new
from video.canvases import KINDS, canvas, shown

import zcgpu


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
