"""Inputs: what a shader's header declares, and the value it has now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..._arguments import shown
from ...errors import WrongTypeError
from .kinds import ISFValType, isf_val_type_to_string, isf_val_type_uses_image
from .values import ISFColorVal, ISFNullVal, ISFVal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...scene_info import InputInfo

_TYPES = {
    "event": ISFValType.Event,
    "bool": ISFValType.Bool,
    "long": ISFValType.Long,
    "float": ISFValType.Float,
    "point2D": ISFValType.Point2D,
    "color": ISFValType.Color,
    "image": ISFValType.Image,
    "audio": ISFValType.Audio,
    "audioFFT": ISFValType.AudioFFT,
    "cube": ISFValType.Cube,
}


class ISFAttr:
    """An input of a document. Setting its current value is what the next frame shows."""

    def __init__(
        self,
        name: str,
        description: str,
        label: str,
        type: ISFValType,
        min_val: ISFVal | None = None,
        max_val: ISFVal | None = None,
        default_val: ISFVal | None = None,
        identity_val: ISFVal | None = None,
        labels: Sequence[str] = (),
        values: Sequence[int] = (),
    ) -> None:
        self._name = name
        self._description = description
        self._label = label
        self._type = type
        self._min = min_val or ISFNullVal()
        self._max = max_val or ISFNullVal()
        self._default = default_val or ISFNullVal()
        self._identity = identity_val or ISFNullVal()
        self._current = self._default._copy()
        self._labels = list(labels)
        self._values = list(values)
        self._is_filter_input_image = False
        self._is_trans_start_image = False
        self._is_trans_end_image = False
        self._is_trans_progress_float = False
        self._uniform_locations = [-1] * 4

    @classmethod
    def _declared(cls, info: InputInfo) -> ISFAttr:
        """What a header's entry declares."""
        type = _TYPES[info.type]
        is_sound = type in (ISFValType.Audio, ISFValType.AudioFFT)
        bound = ISFValType.Long if is_sound else type
        lowest, highest = _value(bound, info.min), _value(bound, info.max)
        if type is ISFValType.Color and info.min is None and info.max is None:
            lowest, highest = ISFColorVal(0, 0, 0, 0), ISFColorVal(1, 1, 1, 1)
        elif type is ISFValType.Bool:
            lowest, highest = ISFVal(type, False), ISFVal(type, True)
        default = ISFVal(type) if info.default is None else _value(type, info.default)
        attr = cls(
            info.name,
            info.description or "",
            info.label or "",
            type,
            lowest,
            highest,
            default,
            _value(type, info.identity),
            info.labels,
            info.values,
        )
        is_image = type is ISFValType.Image
        attr._is_filter_input_image = is_image and info.name == "inputImage"
        attr._is_trans_start_image = is_image and info.name == "startImage"
        attr._is_trans_end_image = is_image and info.name == "endImage"
        attr._is_trans_progress_float = type is ISFValType.Float and info.name == "progress"
        return attr

    def name(self) -> str:
        """The name, as the shader's code has it."""
        return self._name

    def description(self) -> str:
        """What it is for; empty where the header does not say."""
        return self._description

    def label(self) -> str:
        """What a user interface would show; empty where the header does not say."""
        return self._label

    def type(self) -> ISFValType:
        """The kind of value it takes."""
        return self._type

    def current_val(self) -> ISFVal:
        """The value that the next frame shows: one's own copy."""
        return self._current._copy()

    def set_current_val(self, value: ISFVal) -> None:
        """Set what the next frame shows.

        Raises:
            WrongTypeError: a value of another type. Null is the default.
        """
        self._current = self._accepted(value)._copy()

    def _accepted(self, value: ISFVal) -> ISFVal:
        if not isinstance(value, ISFVal):
            raise WrongTypeError(
                f"input {self._name!r} takes an ISFVal (ISFFloatVal(0.5), say), not {shown(value)}"
            )
        if value.is_null_val():
            return self._default
        if value.type() is self._type or self._type is ISFValType.None_:
            return value
        raise WrongTypeError(
            f"input {self._name!r} is of type {self._type}: "
            f"it takes an ISF{self._type}Val, not {shown(value)}"
        )

    def min_val(self) -> ISFVal:
        """The least value, null where there is none."""
        return self._min

    def max_val(self) -> ISFVal:
        """The greatest value, null where there is none."""
        return self._max

    def default_val(self) -> ISFVal:
        """The value before anyone sets one."""
        return self._default

    def identity_val(self) -> ISFVal:
        """The value that changes nothing, null where the header names none."""
        return self._identity

    def label_array(self) -> list[str]:
        """What the choices of a long are called."""
        return list(self._labels)

    def val_array(self) -> list[int]:
        """The choices of a long."""
        return list(self._values)

    def is_filter_input_image(self) -> bool:
        """Whether it is the image that a filter works on."""
        return self._is_filter_input_image

    def set_is_filter_input_image(self, value: bool) -> None:
        """Say whether it is the image that a filter works on."""
        self._is_filter_input_image = bool(value)

    def is_trans_start_image(self) -> bool:
        """Whether it is the image that a transition begins with."""
        return self._is_trans_start_image

    def set_is_trans_start_image(self, value: bool) -> None:
        """Say whether it is the image that a transition begins with."""
        self._is_trans_start_image = bool(value)

    def is_trans_end_image(self) -> bool:
        """Whether it is the image that a transition ends with."""
        return self._is_trans_end_image

    def set_is_trans_end_image(self, value: bool) -> None:
        """Say whether it is the image that a transition ends with."""
        self._is_trans_end_image = bool(value)

    def is_trans_progress_float(self) -> bool:
        """Whether it is how far a transition has come."""
        return self._is_trans_progress_float

    def set_is_trans_progress_float(self, value: bool) -> None:
        """Say whether it is how far a transition has come."""
        self._is_trans_progress_float = bool(value)

    def clear_uniform_locations(self) -> None:
        """Forget the four numbers below."""
        self._uniform_locations = [-1] * 4

    def set_uniform_location(self, index: int, location: int) -> None:
        """Note a number (0 to 3); zcgpu finds uniforms by itself and does not ask for it."""
        if 0 <= index < 4:
            self._uniform_locations[index] = location

    def get_uniform_location(self, index: int) -> int:
        """The number noted, else -1."""
        return self._uniform_locations[index] if 0 <= index < 4 else -1

    def get_attr_description(self) -> str:
        """Name and type, for people to read."""
        return f"<ISFAttr {self._name}: {isf_val_type_to_string(self._type)}>"

    def __str__(self) -> str:
        return self.get_attr_description()

    __repr__ = __str__

    def _input(self, value: ISFVal) -> Any:
        """A value of this input as zcgpu takes it."""
        if isf_val_type_uses_image(self._type):
            buffer = value.image_buffer()
            return None if buffer is None else buffer._input(self._name)
        return value._plain()

    def _end_event(self, drawn: ISFVal) -> None:
        """A frame has shown that value: if it was an event, and none has come since, it is over."""
        if self._type is ISFValType.Event and self._current is drawn:
            self._current = ISFVal(ISFValType.Event, False)


def _value(type: ISFValType, told: Any) -> ISFVal:
    """A header's value; null where it gives none."""
    if told is None:
        return ISFNullVal()
    return ISFVal(type, *told) if isinstance(told, (tuple, list)) else ISFVal(type, told)
