"""In a child process on ANGLE: contexts that the driver gives up for real."""

import ctypes
import os

import zcgpu

_GUILTY, _INNOCENT = 0x8253, 0x8254  # who caused it: this context; none that it shares with

_library = ctypes.CDLL(os.environ["ZCGPU_LIBEGL"])
_library.eglGetProcAddress.restype = ctypes.c_void_p
_library.eglGetCurrentContext.restype = ctypes.c_void_p
_lose_current = ctypes.CFUNCTYPE(None, ctypes.c_uint, ctypes.c_uint)(
    _library.eglGetProcAddress(b"glLoseContextCHROMIUM")
)


def lose(context: zcgpu.Context) -> None:
    """Have the driver lose the context, which is current inside a batch that nobody waits for."""
    with context.batch():
        assert _library.eglGetCurrentContext(), "another thread has the context"
        _lose_current(_GUILTY, _INNOCENT)


def lose_before_call(number: int) -> None:
    """Have `losing_egl.cpp` lose the current context right before a GL call from now; 0: never."""
    _library.lose_before_call(number)


def lose_before(function: str) -> None:
    """Have `losing_egl.cpp` lose the current context right before this GL function's next call."""
    _library.lose_before(function.encode())


def lost_before() -> str:
    """Which GL function the loss came before; empty while it has not come."""
    _library.lost_before.restype = ctypes.c_char_p
    name: bytes = _library.lost_before()
    return name.decode()
