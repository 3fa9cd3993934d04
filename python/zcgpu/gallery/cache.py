"""What was drawn before, and need not be drawn again."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from typing import Any

from .. import __version__, _native
from ..errors import OutputError

LARGEST = 256 << 20
"""Bytes of a file that is looked at to see whether it has changed."""
FORM = 1
"""Of the entries; another form finds none of the older ones."""


class Cache:
    """Reports in a folder, each in a file that is named by all that it depends on."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        try:
            os.makedirs(folder, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{folder}: cannot make this folder ({error.strerror})") from error

    def forget(self) -> None:
        """Remove every entry, and nothing else that may lie there."""
        for name in os.listdir(self.folder):
            if re.fullmatch(r"[0-9a-f]{64}\.json", name):
                os.unlink(os.path.join(self.folder, name))

    def find(self, key: str, timeout: float) -> dict[str, Any] | None:
        """The entry, unless something it depends on has changed, or it could have more time."""
        try:
            with open(self._path(key), "rb") as file:
                entry: dict[str, Any] = json.load(file)
            timed_out, dependencies = entry["report"]["failure"] == "time", entry["dependencies"]
            if timed_out and timeout > entry["timeout"]:
                return None
            if any(digest(path) != value for path, value in dependencies.items()):
                return None
            report: dict[str, Any] = entry["report"]
            return report
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None  # there is none, or somebody has had his fingers in it

    def keep(
        self, key: str, report: dict[str, Any], timeout: float, dependencies: dict[str, str | None]
    ) -> None:
        """Write an entry, whole or not at all."""
        entry = {"report": report, "timeout": timeout, "dependencies": dependencies}
        write(self._path(key), json.dumps(entry))

    def _path(self, key: str) -> str:
        return os.path.join(self.folder, f"{key}.json")


def key_of(path: str, options: dict[str, Any]) -> str:
    """What a report depends on: the files, how they are drawn, and by what."""
    absolute = os.path.abspath(path)
    facts = [
        FORM,
        __version__,
        _build(),
        os.environ.get("ZCGPU_LIBEGL"),
        os.fsencode(absolute).hex(),
        digest(absolute),
        digest(os.path.splitext(absolute)[0] + ".vs"),
        options,
    ]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def digest(path: str) -> str | None:
    """Of a file's content; None where there is no file that can be read."""
    try:
        facts = os.stat(path)
        if not stat.S_ISREG(facts.st_mode):  # opening a pipe would wait for its writer
            return None
        if facts.st_size == 0:  # or so says the kernel of its own files, which may never end
            return "empty"
        if facts.st_size > LARGEST:
            return f"{facts.st_size} bytes since {facts.st_mtime_ns}"
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):  # a name with a null in it is a ValueError
        return None


def write(path: str, text: str) -> None:
    """Write a file by way of one beside it, so that nobody ever sees half of it."""
    folder = os.path.dirname(path) or "."
    partial = os.path.join(folder, f".zcgpu-{os.urandom(6).hex()}.part")
    try:
        with open(partial, "x", encoding="utf-8") as file:
            file.write(text)
        os.replace(partial, path)
    except OSError as error:
        raise OutputError(f"{path}: cannot write ({error.strerror})") from error
    finally:
        if os.path.exists(partial):
            os.unlink(partial)


def _build() -> list[int]:
    """Tells one build of the engine from another of the same version."""
    facts = os.stat(_native.__file__)
    return [facts.st_size, facts.st_mtime_ns]
