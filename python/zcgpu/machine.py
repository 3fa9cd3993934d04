"""What this machine offers, and what this package holds."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from . import __version__, _native
from .context import Context
from .errors import DisplayError


def info() -> dict[str, Any]:
    """What `Context()` gives here: driver, GL and EGL versions, what is there and what not.

    ``context`` is None where no context can be made; ``error`` then says why.
    """
    report: dict[str, Any] = {
        "zcgpu": __version__,
        "python": sys.version.split()[0],
        "context": None,
        "error": None,
        "video": {"available": False, "why": "this version of zcgpu reads no video files"},
    }
    try:
        with Context() as context:
            report["context"] = context.info
    except DisplayError as error:
        report["error"] = str(error)
    return report


def doctor() -> dict[str, Any]:
    """Every display tried, in order, with its context or the reason that it has none."""
    report: dict[str, Any] = json.loads(_native.platform_report())
    return report


def census() -> dict[str, int]:
    """How many native objects of each kind live, for tests of leaks."""
    return _native.census()


def get_include() -> str:
    """The folder of ``zcgpu.h``, for extensions that use the C ABI."""
    beside = os.path.join(os.path.dirname(__file__), "include")
    if os.path.isdir(beside):
        return beside
    root = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))
    return os.path.join(root, "CBridge", "CZCGPU", "include")


def get_library() -> str:
    """The library that exports the functions of ``zcgpu.h``, for extensions to link to.

    docs/capsules.md tells how.
    """
    path: str = _native.__file__
    return path
