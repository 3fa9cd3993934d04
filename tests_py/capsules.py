"""Capsules seen from C: what `ctypes` can ask and make."""

import ctypes
from typing import Any

_api = ctypes.pythonapi
_api.PyCapsule_New.restype = ctypes.py_object
_api.PyCapsule_New.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
_api.PyCapsule_GetName.restype = ctypes.c_char_p
_api.PyCapsule_GetName.argtypes = [ctypes.py_object]
_api.PyCapsule_GetPointer.restype = ctypes.c_void_p
_api.PyCapsule_GetPointer.argtypes = [ctypes.py_object, ctypes.c_char_p]
_api.PyCapsule_GetContext.restype = ctypes.c_void_p
_api.PyCapsule_GetContext.argtypes = [ctypes.py_object]
_api.PyCapsule_SetContext.argtypes = [ctypes.py_object, ctypes.c_void_p]
_api.PyCapsule_SetName.argtypes = [ctypes.py_object, ctypes.c_char_p]

FRAME, LEASE, VIDEO_FRAME = 3, 4, 10
BORROWED, OWNED = 1, 2


def context_value(noun: int, ownership: int) -> int:
    """ZCG_CAPSULE_CONTEXT of zcgpu.h."""
    return noun << 8 | ownership


def name(capsule: Any) -> str:
    """The capsule's name."""
    return str(_api.PyCapsule_GetName(capsule).decode())


def handle(capsule: Any) -> int:
    """The pointer value."""
    return int(_api.PyCapsule_GetPointer(capsule, name(capsule).encode()))


def context_of(capsule: Any) -> int:
    """The context value."""
    return int(_api.PyCapsule_GetContext(capsule) or 0)


def rename(capsule: Any, name: bytes) -> None:
    """As a consumer does; the name must stay alive."""
    _api.PyCapsule_SetName(capsule, name)


def forge(name: bytes, bits: int, context: int) -> Any:
    """A capsule of nobody's making, without a destructor; the name must stay alive."""
    capsule = _api.PyCapsule_New(bits, name, None)
    _api.PyCapsule_SetContext(capsule, context)
    return capsule
