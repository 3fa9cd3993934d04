"""Programs with windows that draw with zcgpu too: each function is a program of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import glfw
import host_gl
import hosts
import numpy as np
import pytest
from sources import COUNTER, FILTER, colour

import zcgpu

WIDTH, HEIGHT = 40, 30
RED = colour("vec4(1.0, 0.0, 0.0, 1.0)")
KINDS: dict[str, dict[int, int]] = {
    "core": {
        glfw.CONTEXT_VERSION_MAJOR: 3,
        glfw.CONTEXT_VERSION_MINOR: 3,
        glfw.OPENGL_PROFILE: glfw.OPENGL_CORE_PROFILE,
    },
    "compatibility": {},
    "es": {glfw.CLIENT_API: glfw.OPENGL_ES_API, glfw.CONTEXT_VERSION_MAJOR: 3},
}


@contextmanager
def window(kind: str = "core", *, api: int = glfw.EGL_CONTEXT_API) -> Iterator[Any]:
    """A window of glfw's, its context current."""
    assert glfw.init()
    glfw.default_window_hints()
    for hint, value in {**KINDS[kind], glfw.CONTEXT_CREATION_API: api}.items():
        glfw.window_hint(hint, value)
    glfw.window_hint(glfw.RESIZABLE, glfw.FALSE)
    made = glfw.create_window(WIDTH, HEIGHT, "host", None, None)
    assert made
    glfw.make_context_current(made)
    yield made
    glfw.destroy_window(made)


def fill(x: int, y: int, width: int, height: int, *color: float) -> None:
    """Paint a rectangle of what is bound, and leave the scissor on."""
    host_gl.call("glEnable", 0x0C11)
    host_gl.call("glScissor", x, y, width, height)
    host_gl.call("glClearColor", *color)
    host_gl.call("glClear", 0x4000)


