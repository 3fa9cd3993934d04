"""zcgpu.h as a C caller has it: handles are plain numbers, and nobody keeps count of them."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

import zcgpu._native

_library = ctypes.PyDLL(zcgpu._native.__file__)
RGBA8 = 1
PRESENTER = 3
OWNED_FRAME = 0x0302
"""Constants of zcgpu.h."""

_FRAME = b"zcgpu.frame"
_get_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_get_pointer.argtypes, _get_pointer.restype = [ctypes.py_object, ctypes.c_char_p], ctypes.c_uint64
_new_capsule = ctypes.pythonapi.PyCapsule_New
_new_capsule.argtypes = [ctypes.c_uint64, ctypes.c_char_p, ctypes.c_void_p]
_new_capsule.restype = ctypes.py_object
_set_context = ctypes.pythonapi.PyCapsule_SetContext
_set_context.argtypes = [ctypes.py_object, ctypes.c_uint64]


class Handle(ctypes.Structure):
    """Any handle: one struct a kind in C, all of one shape."""

    _fields_ = [("bits", ctypes.c_uint64)]

    def copy(self) -> "Handle":
        """The same bits, which C cannot take back."""
        return Handle(self.bits)


class Pixels(ctypes.Structure):
    """`zcg_pixels`."""

    _fields_ = [
        ("struct_size", ctypes.c_uint32),
        ("width", ctypes.c_int32),
        ("height", ctypes.c_int32),
        ("channels", ctypes.c_int32),
        ("is_float", ctypes.c_int32),
        ("reserved", ctypes.c_uint32),
        ("row_stride", ctypes.c_int64),
        ("data", ctypes.c_void_p),
        ("length", ctypes.c_size_t),
    ]


class Destination(ctypes.Structure):
    """`zcg_destination`."""

    _fields_ = [
        ("struct_size", ctypes.c_uint32),
        ("format", ctypes.c_int),
        ("row_stride", ctypes.c_int64),
        ("data", ctypes.c_void_p),
        ("length", ctypes.c_size_t),
    ]


class StatusError(Exception):
    """A status other than ZCG_OK."""


def call(function: str, *arguments: object) -> None:
    """One function of zcgpu.h, the report left out."""
    status = getattr(_library, function)(*arguments, None)
    if status != 0:
        raise StatusError(f"{function}: status {status}")


@contextmanager
def context() -> Iterator[Handle]:
    """A context, closed at the end."""
    made = Handle()
    call("zcg_context_create", None, ctypes.byref(made))
    try:
        yield made
    finally:
        call("zcg_context_close", made)
        call("zcg_context_destroy", ctypes.byref(made))


def reference(handle: Handle) -> object:
    """The handle's address, for functions that give it up."""
    return ctypes.byref(handle)


class _Source(ctypes.Structure):
    _fields_ = [
        ("struct_size", ctypes.c_uint32),
        ("reserved", ctypes.c_uint32),
        ("fragment", ctypes.c_char_p),
        ("fragment_length", ctypes.c_size_t),
        ("others", ctypes.c_void_p * 6),
    ]


def scene(context: Handle, text: str) -> Handle:
    """A scene of this ISF text."""
    fragment = text.encode()
    source = _Source(ctypes.sizeof(_Source), 0, fragment, len(fragment))
    made = Handle()
    call("zcg_scene_create", context, ctypes.byref(source), ctypes.byref(made))
    return made


def upload(context: Handle, red: int, side: int = 8) -> Handle:
    """A frame of side x side pixels, each (red, red, red, red)."""
    data = ctypes.create_string_buffer(bytes([red]) * (side * side * 4), side * side * 4)
    return create(context, ctypes.addressof(data), len(data), side)


def create(context: Handle, address: int, length: int, side: int = 8) -> Handle:
    """A frame of what lies there."""
    pixels = Pixels(ctypes.sizeof(Pixels), side, side, 4, 0, 0, 0, address, length)
    frame = Handle()
    call("zcg_frame_create", context, ctypes.byref(pixels), ctypes.byref(frame))
    return frame


def read_into(frame: Handle, address: int, length: int) -> None:
    """Read a frame to where the caller says, who says how much fits there."""
    size = ctypes.sizeof(Destination)
    destination = Destination(size, RGBA8, 0, address, length)
    call("zcg_frame_read", frame, ctypes.byref(destination))


def read(frame: Handle, side: int = 8) -> bytes:
    """A frame's pixels."""
    data = ctypes.create_string_buffer(side * side * 4)
    read_into(frame, ctypes.addressof(data), len(data))
    return data.raw


def destroy(frame: Handle) -> None:
    """Give a frame's handle up."""
    call("zcg_frame_destroy", ctypes.byref(frame))


def lease(frame: Handle) -> Handle:
    """A lease on a frame, in the role presenter."""
    made = Handle()
    call("zcg_lease_acquire", frame, PRESENTER, ctypes.byref(made))
    return made


def release(lease: Handle) -> None:
    """Give a lease up."""
    call("zcg_lease_release", ctypes.byref(lease))


def read_leased(lease: Handle) -> bytes:
    """The pixels of the frame that a lease holds."""
    frame = Handle()
    call("zcg_lease_acquire_frame", lease, ctypes.byref(frame))
    pixels = read(frame)
    destroy(frame)
    return pixels


def frame_of(capsule: object) -> Handle:
    """The handle in a frame's capsule, which is not marked as taken."""
    return Handle(_get_pointer(capsule, _FRAME))


def forged_capsule(bits: int) -> object:
    """A capsule that says it owns the frame of these bits."""
    capsule: object = _new_capsule(bits, _FRAME, None)
    assert _set_context(capsule, OWNED_FRAME) == 0
    return capsule


class Mapping:
    """A frame's pixels in memory, which is borrowed until `unmap`."""

    def __init__(self, frame: Handle) -> None:
        data, length = ctypes.c_void_p(), ctypes.c_size_t()
        self.bits = ctypes.c_uint64()
        out = map(ctypes.byref, (data, length, self.bits))
        call("zcg_frame_map", frame, *out)
        assert data.value is not None
        self._address, self._length = data.value, length.value

    @property
    def pixels(self) -> bytes:
        """What lies there now."""
        return ctypes.string_at(self._address, self._length)

    def unmap(self) -> None:
        """Give the mapping up; C has no way to do that only once."""
        call("zcg_frame_unmap", self.bits)
