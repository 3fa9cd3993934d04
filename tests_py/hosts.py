"""A program that uses EGL beside zcgpu: what it has current, and contexts of its own."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

OPENGL, OPENGL_ES = 0x30A2, 0x30A0
_SURFACELESS, _DRAW, _READ = 0x31DD, 0x3059, 0x305A
_CLIENT_VERSION, _MINOR_VERSION, _PROFILE, _NONE = 0x3098, 0x30FB, 0x30FD, 0x3038
CORE, COMPATIBILITY = 1, 2

_egl = ctypes.CDLL("libEGL.so.1")
for _name in ("GetPlatformDisplay", "GetCurrentDisplay", "GetCurrentSurface"):
    getattr(_egl, "egl" + _name).restype = ctypes.c_void_p
for _name in ("GetCurrentContext", "CreateContext"):
    getattr(_egl, "egl" + _name).restype = ctypes.c_void_p
_egl.eglCreateContext.argtypes = [ctypes.c_void_p] * 4
_egl.eglDestroyContext.argtypes = [ctypes.c_void_p] * 2
_egl.eglMakeCurrent.argtypes = [ctypes.c_void_p] * 4
_egl.eglTerminate.argtypes = [ctypes.c_void_p]


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


def _surfaceless() -> int:
    """The display where contexts are made unless told otherwise, initialised."""
    found = ctypes.c_void_p(_egl.eglGetPlatformDisplay(_SURFACELESS, None, None))
    assert _egl.eglInitialize(found, None, None)
    assert found.value
    return found.value


def create(
    api: int,
    version: tuple[int, int] = (3, 0),
    profile: int = 0,
    *,
    share: int | None = None,
    display: int | None = None,
) -> int:
    """A context of the host's own, current nowhere."""
    before = _egl.eglQueryAPI()
    words = [_CLIENT_VERSION, version[0], _MINOR_VERSION, version[1]]
    if profile:
        words += [_PROFILE, profile]
    assert _egl.eglBindAPI(api)
    made: int | None = _egl.eglCreateContext(
        display or _surfaceless(), None, share, (ctypes.c_int * (len(words) + 1))(*words, _NONE)
    )
    assert made, hex(_egl.eglGetError())
    assert _egl.eglBindAPI(before)
    return made


def destroy(context: int) -> None:
    """End a context; where it is current, once it no longer is."""
    assert _egl.eglDestroyContext(_surfaceless(), context)


def make_current(context: int | None, *, display: int | None = None) -> None:
    """Make a context of the host's this thread's current one."""
    assert _egl.eglMakeCurrent(display or _surfaceless(), None, None, context)


def terminate(display: int | None) -> None:
    """End a display with everything in it, as a careless host might."""
    assert _egl.eglTerminate(display)


def initialize(display: int | None) -> None:
    """Begin with a display anew."""
    assert _egl.eglInitialize(ctypes.c_void_p(display), None, None)


@contextmanager
def context(api: int, version: tuple[int, int] = (3, 0), profile: int = 0) -> Iterator[Binding]:
    """A context of the host's own, current on this thread inside the block."""
    before = _egl.eglQueryAPI()
    made = create(api, version, profile)
    assert _egl.eglBindAPI(api)
    make_current(made)
    try:
        yield binding()
    finally:
        make_nothing_current()
        destroy(made)
        assert _egl.eglBindAPI(before)


def make_nothing_current() -> None:
    """Take away whatever this thread has current, as a careless host might."""
    assert _egl.eglMakeCurrent(_surfaceless(), None, None, None)
