"""One shader, its inputs and its frames, in a ``with`` block."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..._closing import Closing
from ...errors import Error
from .errors import ShaderRenderingError, VVISFError
from .geometry import Size
from .manager import GLContextManager

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Self

    from PIL.Image import Image

    from .buffer import GLBuffer
    from .scene import ISFScene
    from .values import ISFVal


class ISFRenderer(Closing):
    """Draws one shader. Enter it, or nothing can be drawn.

    Args:
        shader_content: the ISF shader's text.
        auto_initialize, auto_cleanup: as for `GLContextManager`.
        initial_inputs: values by name, set on entry.

    Raises:
        ISFParseError: on entry, the header is missing or broken.
        ShaderCompilationError: on entry, the driver refuses the shader; with lines.
    """

    def __init__(
        self,
        shader_content: str,
        auto_initialize: bool = True,
        auto_cleanup: bool = True,
        initial_inputs: Mapping[str, ISFVal] | None = None,
    ) -> None:
        self.auto_initialize = auto_initialize
        self.auto_cleanup = auto_cleanup
        self._shader_content = shader_content
        self._initial_inputs = initial_inputs
        self._manager: GLContextManager | None = None
        self._scene: ISFScene | None = None
        self._current_inputs: dict[str, ISFVal] = {}

    def __enter__(self) -> Self:
        self.close()
        self._manager = GLContextManager(self.auto_initialize, self.auto_cleanup)
        self._manager.__enter__()
        try:
            self._scene = self._manager.create_scene(self._shader_content)
            self._scene._check()
            self.set_inputs(self._initial_inputs or {})
        except BaseException:
            self.close()
            raise
        return self

    def close(self) -> None:
        """What the end of the ``with`` block does. Closing twice is fine."""
        manager, self._manager = self._manager, None
        self._scene = None
        self._current_inputs = {}
        if manager is not None:
            manager.__exit__(None, None, None)

    def set_input(self, name: str, value: ISFVal) -> None:
        """Set an input until it is set again.

        Raises:
            ShaderRenderingError: no input of that name, or a value that it does not take.
        """
        scene = self._needed_scene()
        with _failing(f"Failed to set input '{name}'"):
            scene.set_value_for_input_named(value, name)
        self._current_inputs[name] = value

    def set_inputs(self, inputs: Mapping[str, ISFVal]) -> None:
        """Set several inputs, in order; errors are `set_input`'s."""
        self._needed_scene()
        for name, value in inputs.items():
            self.set_input(name, value)

    def get_current_inputs(self) -> dict[str, ISFVal]:
        """What was set here, by name."""
        return dict(self._current_inputs)

    def render_to_buffer(self, width: int, height: int) -> GLBuffer:
        """Draw one frame of so many pixels, at time 0.

        Raises:
            ShaderRenderingError: it cannot be drawn; the message says why.
        """
        scene = self._needed_scene()
        with _failing("Failed to render to buffer"):
            return scene.create_and_render_a_buffer(Size(width, height))

    def render_to_pil_image(self, width: int, height: int) -> Image:
        """Draw one frame as a PIL image, RGBA, upright; errors are `render_to_buffer`'s."""
        scene = self._needed_scene()
        with _failing("Failed to render to PIL image"):
            return scene.create_and_render_a_buffer(Size(width, height)).to_pil_image()

    def get_shader_info(self) -> dict[str, Any] | None:
        """What the header says, and the inputs' names; None outside of the ``with`` block."""
        doc = None if self._scene is None else self._scene.doc()
        if doc is None:
            return None
        return {
            "name": doc.name(),
            "description": doc.description(),
            "credit": doc.credit(),
            "version": doc.vsn(),
            "categories": doc.categories(),
            "inputs": [attr.name() for attr in doc.inputs()],
        }

    def check_errors(self, operation_name: str = "operation") -> None:
        """As `check_gl_errors`; nothing outside of the ``with`` block."""
        if self._manager is not None:
            self._manager.check_errors(operation_name)

    def is_valid(self) -> bool:
        """Whether it can draw: within the ``with`` block."""
        return self._manager is not None and self._scene is not None

    def _needed_scene(self) -> ISFScene:
        if self._scene is None:
            raise ShaderRenderingError("No shader loaded. Context not entered?")
        return self._scene


@contextmanager
def _failing(what: str) -> Iterator[None]:
    """Whatever goes wrong as a `ShaderRenderingError` that says what was wanted."""
    try:
        yield
    except Error as error:
        details = error.get_details() if isinstance(error, VVISFError) else ""
        raise ShaderRenderingError(f"{what}: {error}", details) from error
