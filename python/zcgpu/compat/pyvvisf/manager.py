"""The context and its scenes, in a ``with`` block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import context
from .doc import CreateISFDocRefWith
from .scene import CreateISFSceneRef, ISFScene

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self


class GLContextManager:
    """Makes the context, holds a reference to it, and closes it at the end.

    Managers nest: the context is closed with the last reference to it.

    Args:
        auto_initialize: make the context on entry.
        auto_cleanup: close it on exit, where it was made on entry and nobody else holds it.
        validate_on_enter: refuse to enter without a context that lives.

    Raises:
        ShaderRenderingError: on entry, no context can be made; the message says why.
    """

    def __init__(
        self,
        auto_initialize: bool = True,
        auto_cleanup: bool = True,
        validate_on_enter: bool = True,
    ) -> None:
        self.auto_initialize = auto_initialize
        self.auto_cleanup = auto_cleanup
        self.validate_on_enter = validate_on_enter
        self._is_entered = False
        self._reinitializations = 0
        self._scenes: list[ISFScene] = []

    def __enter__(self) -> Self:
        if self.auto_initialize:
            context.needed()
        if self.validate_on_enter and not context.validate_gl_context():
            raise RuntimeError(
                "GL context validation failed: there is no context, and auto_initialize is off"
            )
        context.acquire_context_ref()
        self._is_entered = True
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._is_entered:
            return
        self._is_entered = False
        self._scenes.clear()
        context.release_context_ref()
        if self.auto_initialize and self.auto_cleanup and context.references() == 0:
            context.cleanup_glfw_context()

    def create_scene(self, shader_content: str | None = None) -> ISFScene:
        """A scene that `get_managed_scenes` lists.

        Args:
            shader_content: an ISF shader's text to draw; errors are `ISFDoc`'s.
        """
        self._check()
        scene = CreateISFSceneRef()
        if shader_content:
            scene.use_doc(CreateISFDocRefWith(shader_content))
        self._scenes.append(scene)
        return scene

    def reinitialize(self) -> list[ISFScene]:
        """Start the context anew. The scenes made here draw on, with their inputs' values.

        Raises:
            RuntimeError: the context cannot be had again.
        """
        self._check()
        if not context.reinitialize_glfw_context():
            raise RuntimeError("Failed to reinitialize GLFW context: a warning said why")
        self._reinitializations += 1
        return self.get_managed_scenes()

    def _check(self) -> None:
        if not self._is_entered:
            raise RuntimeError("Context not acquired: use this within a with block")

    def get_managed_scenes(self) -> list[ISFScene]:
        """The scenes made here."""
        return list(self._scenes)

    def check_errors(self, operation_name: str = "operation") -> None:
        """As `check_gl_errors`."""
        context.check_gl_errors(operation_name)

    def reset_state(self) -> None:
        """As `reset_gl_context_state`."""
        context.reset_gl_context_state()

    def is_valid(self) -> bool:
        """As `validate_gl_context`."""
        return context.validate_gl_context()

    def get_info(self) -> dict[str, Any]:
        """As `get_gl_info`."""
        return context.get_gl_info()

    def get_context_generation(self) -> int:
        """How often `reinitialize` was called here."""
        return self._reinitializations
