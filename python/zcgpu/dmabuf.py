"""DMA-BUFs: pictures in memory that devices, libraries and processes share."""

from __future__ import annotations

from itertools import islice
from operator import index
from typing import NamedTuple

from . import _native
from ._arguments import shown
from ._closing import Closing
from .errors import InvalidArgumentError, WrongTypeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from .context import Context
    from .frame import Frame

_UNKNOWN = 0x00FF_FFFF_FFFF_FFFF
"""DRM_FORMAT_MOD_INVALID."""


class DmabufPlane(NamedTuple):
    """Where a plane is: a descriptor, and bytes in what it names."""

    fd: int
    offset: int
    pitch: int


class Dmabuf(_native.Dmabuf, Closing):
    """A picture as DMA-BUFs, row 0 on top. Made by ``frame.dmabuf()``.

    As long as it is open nothing draws into its memory. Whoever takes a descriptor over duplicates
    it (``os.dup``), or gets it through a Unix socket, before `close`.
    """

    __slots__ = ()

    @property
    def planes(self) -> tuple[DmabufPlane, ...]:
        """Each plane's place, as `Context.import_dmabuf` takes it."""
        return tuple(DmabufPlane(*plane) for plane in self._layout()[4])

    @property
    def fourcc(self) -> str:
        """How pixels lie in memory, by drm_fourcc.h: ``"AB24"`` is red, green, blue, alpha."""
        return self._layout()[0].to_bytes(4, "little").decode("latin-1").rstrip(" ")

    @property
    def modifier(self) -> int | None:
        """How pixels are ordered, by drm_fourcc.h: 0 is in rows; None is not told."""
        modifier = self._layout()[3]
        return None if modifier == _UNKNOWN else modifier

    @property
    def width(self) -> int:
        """Pixels a row."""
        return self._layout()[1]

    @property
    def height(self) -> int:
        """Rows."""
        return self._layout()[2]

    def __repr__(self) -> str:
        if self.closed:
            return "<zcgpu.Dmabuf closed>"
        return f"<zcgpu.Dmabuf {self.width}x{self.height} {self.fourcc!r}>"


def import_dmabuf(
    context: Context,
    planes: Iterable[tuple[int, int, int]],
    width: int,
    height: int,
    fourcc: str,
    modifier: int | None,
    color: Any,
) -> Frame:
    """`Context.import_dmabuf`, once somebody imports."""
    matrix, color_range, siting = _color(color)
    frame: Frame = context._import_dmabuf(
        tuple(_plane(plane) for plane in _items(planes, "planes are (fd, offset, pitch) of each")),
        width,
        height,
        _code(fourcc),
        _modifier(modifier),
        matrix,
        color_range,
        siting,
    )
    return frame


def _plane(plane: tuple[int, int, int]) -> tuple[int, int, int]:
    rule = "a plane is (fd, offset, pitch)"
    fields = _items(plane, rule)
    if len(fields) != 3:
        raise WrongTypeError(f"{rule}, not {shown(plane)}")
    return fields


def _items(value: Any, rule: str) -> tuple[Any, ...]:
    """What is in it; of what need not end, more than any picture has."""
    try:
        return tuple(islice(value, 9))
    except TypeError:
        raise WrongTypeError(f"{rule}, not {shown(value)}") from None


def _code(fourcc: str) -> int:
    if not isinstance(fourcc, str):
        raise WrongTypeError(f"fourcc is a name of drm_fourcc.h, 'NV12' say, not {shown(fourcc)}")
    if not 1 <= len(fourcc) <= 4 or not fourcc.isascii() or not fourcc.isprintable():
        raise InvalidArgumentError(
            f"fourcc is one to four characters, 'NV12' say, not {shown(fourcc)}"
        )
    return int.from_bytes(fourcc.ljust(4).encode("ascii"), "little")


def _modifier(modifier: int | None) -> int:
    if modifier is None:
        return _UNKNOWN
    try:
        number = index(modifier)
    except TypeError:
        raise WrongTypeError(
            f"modifier is a number of drm_fourcc.h, not {shown(modifier)}"
        ) from None
    if not 0 <= number < 2**64:
        raise InvalidArgumentError(f"modifier is a number of 64 bits, not {shown(number)}")
    return number


# The names that ``video.color`` has, with their numbers in ITU-T H.273 and in zcgpu.h.
_MATRICES = {
    "bt709": 1,
    "fcc": 4,
    "bt470bg": 5,
    "bt601": 6,
    "smpte170m": 6,
    "smpte240m": 7,
    "ycgco": 8,
    "bt2020nc": 9,
}
_RANGES = {"limited": 1, "full": 2}
_SITINGS = {"left": 1, "center": 2, "topLeft": 3, "top": 4, "bottomLeft": 5, "bottom": 6}


def _color(color: Any) -> tuple[int, int, int]:
    """Matrix, range and siting as numbers; 2, 0 and 0 where nothing is said."""
    if color is None:
        return 2, 0, 0
    return (
        _number(color, "matrix", _MATRICES) or 2,
        _number(color, "range", _RANGES),
        _number(color, "siting", _SITINGS),
    )


def _number(color: Any, name: str, known: dict[str, int]) -> int:
    word = color.get(name) if isinstance(color, dict) else getattr(color, name, None)
    if word is None:
        return 0
    if not isinstance(word, str) or word not in known:
        raise InvalidArgumentError(f"color: {name} is one of {', '.join(known)}, not {shown(word)}")
    return known[word]
