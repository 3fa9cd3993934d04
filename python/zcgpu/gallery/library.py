"""The shader files of a library."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

ENDINGS = (".fs", ".isf")
"""What ISF files are called. A file that is named itself may be called anything."""


class Library:
    """The shader files below some folders, each once, in the order of their paths.

    ``unread`` says which folders could not be looked into, and why.
    """

    def __init__(self, places: Iterable[str]) -> None:
        self.unread: list[str] = []
        found: dict[str, str] = {}
        for place in places:
            for path in sorted(self._files(place), key=_in_order):
                found.setdefault(os.path.abspath(path), path)
        self.paths = list(found.values())

    def _files(self, place: str) -> Iterator[str]:
        if not os.path.isdir(place):
            yield place
            return
        for folder, _, names in os.walk(place, onerror=self._note):
            for name in names:
                if os.path.splitext(name)[1].lower() in ENDINGS and not name.startswith("."):
                    yield os.path.join(folder, name)

    def _note(self, error: OSError) -> None:
        self.unread.append(f"{shown(error.filename)}: cannot look into it ({error.strerror})")


def shown(path: str) -> str:
    """A path as people read it: what is no UTF-8 in it is told by its bytes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _in_order(path: str) -> list[str]:
    """Folders keep together, and capitals do not come first."""
    return path.lower().split(os.sep)
