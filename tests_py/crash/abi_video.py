"""zcgpu.h's videos as a C caller has them."""

import ctypes
import os
from pathlib import Path

from crash.abi import RGBA8, Destination, Handle, call
from crash.films import SIDE


class _Options(ctypes.Structure):
    """`zcg_video_options`."""

    _fields_ = [
        ("struct_size", ctypes.c_uint32),
        ("backend", ctypes.c_int),
        ("threads", ctypes.c_int32),
        ("lease_budget", ctypes.c_int32),
        ("device", ctypes.c_char_p),
        ("device_length", ctypes.c_size_t),
        ("context", Handle),
        ("zero_copy", ctypes.c_int),
        ("reserved", ctypes.c_int32),
    ]


def open_video(film: Path) -> Handle:
    """A video of a file, decoded on the CPU by one thread."""
    name = os.fsencode(film)
    options = _Options(ctypes.sizeof(_Options), 1, 1)
    made = Handle()
    call("zcg_video_open", name, len(name), ctypes.byref(options), ctypes.byref(made))
    return made


def close(video: Handle) -> None:
    """Give a video up."""
    call("zcg_video_destroy", ctypes.byref(video))


def frame(video: Handle, number: int) -> Handle:
    """A frame of it."""
    made = Handle()
    call("zcg_video_acquire_frame", video, ctypes.c_int64(number), ctypes.byref(made))
    return made


def release(frame: Handle) -> None:
    """Give a frame up."""
    call("zcg_video_frame_destroy", ctypes.byref(frame))


def picture(frame: Handle) -> bytes:
    """What a frame shows, RGBA."""
    data = ctypes.create_string_buffer(SIDE * SIDE * 4)
    size = ctypes.sizeof(Destination)
    destination = Destination(size, RGBA8, 0, ctypes.addressof(data), len(data))
    call("zcg_video_frame_read", frame, ctypes.byref(destination))
    return data.raw
