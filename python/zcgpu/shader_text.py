"""What a shader's text says, without a GPU."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import _native
from ._arguments import shown
from ._source import Files, read
from .scene_info import SceneInfo

if TYPE_CHECKING:
    from os import PathLike

    from ._problems import Problem

_DIALECTS = {"gl": 1, "es": 2}


class GLSL(NamedTuple):
    """Complete shaders, as a driver gets them."""

    vertex: str
    fragment: str


def describe(
    source: str | PathLike[str], *, vertex: str | PathLike[str] | None = None
) -> SceneInfo:
    """Read an ISF header: no context, no driver, nothing compiled.

    Args:
        source: the path of a ``.fs`` file, or the shader's text.
        vertex: path or text of a vertex shader; otherwise a ``.vs`` file beside the other.

    Raises:
        FileError: there is no such file.
        HeaderError: the ISF header is missing or wrong; with line and column.
    """
    return SceneInfo.parse(_native.describe_source(*read(source, vertex)))


def translate(
    source: str | PathLike[str],
    *,
    vertex: str | PathLike[str] | None = None,
    dialect: str = "gl",
) -> GLSL:
    """The GLSL that a driver gets for a shader, not compiled.

    Args:
        source, vertex: as for `describe`.
        dialect: ``"gl"`` (OpenGL 4.5 core) or ``"es"`` (OpenGL ES 3.1).

    Raises:
        InvalidArgumentError: a dialect that is neither.
        FileError, HeaderError: as for `describe`.
        ShaderError: code that would overflow a driver's stack or keep it busy for minutes.
    """
    if dialect not in _DIALECTS:
        from .errors import InvalidArgumentError

        raise InvalidArgumentError(f"dialect is 'gl' or 'es', not {shown(dialect)}")
    from json import loads

    return GLSL(**loads(_native.translate_source(*read(source, vertex), _DIALECTS[dialect])))


def check(
    source: str | PathLike[str], *, vertex: str | PathLike[str] | None = None
) -> list[Problem]:
    """What is wrong with a shader's text, and what works here but not elsewhere: without a GPU.

    Args:
        source, vertex: as for `describe`.

    Returns:
        In the order of the text: the error of a header, or warnings, each with ``severity``,
        ``code``, ``file``, ``line``, ``column``, ``end``, ``message`` and ``hint``. Whether a
        driver compiles it, ``zcgpu check`` tells, or `Context.scene`.

    Raises:
        FileError: there is no such file.
    """
    return problems_of(read(source, vertex))


def problems_of(files: Files) -> list[Problem]:
    """As `check`, of what was read before."""
    from json import loads

    from ._problems import Problem
    from .errors import SourceError

    try:
        found = loads(_native.check_source(*files, _DIALECTS["gl"]))
    except SourceError as error:
        return error.problems
    return [Problem(**problem) for problem in found]
