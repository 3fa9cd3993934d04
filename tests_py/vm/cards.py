"""Graphics cards, as Linux's DRM names them."""

import ctypes
import fcntl
import os
from pathlib import Path

CARDS = Path("/dev/dri")
_VERSION = 0xC0406400  # DRM_IOCTL_VERSION: _IOWR('d', 0, struct drm_version)


class _Version(ctypes.Structure):
    """Linux's struct drm_version."""

    _fields_ = (
        ("numbers", ctypes.c_int * 3),
        ("name_length", ctypes.c_size_t),
        ("name", ctypes.c_void_p),
        ("date_length", ctypes.c_size_t),
        ("date", ctypes.c_void_p),
        ("description_length", ctypes.c_size_t),
        ("description", ctypes.c_void_p),
    )


def driver_of(node: Path) -> str:
    """The name of the driver behind a file in /dev/dri."""
    text = ctypes.create_string_buffer(64)
    version = _Version(name_length=len(text), name=ctypes.addressof(text))
    descriptor = os.open(node, os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.ioctl(descriptor, _VERSION, version)
    finally:
        os.close(descriptor)
    return text.value.decode()


def drivers() -> dict[str, str]:
    """The driver behind each file in /dev/dri, by the file's name."""
    return {node.name: driver_of(node) for node in CARDS.iterdir() if node.is_char_device()}


def node_of(driver: str, kind: str = "card") -> Path:
    """A driver's file: of its `card`, which can do all, or its `renderD`, which anyone may open."""
    [name] = [name for name, it in drivers().items() if it == driver and name.startswith(kind)]
    return CARDS / name
