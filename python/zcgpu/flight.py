"""The flight recorder: what a process did last, in a file that outlives it."""

from __future__ import annotations

import os

from . import _native
from ._arguments import shown
from .errors import InvalidArgumentError, WrongTypeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike


def flight_recorder(path: str | PathLike[str] | None, *, events: int = 65536) -> str | None:
    """Record what happens in this process to a new file, until told otherwise.

    Draws, uploads and read-backs, fences, leases, textures, contexts and batches: each with its
    thread and time. The file is there whole however the process ends, by SIGKILL too;
    ``zcgpu flight FILE`` shows its last moments. While recording, a fatal signal writes the last
    events to the standard error.

    Args:
        path: the file; ``%p`` in it stands for the process's number. A recording of a process
            that has ended is replaced. None stops recording.
        events: room for so many, of 64 bytes each: the last ones, at least half as many, are kept.

    Returns:
        The file's path, None when recording has stopped.

    Raises:
        OutputError: the file cannot be made there; the message says why.
        InvalidArgumentError: events is not 1 to 16777216.
    """
    if path is None:
        _native.flight_stop()
        return None
    name = os.fspath(path) if isinstance(path, (str, os.PathLike)) else None
    if not isinstance(name, str):
        raise WrongTypeError(f"path is a str or a path, or None, not {shown(path)}")
    if type(events) is not int:
        raise WrongTypeError(f"events is an integer, not {shown(events)}")
    if not 1 <= events <= 1 << 24:
        raise InvalidArgumentError(f"events is 1 to {1 << 24}, not {shown(events)}")
    return _native.flight_start(os.fsencode(name), events)
