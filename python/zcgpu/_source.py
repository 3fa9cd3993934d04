"""Reads an author's files: path or text in, bytes out."""

from __future__ import annotations

import os

from .errors import FileError, WrongTypeError

#: What the text of a shader has, and the path of one has not.
_TEXT = ("\n", "/*", "{", ";")
#: Bytes; files far below are refused by the parser, which says what is too long.
_LONGEST = 64 << 20

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

Files = tuple[bytes, "str | None", "bytes | None", "str | None"]


class Source:
    """Where a shader's text and pictures come from: files, or the text itself."""

    __slots__ = ("_folder", "fragment", "imports", "vertex")

    def __init__(
        self,
        fragment: str | os.PathLike[str],
        vertex: str | os.PathLike[str] | None,
        imports: Any = None,
    ) -> None:
        self.fragment = fragment
        self.vertex = vertex
        self.imports = imports
        self._folder = _here()

    def but(self, vertex: str | os.PathLike[str] | None, imports: Any) -> Source:
        """The same fragment shader with another vertex shader or imports; None changes nothing."""
        if vertex is None:
            vertex = self.vertex
        elif _is_path(vertex):
            vertex = os.path.join(_here(), os.fsdecode(vertex))
        if imports is None:
            imports = self.imports
        elif isinstance(imports, (str, os.PathLike)):
            imports = os.path.join(_here(), os.fsdecode(imports))
        other = Source(self.fragment, vertex, imports)
        other._folder = self._folder
        return other

    def read(self) -> Files:
        """The files as they are now.

        Raises:
            FileError: one that is not there.
        """
        return read(self.fragment, self.vertex, self.folder)

    def place(self) -> tuple[str | None, Any]:
        """The shader's file, None for text, and what was said of its imports."""
        path, imports = None, self.imports
        if _is_path(self.fragment):
            path = os.path.join(self.folder, os.fsdecode(self.fragment))
        if isinstance(imports, (str, os.PathLike)):
            imports = os.path.join(self.folder, os.fsdecode(imports))
        return path, imports

    @property
    def folder(self) -> str:
        """What relative paths are relative to; empty while that is still the program's folder."""
        return "" if _here() == self._folder else self._folder

    def paths(self) -> list[str]:
        """Every file that is read, and the ``.vs`` that would be if it were there."""
        paths = [
            os.fsdecode(part)
            for part in (self.fragment, self.vertex)
            if part is not None and _is_path(part)
        ]
        if self.vertex is None:
            paths += [_beside(path) for path in paths]
        return [os.path.join(self.folder, path) for path in paths]


def read(
    source: str | os.PathLike[str], vertex: str | os.PathLike[str] | None, folder: str = ""
) -> Files:
    """(fragment, its path, vertex, its path); a path is None for text."""
    fragment, path = _bytes(source, "a shader", folder)
    if vertex is not None:
        return fragment, path, *_bytes(vertex, "a vertex shader", folder)
    if path is not None:
        beside = _beside(os.fsdecode(source))
        if os.path.isfile(os.path.join(folder, beside)):
            return fragment, path, *_bytes(beside, "a vertex shader", folder, is_path=True)
    return fragment, path, None, None


def _here() -> str:
    try:
        return os.getcwd()
    except OSError:  # it has been deleted
        return ""


def _beside(path: str) -> str:
    """Where a fragment shader's vertex shader is looked for."""
    return os.path.splitext(path)[0] + ".vs"


def _is_path(source: object) -> bool:
    if isinstance(source, str):
        return not any(mark in source for mark in _TEXT)
    return isinstance(source, os.PathLike)


def read_buffer(fragment: bytes, name: str) -> Files:
    """As `read`, of a file whose text is not what is saved: an editor's."""
    beside = _beside(name)
    if os.path.isfile(beside):
        return fragment, _shown(name), *_bytes(beside, "a vertex shader", "", is_path=True)
    return fragment, _shown(name), None, None


def _bytes(
    source: str | os.PathLike[str], noun: str, folder: str, is_path: bool = False
) -> tuple[bytes, str | None]:
    if not isinstance(source, (str, os.PathLike)):
        raise WrongTypeError(f"{noun} is a path or its text, not {type(source).__name__}")
    if isinstance(source, str) and not is_path and not _is_path(source):
        return source.encode("utf-8", "replace"), None
    path = os.fsdecode(source)
    if not path:
        raise FileError(f"{noun} is a path or its text, not an empty string")
    try:
        with open(os.path.join(folder, path), "rb") as file:
            text = file.read(_LONGEST + 1)  # a device need not end
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileError(f"{_shown(path)}: cannot read {noun} ({reason})") from error
    if len(text) > _LONGEST:
        raise FileError(f"{_shown(path)}: more than {_LONGEST} bytes: {noun} has fewer")
    return text, _shown(path)


def _shown(path: str) -> str:
    """A path as messages show it: what is no UTF-8 in it is told by its bytes."""
    try:
        return os.fsencode(path).decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # surrogates that stand for no byte: no file is called so
        return path.encode("utf-8", "backslashreplace").decode()
