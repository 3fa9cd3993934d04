"""Values of inputs: what sets them, and what they are set to."""

from __future__ import annotations

from operator import index
from typing import TYPE_CHECKING, Any

from ..._arguments import shown
from ...errors import WrongTypeError
from .kinds import ISFValType, isf_val_type_to_string, isf_val_type_uses_image

if TYPE_CHECKING:
    from .buffer import GLBuffer

_NUMBERS = {ISFValType.Event, ISFValType.Bool, ISFValType.Long, ISFValType.Float}
_COUNTS = {ISFValType.Point2D: 2, ISFValType.Color: 4}


class ISFVal:
    """A kind and a value of that kind; made by `ISFFloatVal` and its like.

    ``ISFVal()`` is the null value, ``ISFVal(type)`` a type's zero, ``ISFVal(type, value...)`` the
    rest: one value, two numbers or four.

    Raises:
        WrongTypeError: values that the type does not take.
    """

    __slots__ = ("_image", "_numbers", "_type")

    def __init__(self, type: ISFValType = ISFValType.None_, *values: Any) -> None:
        if not isinstance(type, ISFValType):
            raise WrongTypeError(f"the type of a value is an ISFValType, not {shown(type)}")
        self._type = type
        self._image: GLBuffer | None = None
        self._numbers: list[Any] = []
        if isf_val_type_uses_image(type):
            self._image = _image(*values) if values else None
        elif type in _COUNTS:
            self._numbers = [_real(value) for value in values or (0.0,) * _COUNTS[type]]
            self._check(len(self._numbers) == _COUNTS[type], values)
        elif type in _NUMBERS:
            self._check(len(values) < 2, values)
            self._numbers = [_number(type, value) for value in values or (0,)]
        else:
            self._check(not values, values)

    def _check(self, fits: bool, values: tuple[Any, ...]) -> None:
        if not fits:
            raise WrongTypeError(f"a value of type {self._type} does not take {shown(values)}")

    def type(self) -> ISFValType:
        """The kind of the value."""
        return self._type

    def get_double_val(self) -> float:
        """The value as a number: 1.0 or 0.0 for true or false; 0.0 where it is none."""
        return float(self._numbers[0]) if self._type in _NUMBERS else 0.0

    def get_float_val(self) -> float:
        """As `get_double_val`."""
        return self.get_double_val()

    def get_bool_val(self) -> bool:
        """The value as true or false: a number is true when it is above 0."""
        return self.get_double_val() > 0

    def get_long_val(self) -> int:
        """The value as an integer, towards 0; 0 where it is no number."""
        number = self.get_double_val()
        return int(number) if abs(number) < 2**63 else 0

    def get_point_val_by_index(self, index: int) -> float:
        """X (0) or y (1) of a point; 0.0 of anything else."""
        return self._component(ISFValType.Point2D, index)

    def set_point_val_by_index(self, index: int, value: float) -> None:
        """Set x (0) or y (1) of a point."""
        self._set_component(ISFValType.Point2D, index, value)

    def get_color_val_by_channel(self, index: int) -> float:
        """Red, green, blue or alpha (0 to 3) of a colour; 0.0 of anything else."""
        return self._component(ISFValType.Color, index)

    def set_color_val_by_channel(self, index: int, value: float) -> None:
        """Set red, green, blue or alpha (0 to 3) of a colour."""
        self._set_component(ISFValType.Color, index, value)

    def _component(self, type: ISFValType, index: int) -> float:
        if self._type is not type or not 0 <= index < _COUNTS[type]:
            return 0.0
        return float(self._numbers[index])

    def _set_component(self, type: ISFValType, index: int, value: float) -> None:
        if self._type is not type or not 0 <= index < _COUNTS[type]:
            raise WrongTypeError(f"a value of type {self._type} has no {type} component {index}")
        self._numbers[index] = _real(value)

    def image_buffer(self) -> GLBuffer | None:
        """The buffer of an image; None of anything else."""
        return self._image

    def set_image_buffer(self, buffer: GLBuffer | None) -> None:
        """Set the buffer of an image."""
        if not isf_val_type_uses_image(self._type):
            raise WrongTypeError(f"a value of type {self._type} has no buffer")
        self._image = _image(buffer)

    def get_type_string(self) -> str:
        """The kind in a word."""
        return isf_val_type_to_string(self._type)

    def get_val_string(self) -> str:
        """The value for people to read."""
        if self._type is ISFValType.None_:
            return "None"
        if self._type is ISFValType.Event:
            return "Event/None"
        if self._type is ISFValType.Bool:
            return "true" if self.get_bool_val() else "false"
        if self._type is ISFValType.Long:
            return f"{self._numbers[0]}"
        if self._type is ISFValType.Float:
            return f"{self._numbers[0]:f}"
        joined = ", ".join(f"{number:.2f}" for number in self._numbers)
        if self._type is ISFValType.Point2D:
            return f"({joined})"
        if self._type is ISFValType.Color:
            return "{" + joined + "}"
        return "" if self._image is None else self._image.get_description_string()

    def is_null_val(self) -> bool:
        """Whether this is the null value."""
        return self._type is ISFValType.None_

    def is_event_val(self) -> bool:
        """Whether this is an event."""
        return self._type is ISFValType.Event

    def is_bool_val(self) -> bool:
        """Whether this is true or false."""
        return self._type is ISFValType.Bool

    def is_long_val(self) -> bool:
        """Whether this is an integer."""
        return self._type is ISFValType.Long

    def is_float_val(self) -> bool:
        """Whether this is a real number."""
        return self._type is ISFValType.Float

    def is_point2d_val(self) -> bool:
        """Whether this is a point."""
        return self._type is ISFValType.Point2D

    def is_color_val(self) -> bool:
        """Whether this is a colour."""
        return self._type is ISFValType.Color

    def is_cube_val(self) -> bool:
        """Whether this is a cube map."""
        return self._type is ISFValType.Cube

    def is_image_val(self) -> bool:
        """Whether this is an image."""
        return self._type is ISFValType.Image

    def is_audio_val(self) -> bool:
        """Whether this is sound."""
        return self._type is ISFValType.Audio

    def is_audio_fft_val(self) -> bool:
        """Whether this is a spectrum."""
        return self._type is ISFValType.AudioFFT

    def _plain(self) -> Any:
        """The value as zcgpu takes it, of anything but an image; None of the null value."""
        return self._numbers[0] if len(self._numbers) == 1 else tuple(self._numbers) or None

    def _copy(self) -> ISFVal:
        """One of its own: values pass by value, as they did in C++."""
        copy = ISFVal(self._type)
        copy._numbers = list(self._numbers)
        copy._image = self._image
        return copy

    def __str__(self) -> str:
        return self.get_val_string()

    def __repr__(self) -> str:
        return f"<ISFVal {self.get_type_string()}/{self.get_val_string()}>"


