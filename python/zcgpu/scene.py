"""Scenes: ISF shaders with the values of their inputs."""

from __future__ import annotations

from . import _native
from ._arguments import real, shown
from ._closing import Closing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from os import PathLike
    from typing import Any, Self, TypeVar

    from ._source import Files, Source
    from ._watch import Watch
    from .context import Context
    from .errors import Error
    from .frame import Frame
    from .inputs import Inputs
    from .pool import Pool
    from .scene_info import SceneInfo

    Imports = str | PathLike[str] | Mapping[str, Any] | None
    Buffer = TypeVar("Buffer")
    Date = datetime | tuple[float, float, float, float]


class Scene(_native.Scene, Closing):
    """An ISF shader, compiled. Made by ``context.scene(...)``.

    ``scene.inputs`` maps the inputs' names to their values; setting one checks type and range.
    """

    __slots__ = ("_source", "_watch")
    _source: Source
    _watch: Watch | None
    if TYPE_CHECKING:

        @property
        def inputs(self) -> Inputs:
            """The inputs' values: a mapping."""

    def __new__(  # noqa: D102  (context.scene says it)
        cls,
        context: Context,
        source: str | PathLike[str],
        vertex: str | PathLike[str] | None = None,
        imports: Imports = None,
        watch: bool = False,
    ) -> Self:
        from ._source import Source

        origin = Source(source, vertex, imports)
        if watch and not origin.paths():
            from .errors import InvalidArgumentError

            raise InvalidArgumentError("watch=True watches files, and this is a shader's text")
        files = origin.read()
        scene = cls._of(context, origin, files)
        if watch:
            from ._watch import Watch

            scene._watch = Watch(scene, origin, files)
        if imports is not None or scene._import_count():
            from ._imports import give

            try:
                give(scene, origin)
            except BaseException:
                scene.close()
                raise
        return scene

    @classmethod
    def _of(cls, context: Context, origin: Source, files: Files) -> Self:
        """A scene of what was read from an origin, without its pictures."""
        scene = super().__new__(cls, context, *files)
        scene._source = origin
        scene._watch = None
        return scene

    def reload(
        self,
        source: str | PathLike[str] | None = None,
        *,
        vertex: str | PathLike[str] | None = None,
        imports: Imports = None,
    ) -> None:
        """Compile the shader's files as they are now, or another text, and draw that from now on.

        Inputs keep the values they were set to, where name, type and range still fit; the others
        get their defaults. Persistent buffers keep their pictures by the TARGET's name, scaled
        and converted where size or FLOAT changed. Time and frame index go on.

        Any thread may draw and set inputs meanwhile; a frame that is being drawn is finished
        first. `inputs` and `info` tell of the new text once this returns.

        Args:
            source: path or text, as for ``context.scene``, to stay with from now on; otherwise
                what the scene was made from is read again.
            vertex: path or text of another vertex shader.
            imports: as for ``context.scene``; otherwise what was said there.

        Raises:
            InvalidArgumentError: the scene was made from text, and there is no other.
            FileError, HeaderError, ShaderError: as ``context.scene``.

        A failed call leaves everything as it was, and the old text is drawn.
        """
        from ._source import Source

        origin = self._source
        if source is not None:
            origin = Source(source, vertex, origin.imports if imports is None else imports)
        elif vertex is not None or imports is not None:
            origin = origin.but(vertex, imports)
        elif not origin.paths():
            from .errors import InvalidArgumentError

            raise InvalidArgumentError(
                "this scene was made from text, which does not change: "
                "reload() takes the new text, or a path"
            )
        self._take(origin, origin.read())

    def _take(self, origin: Source, files: Files) -> None:
        """Draw what was read from an origin."""
        from contextlib import ExitStack

        from ._imports import pictures

        description = _native.describe_source(*files)
        with ExitStack() as ours:
            self._reload(*files, pictures(self.context, description, origin, ours))
        self._source = origin
        if self._watch is not None:
            self._watch.take(self, origin, files)

    @property
    def problem(self) -> Error | None:
        """Why the files of a scene with ``watch=True``, as they are now, are not what it draws.

        None where they are, and for scenes that watch none. Told of by the next `render`.
        """
        return None if self._watch is None else self._watch.problem

    @property
    def info(self) -> SceneInfo:
        """Name, description, credit, categories, kind, inputs and passes."""
        from .scene_info import SceneInfo

        return SceneInfo.parse(self._describe())

    def render(
        self,
        width: int,
        height: int,
        *,
        time: float = 0.0,
        time_delta: float | None = None,
        frame_index: int | None = None,
        date: Date | None = None,
        inputs: Mapping[str, Any] | None = None,
        pool: Pool | None = None,
    ) -> Frame:
        """Draw one frame.

        Args:
            width, height: pixels.
            time: TIME, seconds.
            time_delta: TIMEDELTA, seconds; otherwise the step from the previous frame's time.
            frame_index: FRAMEINDEX; otherwise frames are counted from 0, and after 2147483647
                from 0 again.
            date: DATE, a datetime or (year, month, day, seconds); otherwise now, local time.
            inputs: values for this call only.
            pool: where the frame comes from; otherwise the context's own pool.

        Returns:
            A frame of (height, width, 4) uint8, or float32 where the last pass is FLOAT.

        Raises:
            SizeError: a size that cannot be rendered.
            UnknownInputError, WrongTypeError, OutOfRangeError: an input that does not fit.
            ClosedError: the scene, its context or the pool is closed.
            PoolExhausted: the pool's budget is spent; the message says on what.

        A failed call leaves the scene as it was.
        """
        if self._watch is not None:
            self._watch.look(self)
        if date is not None:
            date = _date(date)
        frame: Frame = self._render(
            width, height, time, time_delta, frame_index, date, inputs, pool
        )
        return frame

    def render_into(
        self,
        target: Buffer,
        *,
        time: float = 0.0,
        time_delta: float | None = None,
        frame_index: int | None = None,
        date: Date | None = None,
        inputs: Mapping[str, Any] | None = None,
    ) -> Buffer:
        """Draw one frame and read it to the caller's memory; nothing is allocated.

        Args:
            target: a writable array or buffer (height, width, 4) of uint8 or float32, which
                sizes the frame. Rows may be further apart than they are long.

        Returns:
            ``target``. The other arguments are those of `render`.

        Raises:
            BufferError: a target that is too short, read-only, or of another shape or type.
        """
        if self._watch is not None:
            self._watch.look(self)
        if date is not None:
            date = _date(date)
        self._render_into(target, time, time_delta, frame_index, date, inputs)
        return target

    def target(self, name: str) -> Frame | None:
        """What passes drew last into a buffer: a copy, at the buffer's size.

        Args:
            name: a pass's TARGET.

        Returns:
            A frame of (height, width, 4) uint8, or float32 where a pass says FLOAT; None before
            anything was drawn in this generation of the context.

        Raises:
            InvalidArgumentError: no pass draws into that; the message names those there are.
        """
        frame: Frame | None = self._target(name)
        return frame

    def __repr__(self) -> str:
        if self.closed:
            return "<zcgpu.Scene closed>"
        info = self.info
        return f"<zcgpu.Scene {info.name!r}, a {info.kind} with {len(info.inputs)} inputs>"


def _date(date: Any) -> tuple[float, float, float, float]:
    """Year, month (1-12), day, and seconds since midnight."""
    rule = "date is a datetime or (year, month, day, seconds)"
    try:
        if isinstance(date, tuple):
            year, month, day, seconds = (real(it, rule) for it in date)
            return year, month, day, seconds
        seconds = date.hour * 3600 + date.minute * 60 + date.second + date.microsecond / 1e6
        return date.year, date.month, date.day, seconds
    except (AttributeError, TypeError, ValueError):
        from .errors import WrongTypeError

        raise WrongTypeError(f"{rule}, not {shown(date)}") from None
