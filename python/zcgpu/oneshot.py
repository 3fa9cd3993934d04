"""One frame in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .context import Context

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike
    from typing import Any

    from .frame import Frame


def render(
    source: str | PathLike[str],
    width: int,
    height: int,
    *,
    time: float = 0.0,
    inputs: Mapping[str, Any] | None = None,
    imports: str | PathLike[str] | Mapping[str, Any] | None = None,
    dialect: str = "auto",
) -> Frame:
    """Draw one frame of an ISF shader, in a context of its own that lives as long as the frame.

    For more than one frame of a shader, or more than one shader, make a `Context`: it compiles
    once, and feedback accumulates.

    Args:
        source: the path of a ``.fs`` file, or the shader's text.
        width, height: pixels.
        time: TIME, seconds.
        inputs: values by name.
        imports: as for `Context.scene`.
        dialect: as for `Context`.
    """
    context = Context._make(None, dialect)
    return context.scene(source, imports=imports).render(width, height, time=time, inputs=inputs)
