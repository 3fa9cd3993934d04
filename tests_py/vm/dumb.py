"""Memory of a graphics card: written here, read by whoever imports it."""

import ctypes
import fcntl
import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from vm.cards import node_of

# linux/drm.h and drm_mode.h
_CREATE = 0xC02064B2  # DRM_IOCTL_MODE_CREATE_DUMB: _IOWR('d', 0xB2, 32 bytes)
_MAP = 0xC01064B3  # DRM_IOCTL_MODE_MAP_DUMB: _IOWR('d', 0xB3, 16 bytes)
_DESTROY = 0xC00464B4  # DRM_IOCTL_MODE_DESTROY_DUMB: _IOWR('d', 0xB4, 4 bytes)
_EXPORT = 0xC00C642D  # DRM_IOCTL_PRIME_HANDLE_TO_FD: _IOWR('d', 0x2D, 12 bytes)


class _Dumb(ctypes.Structure):
    """struct drm_mode_create_dumb."""

    _fields_ = (
        ("height", ctypes.c_uint32),
        ("width", ctypes.c_uint32),
        ("bits", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("handle", ctypes.c_uint32),
        ("pitch", ctypes.c_uint32),
        ("size", ctypes.c_uint64),
    )


class _Map(ctypes.Structure):
    """struct drm_mode_map_dumb."""

    _fields_ = (
        ("handle", ctypes.c_uint32),
        ("reserved", ctypes.c_uint32),
        ("offset", ctypes.c_uint64),
    )


class _Prime(ctypes.Structure):
    """struct drm_prime_handle."""

    _fields_ = (("handle", ctypes.c_uint32), ("flags", ctypes.c_uint32), ("fd", ctypes.c_int32))


@dataclass
class Memory:
    """A buffer: `fd` is its DMA-BUF, `bytes` are what lies in it, rows `pitch` bytes apart."""

    fd: int
    pitch: int
    bytes: NDArray[np.uint8] = field(repr=False)

    def rows(self, offset: int, height: int, row: int) -> NDArray[np.uint8]:
        """`row` bytes of each of `height` rows from an offset on, to write to."""
        return self.bytes[offset : offset + height * self.pitch].reshape(height, -1)[:, :row]


@contextmanager
def memory(row: int, rows: int, driver: str = "vgem") -> Iterator[Memory]:
    """A buffer of so many rows of at least `row` bytes."""
    card = os.open(node_of(driver), os.O_RDWR | os.O_CLOEXEC)
    dumb = _Dumb(width=-(-row // 4), height=rows, bits=32)  # virtio-gpu knows no other bits
    fcntl.ioctl(card, _CREATE, dumb)
    place = _Map(handle=dumb.handle)
    fcntl.ioctl(card, _MAP, place)
    prime = _Prime(handle=dumb.handle, flags=os.O_CLOEXEC | os.O_RDWR)
    fcntl.ioctl(card, _EXPORT, prime)
    view = mmap.mmap(card, dumb.size, offset=place.offset)
    try:
        yield Memory(prime.fd, dumb.pitch, np.frombuffer(view, np.uint8))
    finally:
        os.close(prime.fd)
        fcntl.ioctl(card, _DESTROY, ctypes.c_uint32(dumb.handle))
        os.close(card)