def draw_a_frame(scene: zcgpu.Scene, n: int) -> None:
    """The host paints left, zcgpu draws, the host paints right: the window shows the host's."""
    fill(0, 0, WIDTH // 2, HEIGHT, 0.2 * n, 0.4, 0.6, 1.0)
    before = host_gl.state()
    assert (np.asarray(scene.render(8, 8)) == n).all()
    assert host_gl.state() == before
    fill(WIDTH // 2, 0, WIDTH // 2, HEIGHT, 0.0, 1.0, 0.2 * n, 1.0)
    shown = np.array(host_gl.pixels(WIDTH, HEIGHT)).reshape(HEIGHT, WIDTH, 4)[..., :3]
    assert (shown[:, : WIDTH // 2] == (51 * n, 102, 153)).all()
    assert (shown[:, WIDTH // 2 :] == (0, 255, 51 * n)).all()
    assert host_gl.errors() == []


def frames_of(kind: str) -> None:
    """Frames in a callback of the host's, which asks for its window to be painted."""
    drawn: list[int] = []
    with window(kind) as host:
        context = zcgpu.Context.from_current()
        scene = context.scene(COUNTER)

        def paint(painted: object) -> None:
            if len(drawn) < 5:
                draw_a_frame(scene, len(drawn) + 1)
                drawn.append(1)
                glfw.swap_buffers(host)

        glfw.set_window_refresh_callback(host, paint)
        while not drawn:
            glfw.wait_events()  # until the window is shown
        while len(drawn) < 5:
            paint(host)
        assert hosts.binding().context
        context.close()
    glfw.terminate()


def core() -> None:
    frames_of("core")


def compatibility() -> None:
    frames_of("compatibility")


def es() -> None:
    frames_of("es")


def a_window_opened_again_is_another_context() -> None:
    context: zcgpu.Context
    with window():
        context = zcgpu.Context.from_current()
        scene = context.scene(COUNTER)
        frame = scene.render(4, 4)
    with pytest.raises(zcgpu.NotCurrentError):
        scene.render(4, 4)
    with window():
        with pytest.raises(zcgpu.StaleError, match=r"generation 1 .* is in generation 2"):
            np.asarray(frame)
        draw_a_frame(scene, 1)
        context.close()
    glfw.terminate()
    with window(), zcgpu.Context.from_current() as another:
        draw_a_frame(another.scene(COUNTER), 1)
    glfw.terminate()


def of_two_windows_each_has_its_own() -> None:
    with window() as first:
        one = zcgpu.Context.from_current()
        mine = one.scene(COUNTER)
        with window("es") as second:
            two = zcgpu.Context.from_current()
            theirs = two.scene(COUNTER)
            for n in range(1, 4):
                glfw.make_context_current(first)
                draw_a_frame(mine, n)
                with pytest.raises(zcgpu.NotCurrentError, match="another EGL context"):
                    theirs.render(4, 4)
                glfw.make_context_current(second)
                draw_a_frame(theirs, n)
                with pytest.raises(zcgpu.NotCurrentError, match="another EGL context"):
                    mine.render(4, 4)
            two.close()
        glfw.make_context_current(first)
        one.close()
    glfw.terminate()


def a_context_of_our_own_draws_inside_a_hosts_frame() -> None:
    """It is made current and the host's put back, surfaces and all."""
    with window(), zcgpu.Context() as own:
        host = hosts.binding()
        assert host.draw
        scene = own.scene(COUNTER)
        for n in range(1, 4):
            draw_a_frame(scene, n)
            assert hosts.binding() == host
        with own.batch():
            assert (np.asarray(scene.render(4, 4)) == 4).all()
        assert hosts.binding() == host
        draw_a_frame(scene, 5)
    glfw.terminate()


def a_frame_of_ours_is_shown_by_the_host() -> None:
    with window(), zcgpu.Context.from_current() as context:
        picture = np.arange(WIDTH * HEIGHT * 4, dtype=np.uint32).astype(np.uint8)
        frame = context.scene(FILTER).render(
            WIDTH, HEIGHT, inputs={"inputImage": picture.reshape(HEIGHT, WIDTH, 4)}
        )
        pixels = np.ascontiguousarray(np.asarray(frame)[::-1])
        texture, buffer = host_gl.new("Textures"), host_gl.new("Framebuffers")
        host_gl.call("glBindTexture", 0x0DE1, texture)
        size = (0, 0x8058, WIDTH, HEIGHT, 0, 0x1908, 0x1401)
        host_gl.call("glTexImage2D", 0x0DE1, *size, pixels.ctypes.data_as(host_gl.POINTER))
        host_gl.call("glBindFramebuffer", 0x8CA8, buffer)
        host_gl.call("glFramebufferTexture2D", 0x8CA8, 0x8CE0, 0x0DE1, texture, 0)
        box = (0, 0, WIDTH, HEIGHT)
        host_gl.call("glBlitFramebuffer", *box, *box, 0x4000, 0x2600)
        host_gl.call("glBindFramebuffer", 0x8CA8, 0)
        shown = np.array(host_gl.pixels(WIDTH, HEIGHT)).reshape(HEIGHT, WIDTH, 4)
        assert (shown[::-1, :, :3] == picture.reshape(HEIGHT, WIDTH, 4)[..., :3]).all()
        assert host_gl.errors() == []
    glfw.terminate()


def a_glx_context_is_refused_with_what_to_do() -> None:
    hint = r"glfw\.window_hint\(glfw\.CONTEXT_CREATION_API, glfw\.EGL_CONTEXT_API\).*xcb_egl"
    with zcgpu.Context() as own:
        scene = own.scene(RED)
        with window(api=glfw.NATIVE_CONTEXT_API) as host:
            with pytest.raises(zcgpu.NotCurrentError, match=f"one of GLX.*{hint}"):
                zcgpu.Context.from_current()
            for attempt in (lambda: scene.render(2, 2), zcgpu.Context):
                with pytest.raises(zcgpu.ThreadError, match=f"GLX.*{hint}.*another thread"):
                    attempt()
            assert glfw.get_current_context()
            red: list[Any] = []
            thread = threading.Thread(target=lambda: red.append(np.array(scene.render(2, 2))))
            thread.start()
            thread.join()
            assert (red[0] == (255, 0, 0, 255)).all()
            glfw.make_context_current(None)  # type: ignore[arg-type]
            assert (np.asarray(scene.render(2, 2)) == (255, 0, 0, 255)).all()
            glfw.make_context_current(host)
    glfw.terminate()


SCENARIOS = [
    core,
    compatibility,
    es,
    a_window_opened_again_is_another_context,
    of_two_windows_each_has_its_own,
    a_context_of_our_own_draws_inside_a_hosts_frame,
    a_frame_of_ours_is_shown_by_the_host,
    a_glx_context_is_refused_with_what_to_do,
]
