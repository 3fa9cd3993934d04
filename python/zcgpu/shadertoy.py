"""Shaders of Shadertoy's as ISF: docs/shadertoy.md says what becomes what."""

from __future__ import annotations

import os
from json import JSONDecodeError, dumps, loads
from typing import Any, NamedTuple

from . import _native
from ._shadertoy_json import ShadertoyDocument
from ._source import Source
from .errors import HeaderError


class Conversion(NamedTuple):
    """An ISF file, and what is not quite as it was at Shadertoy, in sentences."""

    text: str
    notes: list[str]


def to_isf(source: str | os.PathLike[str]) -> Conversion:
    """Convert a shader.

    Args:
        source: a path, or the text itself: GLSL with a ``mainImage``, or JSON as Shadertoy's API
            and its export give it, or a JSON object with the code of ``image``, ``buffer_a`` to
            ``buffer_d`` and ``common``, and ``channels``.

    Raises:
        FileError: there is no such file.
        HeaderError: JSON that is broken or describes no shader, or a channel that ISF has no like
            of.
        ShaderError: code without a ``mainImage``, or that ends in the middle of something.
    """
    data, path, _, _ = Source(source, None).read()
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    if text.lstrip()[:1] in ("{", "["):
        document = ShadertoyDocument.of_json(_json(text, path), path)
    else:
        document = ShadertoyDocument.of_code(text)
    block = dumps(document.block()).encode()
    return Conversion(**loads(_native.convert_shadertoy(block, path, None, None)))


def _json(text: str, path: str | None) -> Any:
    place = path or "<source>"
    try:
        return loads(text)
    except JSONDecodeError as error:
        refusal = HeaderError(f"{place}:{error.lineno}:{error.colno}: error: {error.msg}")
        refusal.line, refusal.column = error.lineno, error.colno
        raise refusal from None
    except (RecursionError, ValueError) as error:  # brackets inside brackets, endless numbers
        raise HeaderError(f"{place}: error: this JSON cannot be read ({error})") from None
