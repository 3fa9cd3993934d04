"""Reads an author's files: path or text in, bytes out."""

from __future__ import annotations

import os

from .errors import FileError, WrongTypeError

#: What the text of a shader has, and the path of one has not.
_TEXT = ("\n", "/*", "{", ";")

Files = tuple[bytes, "str | None", "bytes | None", "str | None"]


def read(source: str | os.PathLike[str], vertex: str | os.PathLike[str] | None) -> Files:
    """(fragment, its path, vertex, its path); a path is None for text."""
    fragment, path = _bytes(source, "a shader")
    if vertex is not None:
        return fragment, path, *_bytes(vertex, "a vertex shader")
    if path is not None:
        beside = os.path.splitext(os.fsdecode(source))[0] + ".vs"
        if os.path.isfile(beside):
            return fragment, path, *_bytes(beside, "a vertex shader", is_path=True)
    return fragment, path, None, None


def _bytes(
    source: str | os.PathLike[str], noun: str, is_path: bool = False
) -> tuple[bytes, str | None]:
    if not isinstance(source, (str, os.PathLike)):
        raise WrongTypeError(f"{noun} is a path or its text, not {type(source).__name__}")
    if isinstance(source, str) and not is_path and any(mark in source for mark in _TEXT):
        return source.encode("utf-8", "replace"), None
    path = os.fsdecode(source)
    if not path:
        raise FileError(f"{noun} is a path or its text, not an empty string")
    try:
        with open(path, "rb") as file:
            return file.read(), _shown(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileError(f"{_shown(path)}: cannot read {noun} ({reason})") from error


def _shown(path: str) -> str:
    """A path as messages show it: what is no UTF-8 in it is told by its bytes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
