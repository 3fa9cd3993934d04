"""Pass targets: the buffers that passes draw into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..._arguments import shown
from ...errors import WrongTypeError
from .errors import VVISFError
from .geometry import Size

if TYPE_CHECKING:
    from .buffer import GLBuffer
    from .doc import ISFDoc


class ISFPassTarget:
    """The buffer that passes of a document draw into under one name.

    Begins with what the document's header says of that name. Changing it changes this object and
    not the document, whose passes are the header's.
    """

    def __init__(self, name: str, parent_doc: ISFDoc) -> None:
        if not hasattr(parent_doc, "render_passes"):
            raise WrongTypeError(f"a pass target is an ISFDoc's, not {shown(parent_doc)}")
        self._name = name
        self._doc = parent_doc
        self._buffer: GLBuffer | None = None
        passes = [entry for entry in parent_doc._info.passes if entry.target == name]
        self._width = next((entry.width for entry in passes if entry.width), "")
        self._height = next((entry.height for entry in passes if entry.height), "")
        self._float = any(entry.float for entry in passes)
        self._persistent = any(entry.persistent for entry in passes)

    @classmethod
    def Create(cls, name: str, parent_doc: ISFDoc) -> ISFPassTarget:
        """As the constructor."""
        return cls(name, parent_doc)

    def name(self) -> str:
        """The name, as PASSES has it under TARGET."""
        return self._name

    def target_width_string(self) -> str:
        """The expression for the width; empty is the frame's."""
        return self._width

    def set_target_width_string(self, expression: str) -> None:
        """Note another expression for the width."""
        self._width = str(expression)

    def target_height_string(self) -> str:
        """The expression for the height; empty is the frame's."""
        return self._height

    def set_target_height_string(self, expression: str) -> None:
        """Note another expression for the height."""
        self._height = str(expression)

    def float_flag(self) -> bool:
        """Whether its components are 32-bit floats."""
        return self._float

    def set_float_flag(self, value: bool) -> None:
        """Note whether its components are 32-bit floats."""
        self._float = bool(value)

    def persistent_flag(self) -> bool:
        """Whether it keeps its content from frame to frame."""
        return self._persistent

    def set_persistent_flag(self, value: bool) -> None:
        """Note whether it keeps its content from frame to frame."""
        self._persistent = bool(value)

    def target_size_needs_eval(self) -> bool:
        """Whether width or height is an expression."""
        return bool(self._width or self._height)

    def eval_target_size(self, *arguments: object) -> None:
        """Cannot be had: sizes are worked out while a frame is drawn.

        Raises:
            VVISFError: always.
        """
        raise VVISFError(
            "a pass's size is worked out by create_and_render_a_buffer(), with the inputs' values "
            "of that moment; afterwards target_size() has it"
        )

    def target_size(self) -> Size:
        """The size it was last drawn at; 1x1 before."""
        buffer = self.buffer()
        return Size(1, 1) if buffer is None else buffer.size

    def buffer(self) -> GLBuffer | None:
        """The buffer set here, else a copy of what the document's scene drew last, else None."""
        return self._buffer or self._doc._target(self._name)

    def set_buffer(self, buffer: GLBuffer | None) -> None:
        """Note a buffer."""
        self._buffer = buffer

    def clear_buffer(self) -> None:
        """Forget the buffer set here."""
        self._buffer = None

    def cache_uniform_locations(self, program: int) -> None:
        """Nothing: zcgpu finds uniforms by itself."""

    def get_uniform_location(self, index: int) -> int:
        """-1: zcgpu finds uniforms by itself."""
        return -1

    def clear_uniform_locations(self) -> None:
        """Nothing: zcgpu finds uniforms by itself."""

    def __str__(self) -> str:
        return self._name
