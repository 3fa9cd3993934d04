"""A document's shader, compiled where it is needed and as often as it has to be."""

from __future__ import annotations

import json
import os
import threading
import weakref
from typing import TYPE_CHECKING

from .errors import VVISFError

if TYPE_CHECKING:
    from ...context import Context
    from ...scene import Scene
    from .doc import ISFDoc


class Program:
    """One zcgpu scene at most: that of the context asked for last.

    ``fragment`` and ``vertex`` stand in for the document's own texts; ``is_float`` draws every
    pass in floats. `forget` what was compiled after changing them.
    """

    def __init__(self) -> None:
        self.fragment: str | None = None
        self.vertex: str | None = None
        self.is_float = False
        self._lock = threading.Lock()
        self._compiled: tuple[Context, Scene] | None = None
        _all.add(self)

    def scene(self, doc: ISFDoc, context: Context) -> Scene:
        """The compiled scene in that context.

        Raises:
            VVISFError: what kept the document from being read.
            ShaderError: the driver refuses the shader.
        """
        if doc._error is not None:
            raise doc._error
        with self._lock:
            compiled = self._compiled
            if compiled is None or compiled[0] is not context or compiled[1].closed:
                vertex = self.vertex or doc._own_vertex()
                scene = context.scene(self._text(doc), vertex=vertex, imports=doc._folder())
                compiled = self._compiled = context, scene
            return compiled[1]

    def in_use(self, context: Context | None) -> Scene | None:
        """The compiled scene, where there is one in that context."""
        compiled = self._compiled
        if compiled is None or compiled[0] is not context or compiled[1].closed:
            return None
        return compiled[1]

    def forget(self) -> None:
        """Compile anew before the next frame."""
        self._compiled = None

    def _text(self, doc: ISFDoc) -> str:
        text = doc._fragment
        if self.fragment is not None:
            text = doc.json_source_string() + self.fragment
        return _as_floats(text, doc.json_string()) if self.is_float else text


def _as_floats(text: str, header: str) -> str:
    """The same shader with FLOAT in every pass, on as many lines."""
    try:
        told = json.loads(header)
    except ValueError as error:
        raise VVISFError(
            f"set_always_render_to_float: the header is not JSON to the letter ({error})"
        ) from error
    told["PASSES"] = [{**entry, "FLOAT": True} for entry in told.get("PASSES") or [{}]]
    return text.replace(header, json.dumps(told) + "\n" * header.count("\n"), 1)


_all: weakref.WeakSet[Program] = weakref.WeakSet()


def _after_fork() -> None:
    """A lock may have been another thread's, which this process has not."""
    for program in list(_all):
        program._lock = threading.Lock()


os.register_at_fork(after_in_child=_after_fork)