def ISFNullVal() -> ISFVal:
    """No value."""
    return ISFVal()


def ISFEventVal(value: bool = False) -> ISFVal:
    """An event, which is true for one frame."""
    return ISFVal(ISFValType.Event, value)


def ISFBoolVal(value: bool) -> ISFVal:
    """True or false."""
    return ISFVal(ISFValType.Bool, value)


def ISFLongVal(value: int) -> ISFVal:
    """An integer of 32 bits."""
    return ISFVal(ISFValType.Long, value)


def ISFFloatVal(value: float) -> ISFVal:
    """A real number."""
    return ISFVal(ISFValType.Float, value)


def ISFPoint2DVal(x: float, y: float) -> ISFVal:
    """A point."""
    return ISFVal(ISFValType.Point2D, x, y)


def ISFColorVal(r: float, g: float, b: float, a: float) -> ISFVal:
    """A colour: red, green, blue, alpha, each usually 0 to 1."""
    return ISFVal(ISFValType.Color, r, g, b, a)


def ISFImageVal(buffer: GLBuffer | None) -> ISFVal:
    """An image."""
    return ISFVal(ISFValType.Image, buffer)


def _number(kind: ISFValType, value: Any) -> bool | int | float:
    if kind is ISFValType.Float:
        return _real(value)
    if kind is ISFValType.Long:
        return _integer(value)
    if isinstance(value, (bool, int)) and value in (0, 1):
        return bool(value)
    if type(value).__name__ in ("bool", "bool_"):  # NumPy's
        return bool(value)
    raise WrongTypeError(f"a value of type {kind} is True or False, not {shown(value)}")


def _integer(value: Any) -> int:
    try:
        exact = index(value)
    except TypeError:
        raise WrongTypeError(f"a value of type Long is an integer, not {shown(value)}") from None
    if not -(2**31) <= exact < 2**31:
        raise WrongTypeError(f"a value of type Long has 32 bits, which {shown(exact)} is beyond")
    return exact


def _real(value: Any) -> float:
    if not isinstance(value, str):
        try:
            return float(value)
        except (TypeError, ValueError, OverflowError):
            pass
    raise WrongTypeError(f"a number is wanted, not {shown(value)}")


def _image(buffer: Any) -> GLBuffer | None:
    from .buffer import GLBuffer

    if buffer is None or isinstance(buffer, GLBuffer):
        return buffer
    raise WrongTypeError(f"an image is a GLBuffer or None, not {type(buffer).__name__}")
