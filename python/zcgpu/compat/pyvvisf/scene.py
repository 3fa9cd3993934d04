"""Scenes: documents, drawn."""

from __future__ import annotations

import os
import time
import warnings
from typing import TYPE_CHECKING, Any

from ..._arguments import shown
from ...context import Context
from ...errors import WrongTypeError
from . import context as shared
from .buffer import GLBuffer
from .doc import ISFDoc
from .errors import ShaderRenderingError, translated
from .geometry import Size, needed_size
from .pool import GLBufferPool
from .settings import SceneSettings
from .values import ISFImageVal, ISFNullVal, ISFVal

if TYPE_CHECKING:
    from ...frame import Frame
    from ...scene import Scene

_BUILT_IN = {"TIME", "TIMEDELTA", "DATE", "FRAMEINDEX", "PASSINDEX", "RENDERSIZE"}


class ISFScene(SceneSettings):
    """Draws a document.

    It outlives contexts: what it needs of one is made again when it is next drawn, and what its
    passes kept from frame to frame starts anew.
    """

    def __init__(self) -> None:
        super().__init__()
        #: A context of its own choice; else the shared one.
        self._own_context: Context | None = None
        self._doc: ISFDoc | None = None

    # -- documents

    def use_doc(self, doc: ISFDoc) -> None:
        """Draw this document from now on. It is compiled when first drawn."""
        if not isinstance(doc, ISFDoc):
            raise WrongTypeError(f"use_doc takes an ISFDoc, not {type(doc).__name__}")
        doc.set_parent_scene(self)
        self._doc = doc
        self._program.fragment = self._program.vertex = None
        self._program.forget()
        self._began = time.monotonic()

    def use_file(
        self, path: str | os.PathLike[str], throw_exc: bool = True, reset_timer: bool = True
    ) -> None:
        """Draw this file's document from now on; errors are `ISFDoc`'s.

        Args:
            path: the ``.fs`` file.
            throw_exc: without it, a file that cannot be read is told when it is first drawn.
            reset_timer: without it, `get_timestamp` goes on.
        """
        began = self._began
        self.use_doc(ISFDoc(path, parent_scene=self, throw_except=throw_exc))
        if not reset_timer:
            self._began = began

    def doc(self) -> ISFDoc | None:
        """The document in use. Setting its inputs' values is what the next frame shows."""
        return self._doc

    def set_fragment_shader_string(self, text: str) -> None:
        """Draw another body under the document's header, from the next frame on."""
        self._needed_doc()
        self._program.fragment = _text(text)
        self._program.forget()

    def set_vertex_shader_string(self, text: str) -> None:
        """Draw with another vertex shader, which calls ``isf_vertShaderInit()``."""
        self._needed_doc()
        self._program.vertex = _text(text)
        self._program.forget()

    def _needed_doc(self) -> ISFDoc:
        if self._doc is None:
            raise ShaderRenderingError(
                "ISFScene has no document loaded. Call use_doc() or use_file() first."
            )
        return self._doc

    # -- values

    def set_value_for_input_named(self, value: ISFVal, name: str) -> None:
        """Set an input until it is set again.

        Raises:
            ShaderRenderingError: no input of that name, or a value that it does not take. A number
                outside of what the header declares is told here once the scene has been drawn,
                and when it is drawn before.
        """
        if not isinstance(name, str):
            raise WrongTypeError(
                f"an input's name is a str, not {shown(name)}; the value comes first"
            )
        if name.partition(".")[0] in _BUILT_IN and self._needed_doc().input(name) is None:
            warnings.warn(
                f"{name} is no input: create_and_render_a_buffer(size, render_time) sets it; "
                "this value is not used",
                RuntimeWarning,
                stacklevel=2,
            )
            return
        attr = self._needed_input(name)
        with translated(f"cannot set input {name!r}"):
            attr._accepted(value)
            scene = self._in_use()
            if scene is not None and not value.is_image_val():
                # It checks the range; what is drawn is the document's value.
                scene.inputs[name] = value._plain()
            attr.set_current_val(value)

    def get_value_for_input_named(self, name: str) -> ISFVal:
        """An input's value: one's own copy; null where there is no such input."""
        attr = self._needed_doc().input(name)
        return ISFNullVal() if attr is None else attr.current_val()

    def set_buffer_for_input_named(self, buffer: GLBuffer | None, name: str) -> None:
        """Set an image input; None is no image, which is transparent black."""
        self.set_value_for_input_named(ISFImageVal(buffer), name)

    def set_buffer_for_input_image_key(self, buffer: GLBuffer | None, key: str) -> None:
        """As `set_buffer_for_input_named`."""
        self.set_buffer_for_input_named(buffer, key)

    def set_filter_input_buffer(self, buffer: GLBuffer | None) -> None:
        """Set the image that a filter works on, its input ``inputImage``."""
        self.set_buffer_for_input_named(buffer, "inputImage")

    def _needed_input(self, name: str) -> Any:
        doc = self._needed_doc()
        attr = doc.input(name)
        if attr is None:
            names = ", ".join(attr.name() for attr in doc.inputs())
            there = f"the inputs are {names}" if names else "this shader has no inputs"
            raise ShaderRenderingError(f"no input {name!r} ({there})")
        return attr

    # -- drawing

    def create_and_render_a_buffer(
        self,
        size: Size,
        render_time: float = 0.0,
        out_pass_dict: dict[int, GLBuffer] | None = None,
        pool_ref: GLBufferPool | None = None,
    ) -> GLBuffer:
        """Draw one frame.

        Args:
            size: pixels.
            render_time: TIME, seconds.
            out_pass_dict: receives the frame at -1 and at the last pass's index, what other passes
                drew at theirs, and the image inputs' buffers from 100 on.
            pool_ref: where the frame's memory comes from, and is counted.

        Raises:
            SizeError: less than a pixel, or more than 16384 on a side.
            ShaderCompilationError: the driver refuses the shader; with lines.
            ShaderRenderingError: no document, an input that does not fit, or no context.
        """
        width, height = needed_size(size)
        _check(out_pass_dict, pool_ref)
        with translated("Rendering failed"):
            buffer = GLBuffer._showing(self._draw(width, height, render_time, pool_ref))
        if out_pass_dict is not None:
            self._tell_passes(buffer, out_pass_dict)
        return buffer

    def render(
        self,
        target_buffer: GLBuffer,
        render_size: Size | None = None,
        render_time: float | None = None,
        out_pass_dict: dict[int, GLBuffer] | None = None,
    ) -> None:
        """Draw one frame that the buffer then shows, in place of what it showed.

        Args:
            target_buffer: receives the frame.
            render_size: pixels; otherwise as large as the buffer.
            render_time: TIME, seconds; otherwise those since the document came into use.
            out_pass_dict: as for `create_and_render_a_buffer`, which has the errors.
        """
        if not isinstance(target_buffer, GLBuffer):
            raise WrongTypeError(f"a target is a GLBuffer, not {type(target_buffer).__name__}")
        width, height = needed_size(target_buffer.size if render_size is None else render_size)
        _check(out_pass_dict, None)
        moment = self.get_timestamp() if render_time is None else render_time
        with translated("Rendering failed"):
            target_buffer._show(self._draw(width, height, moment, None))
        if out_pass_dict is not None:
            self._tell_passes(target_buffer, out_pass_dict)

    def render_with_target(self, target_buffer: GLBuffer) -> None:
        """As `render`."""
        self.render(target_buffer)

    def render_with_target_and_size(self, target_buffer: GLBuffer, render_size: Size) -> None:
        """As `render`."""
        self.render(target_buffer, render_size)

    def render_with_target_and_size_and_time(
        self, target_buffer: GLBuffer, render_size: Size, render_time: float
    ) -> None:
        """As `render`."""
        self.render(target_buffer, render_size, render_time)

    def render_with_target_and_size_and_time_and_pass_dict(
        self,
        target_buffer: GLBuffer,
        render_size: Size,
        render_time: float = 0.0,
        out_pass_dict: dict[int, GLBuffer] | None = None,
    ) -> None:
        """As `render`."""
        self.render(target_buffer, render_size, render_time, out_pass_dict)

    def _draw(self, width: int, height: int, moment: float, pool: GLBufferPool | None) -> Frame:
        context = self.context()
        scene = self._program.scene(self._needed_doc(), context)
        values = [(attr, attr._current) for attr in self._needed_doc().inputs()]
        pool = pool or self._pool
        frame = scene.render(
            width,
            height,
            time=moment,
            inputs={attr.name(): attr._input(value) for attr, value in values},
            pool=None if pool is None else pool._in(context),
        )
        for attr, value in values:
            attr._end_event(value)
        self._size = self._render_size = Size(width, height)
        shared.drawn(width, height)
        return frame

    def _tell_passes(self, buffer: GLBuffer, told: dict[int, GLBuffer]) -> None:
        told.clear()
        doc = self._needed_doc()
        passes = doc.render_passes()
        for index, name in enumerate(passes):
            shown = self._target(name)
            if shown is not None:
                told[index] = shown
        told[len(passes) - 1] = told[-1] = buffer
        for index, attr in enumerate(doc.image_inputs()):
            shown = attr.current_val().image_buffer()
            if shown is not None:
                told[100 + index] = shown

    def _check(self) -> None:
        """Compile now, so that what is wrong is told now."""
        with translated("Rendering failed"):
            self._program.scene(self._needed_doc(), self.context())

    def _in_use(self) -> Scene | None:
        """What was compiled in the context as it is; makes none."""
        return self._program.in_use(self._own_context or shared.existing())

    def _target(self, name: str) -> GLBuffer | None:
        """A copy of what passes drew last under that name; None before they have."""
        scene = self._in_use()
        if scene is None or not name or name not in self._needed_doc().render_passes():
            return None
        with translated(f"cannot copy the buffer {name!r}"):
            frame = scene.target(name)
        return None if frame is None else GLBuffer._showing(frame)

    def context(self) -> Context:
        """The zcgpu context that it draws in, made where there is none."""
        return self._own_context or shared.needed()

    def cleanup(self) -> None:
        """Between frames: give back what earlier ones left behind long ago. Never needed."""
        shared.housekeeping()

    def prepare_to_be_deleted(self) -> None:
        """Give up what it compiled. Drawing compiles it again."""
        self._program.forget()

    def __str__(self) -> str:
        return "ISFScene()"


def CreateISFSceneRef() -> ISFScene:
    """A scene in the shared context, which is made where there is none.

    Raises:
        ShaderRenderingError: no context can be made; the message says why.
    """
    shared.needed()
    return ISFScene()


def CreateISFSceneRefUsing(context: Context) -> ISFScene:
    """A scene in a zcgpu context of one's own."""
    if not isinstance(context, Context):
        raise WrongTypeError(f"a scene lives in a zcgpu.Context, not {type(context).__name__}")
    scene = ISFScene()
    scene._own_context = context
    return scene


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise WrongTypeError(f"a shader's text is a str, not {type(text).__name__}")
    return text


def _check(passes: object, pool: object) -> None:
    if passes is not None and not isinstance(passes, dict):
        raise WrongTypeError(f"out_pass_dict is a dict, not {type(passes).__name__}")
    if pool is not None and not isinstance(pool, GLBufferPool):
        raise WrongTypeError(f"pool_ref is a GLBufferPool, not {type(pool).__name__}")
