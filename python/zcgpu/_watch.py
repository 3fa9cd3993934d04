"""The files of a scene, looked at before each frame."""

from __future__ import annotations

import os
from _thread import allocate_lock
from time import time_ns
from typing import TYPE_CHECKING, Any

from .errors import (
    Error,
    FileError,
    InvalidArgumentError,
    SizeError,
    SourceError,
    WrongTypeError,
)

if TYPE_CHECKING:
    from ._source import Files, Source
    from .scene import Scene

YOUNG = 2_000_000_000
"""Nanoseconds for which a file's time does not tell two writes apart: FAT counts in two seconds.
So long after a change shaders are read at each look."""

Signature = tuple[int, int, int, int]


class Watch:
    """What a scene draws, and what its files were at the last look.

    A look is a stat of each file. What was read is compared with what is drawn, so that a file
    that was only touched is not compiled again, and one that was half written at one look is
    found whole at the next.
    """

    __slots__ = ("_drawn", "_looking", "_paths", "_pictures", "_seen", "_tried", "problem")

    def __init__(self, scene: Scene, origin: Source, files: Files) -> None:
        #: Why the files as they are now are not drawn; None where they are.
        self.problem: Error | None = None
        self._looking = allocate_lock()
        self._seen: list[Signature | None] | None = None
        self._tried: Any = None
        self.take(scene, origin, files)

    def take(self, scene: Scene, origin: Source, files: Files) -> None:
        """The scene draws these files now."""
        self.problem = None
        self._paths = origin.paths()
        self._pictures = _pictures(scene, origin)
        self._drawn = files, [_signature(path) for path in self._pictures]

    def look(self, scene: Scene) -> None:
        """Reload a scene whose files have changed; keep what it draws where they do not compile."""
        if scene.closed or not self._looking.acquire(blocking=False):
            return  # another thread is at it
        try:
            self._look(scene)
        except (SourceError, FileError, SizeError, WrongTypeError, InvalidArgumentError) as error:
            self._report(error)
        except BaseException:
            self._seen = self._tried = None  # nothing wrong with the files: they are to be tried
            raise
        finally:
            self._looking.release()

    def _look(self, scene: Scene) -> None:
        # Before reading: what is written meanwhile is seen at the next look.
        pictures = [_signature(path) for path in self._pictures]
        seen = [_signature(path) for path in self._paths] + pictures
        if seen == self._seen:
            return
        now = time_ns()
        is_young = any(each is not None and abs(now - each[0]) < YOUNG for each in seen)
        self._seen = None if is_young else seen
        origin = scene._source
        files = origin.read()
        found = files, pictures
        if found == self._drawn:
            self.problem = None
        elif found != self._tried:
            self._tried, before = found, self._pictures
            scene._take(origin, files)
            if self._pictures == before:
                self._drawn = found
            self._tried = None

    def _report(self, error: Error) -> None:
        """Tell of a problem once."""
        if str(error) == str(self.problem):
            return
        self.problem = error
        import logging
        import warnings

        text = f"the scene draws what it drew before: {error}"
        logging.getLogger("zcgpu").error("%s", text)
        warnings.warn(text, RuntimeWarning, stacklevel=4)


def _signature(path: str) -> Signature | None:
    """Time, size, and which file it is; None where there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino, found.st_dev


def _pictures(scene: Scene, origin: Source) -> list[str]:
    """The files that the header imports."""
    if not scene._import_count():
        return []
    from json import loads

    path, imports = origin.place()
    beside = imports if path is None else os.path.dirname(path)
    if not isinstance(beside, str):
        return []
    entries = loads(scene._describe())["imports"]
    return [os.path.join(beside, written) for entry in entries for written in entry["paths"]]
