"""Contexts: where everything lives."""

from __future__ import annotations

import sys

from . import _native
from ._arguments import shown
from ._closing import Closing
from .scene import Scene

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike
    from typing import Any, Self

    from .frame import Frame
    from .pool import Pool
    from .renderer import Renderer

_DIALECTS = {"auto": 0, "gl": 1, "es": 2}


class Context(_native.Context, Closing):
    """A GPU context without a display.

    Finds a display by itself: EGL devices (hardware first), then the surfaceless platform, then
    the default one. Any number of contexts live side by side, and any thread may use each.

    Args:
        dialect: ``"gl"`` (OpenGL 4.5 core, else 3.3), ``"es"`` (OpenGL ES 3.2, else 3.1), or
            ``"auto"``: the first that there is, in that order.
        device: use this EGL device only, by its index in ``zcgpu doctor``.
        max_version: ask for nothing above this GL version, ``(3, 3)`` say.
        pool_budget: bytes that the textures of frames and scenes may take together; otherwise a
            quarter of the memory, at most 2 GiB. See `pool`.

    Raises:
        InvalidArgumentError: an argument that none of these is.
        DisplayError: nothing there can make a context; the message names all that was tried.
    """

    __slots__ = ()

    def __new__(  # noqa: D102  (the class says it)
        cls,
        *,
        dialect: str = "auto",
        device: int | None = None,
        max_version: tuple[int, int] | None = None,
        pool_budget: int | None = None,
    ) -> Self:
        caller = sys._getframe(1)
        origin = f"{caller.f_code.co_filename}:{caller.f_lineno}"
        return cls._make(origin, dialect, device, max_version, pool_budget)

    @classmethod
    def _make(
        cls,
        origin: str | None,
        dialect: str = "auto",
        device: int | None = None,
        max_version: tuple[int, int] | None = None,
        pool_budget: int | None = None,
    ) -> Self:
        """A context that warns with its origin when it is dropped open; None never warns."""
        if dialect not in _DIALECTS:
            raise _refusal(f"dialect is 'auto', 'gl' or 'es', not {shown(dialect)}")
        if device is not None and not _is_count(device):
            raise _refusal(f"device is the index of an EGL device, not {shown(device)}")
        major, minor = (0, 0) if max_version is None else _version(max_version)
        index = 0 if device is None else device + 1
        budget = 0
        if pool_budget is not None:
            from .pool import as_bytes

            budget = as_bytes(pool_budget)
        return super().__new__(cls, _DIALECTS[dialect], index, major, minor, origin, budget)

    @classmethod
    def from_current(cls) -> Self:
        """Draw in the EGL context that this thread has current: a viewer's, a toolkit's.

        The context stays its owner's: it is never destroyed or made current here. Call on its
        thread, with it current. Every call leaves GL's state as it found it. Where the owner has
        replaced it, frames made before are stale and scenes rebuild themselves on their next use.

        Raises:
            NotCurrentError: no EGL context is current on this thread; the message says what to
                do, for one of GLX too.
            DisplayError: one below OpenGL 3.3 and OpenGL ES 3.0.
        """
        caller = sys._getframe(1)
        return cls._from_current(f"{caller.f_code.co_filename}:{caller.f_lineno}")

    def scene(
        self,
        source: str | PathLike[str],
        *,
        vertex: str | PathLike[str] | None = None,
        imports: str | PathLike[str] | Mapping[str, Any] | None = None,
        watch: bool = False,
    ) -> Scene:
        """Compile an ISF shader, and read the pictures that its header imports.

        Args:
            source: the path of a ``.fs`` file, or the shader's text. A ``.vs`` file beside it is
                its vertex shader.
            vertex: path or text of another vertex shader.
            imports: the folder that imported pictures (IMPORTED) must lie in or below; otherwise
                the shader's own. Their paths begin at the shader's folder, those of a text at
                this one. Or pictures of one's own by name, as `frame` takes them (six for a
                cube): those that are not named are read as ever.
            watch: look at the files before each frame (a stat of each), and `Scene.reload` where
                one has changed. What does not compile, or is gone, is told of once, as an error
                of the logger ``zcgpu``, a RuntimeWarning and `Scene.problem`; the scene draws on
                as before.

        Raises:
            FileError: there is no such file, no such picture, or it lies outside of that folder.
            HeaderError: the ISF header is missing or wrong; with line and column.
            ShaderError: the driver refused the shader; with line and column.
        """
        return Scene(self, source, vertex, imports, watch)

    def frame(self, picture: Any) -> Frame:
        """Upload a picture.

        Args:
            picture: a path, a PIL image, or an array or buffer (height, width, 3 or 4) of uint8
                or float32, row 0 on top.
        """
        from ._pictures import load

        return load(self, picture)

    def cube(self, faces: Iterable[Any]) -> Frame:
        """Upload six square pictures around a point, for cube inputs.

        Args:
            faces: six pictures as `frame` takes them, or frames: +x, -x, +y, -y, +z, -z (right,
                left, top, bottom, front, back), of one size, each upright as seen from inside.

        Returns:
            A frame with ``faces == 6``, whose pixels (6 * side, side, 4) are the sides one below
            the other: float32 where one of them is, else uint8.

        Raises:
            WrongTypeError: not six pictures.
            SizeError: sides that are not square, or not of one size.
        """
        from ._pictures import load_cube

        return load_cube(self, faces)

    def import_dmabuf(
        self,
        planes: Iterable[tuple[int, int, int]],
        *,
        width: int,
        height: int,
        fourcc: str,
        modifier: int | None = None,
        color: Any = None,
    ) -> Frame:
        """A frame of memory that others made, which the GPU reads in place: nothing is copied.

        What is written there later is seen by the next draw that reads the frame; an array of its
        pixels keeps what it saw first. The descriptors stay the caller's, to be closed at will.

        Args:
            planes: (descriptor, offset, pitch) of each, offset and pitch in bytes, row 0 on top.
            width: pixels a row.
            height: rows.
            fourcc: drm_fourcc.h's name: ``"NV12"``, ``"P010"``, ``"AR24"`` and its kin, ``"R8"``,
                ``"GR88"``.
            modifier: drm_fourcc.h's number for the order of pixels; None where it is not told.
            color: what YCbCr is of: anything with ``matrix``, ``range`` and ``siting``, as
                ``video.color`` has, or a dict of them.

        Raises:
            DmabufError: a number that does not fit the memory, or a driver that cannot use it in
                place; a line for each way that was tried.
            SizeError: a size that no texture has.
        """
        from .dmabuf import import_dmabuf

        return import_dmabuf(self, planes, width, height, fourcc, modifier, color)

    def fence_fd(self) -> int:
        """A descriptor that becomes readable when the GPU has done all it was given so far.

        For `select`, `asyncio` and other processes; ``os.close`` it.

        Raises:
            DmabufError: the driver has no fences that are descriptors.
        """
        return self._fence_fd()

    def acquire(self, holder: str = "python") -> _native.Reference:
        """A reference: the context stays open until the last one is released.

        ``with context.acquire("viewer"):`` releases it at the end of the block; releasing twice is
        fine. ``close()`` meanwhile is put off; `validate` shows who holds references.

        Args:
            holder: a name, for people to read.

        Raises:
            ClosedError: the context is closed, or about to be.
        """
        if not isinstance(holder, str):
            raise _refusal(f"holder is a name, not {shown(holder)}")
        return self._acquire(holder)

    def pool(self, *, budget: int | None = None) -> Pool:
        """The context's own pool, where frames and scenes take theirs; or one beside it.

        Args:
            budget: bytes; makes a new pool, for `Pool.frame` and ``scene.render(pool=...)``.
        """
        from .pool import Pool

        return Pool(self, budget)

    def renderer(self) -> Renderer:
        """What draws frames into the framebuffer that the host of a borrowed context has bound.

        Raises:
            InvalidArgumentError: the context is zcgpu's own, and has no framebuffer to draw into.
        """
        from .renderer import Renderer

        return Renderer(self)

    def validate(self) -> dict[str, Any]:
        """How the context is; calls no driver and waits for nobody.

        Returns:
            ``phase`` (live, lost or closed), ``generation``, the ``reason`` of a loss or None, the
            names of its reference ``holders``, whether it is ``closing`` as soon as they release
            it, the ``longest_wait`` of any thread in turns of other threads, how much is
            ``waiting`` for the GPU, and how many ``uploads`` of pictures and planes there were.
        """
        from json import loads

        report: dict[str, Any] = loads(self._validate())
        return report

    @property
    def generation(self) -> int:
        """Which life of the context this is: 1, and one more with each `reinitialize`."""
        generation: int = self.validate()["generation"]
        return generation

    @property
    def info(self) -> dict[str, Any]:
        """What the context is: GL and EGL versions, driver, limits, what is there and what not."""
        from json import loads

        report: dict[str, Any] = loads(self._describe())
        return report

    def __repr__(self) -> str:
        if self.closed:
            return "<zcgpu.Context closed>"
        info = self.info
        return f"<zcgpu.Context {info['version']} on {info['renderer']}>"


def _version(pair: object) -> tuple[int, int]:
    if isinstance(pair, tuple) and len(pair) == 2 and all(map(_is_count, pair)):
        return pair
    raise _refusal(f"max_version is (major, minor), (3, 3) say, not {shown(pair)}")


def _is_count(number: object) -> bool:
    return type(number) is int and 0 <= number < 2**31 - 1


def _refusal(message: str) -> Exception:
    from .errors import InvalidArgumentError

    return InvalidArgumentError(message)
