"""Memory behind which there is none."""

import ctypes
import mmap
from collections.abc import Iterator
from contextlib import contextmanager

_libc = ctypes.CDLL(None)
_PROT_NONE, _PROT_BOTH = 0, 3


@contextmanager
def ending_page(length: int) -> Iterator[int]:
    """The address of so many bytes at the end of a page; what comes after must not be touched."""
    block = mmap.mmap(-1, 2 * mmap.PAGESIZE)
    start = ctypes.addressof(ctypes.c_char.from_buffer(block))
    behind = ctypes.c_void_p(start + mmap.PAGESIZE)
    assert _libc.mprotect(behind, mmap.PAGESIZE, _PROT_NONE) == 0
    try:
        yield start + mmap.PAGESIZE - length
    finally:
        assert _libc.mprotect(behind, mmap.PAGESIZE, _PROT_BOTH) == 0
