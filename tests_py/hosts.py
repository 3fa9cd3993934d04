"""A program that uses EGL beside zcgpu: what it has current, and contexts of its own."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

OPENGL, OPENGL_ES = 0x30A2, 0x30A0
_SURFACELESS, _DRAW, _READ = 0x31DD, 0x3059, 0x305A
_CLIENT_VERSION, _NONE = 0x3098, 0x3038

_egl = ctypes.CDLL("libEGL.so.1")
for _name in ("GetPlatformDisplay", "GetCurrentDisplay", "GetCurrentSurface"):
    getattr(_egl, "egl" + _name).restype = ctypes.c_void_p
for _name in ("GetCurrentContext", "CreateContext"):
    getattr(_egl, "egl" + _name).restype = ctypes.c_void_p


class Binding(NamedTuple):
    """What EGL has current on this thread."""

    api: int
    display: int | None
    context: int | None
    draw: int | None
    read: int | None


def binding() -> Binding:
    """What this thread has current now."""
    return Binding(
        _egl.eglQueryAPI(),
        _egl.eglGetCurrentDisplay(),
        _egl.eglGetCurrentContext(),
        _egl.eglGetCurrentSurface(_DRAW),
        _egl.eglGetCurrentSurface(_READ),
    )


@contextmanager
def context(api: int) -> Iterator[Binding]:
    """A context of the host's own, current on this thread inside the block."""
    before = _egl.eglQueryAPI()
    display = ctypes.c_void_p(_egl.eglGetPlatformDisplay(_SURFACELESS, None, None))
    assert _egl.eglInitialize(display, None, None)
    assert _egl.eglBindAPI(api)
    version = (ctypes.c_int * 3)(_CLIENT_VERSION, 3, _NONE)
    made = ctypes.c_void_p(_egl.eglCreateContext(display, None, None, version))
    assert made
    assert _egl.eglMakeCurrent(display, None, None, made)
    try:
        yield binding()
    finally:
        assert _egl.eglMakeCurrent(display, None, None, None)
        assert _egl.eglDestroyContext(display, made)
        assert _egl.eglBindAPI(before)


def make_nothing_current() -> None:
    """Take away whatever this thread has current, as a careless host might."""
    display = ctypes.c_void_p(_egl.eglGetCurrentDisplay())
    assert _egl.eglMakeCurrent(display, None, None, None)
