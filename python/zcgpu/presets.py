"""Values of inputs that come from elsewhere: presets in JSON, and chance."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from hashlib import sha256
from json import JSONDecodeError, dumps, loads
from typing import TYPE_CHECKING, Any

from ._arguments import shown
from ._source import _shown
from .errors import (
    FileError,
    InvalidArgumentError,
    OutOfRangeError,
    OutputError,
    UnknownInputError,
    WrongTypeError,
)
from .scene_info import InputInfo, SceneInfo

if TYPE_CHECKING:
    from .inputs import Inputs

VERSION = 1
"""Of the preset's form: its member "zcgpu"."""
LONGEST = 16 << 20
"""Bytes of a preset's text; a file that is longer is none."""
LARGEST = 3.4028234663852886e38
"""The largest 32-bit float."""
NUMERIC = ("bool", "long", "float", "point2D", "color")


def preset_of(inputs: Inputs) -> dict[str, Any]:
    """What `Inputs.preset` gives."""
    info = SceneInfo.parse(inputs._describe())
    numeric = {entry.name for entry in info.inputs if entry.type in NUMERIC}
    values = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in inputs.items()
        if name in numeric
    }
    return {"zcgpu": VERSION, "shader": info.name, "inputs": values}


def apply(
    inputs: Inputs, preset: Mapping[str, Any] | str | os.PathLike[str], strict: bool
) -> dict[str, Any]:
    """What `Inputs.apply` does."""
    place, values = _read(preset)
    info = SceneInfo.parse(inputs._describe())
    kinds = {entry.name: entry.type for entry in info.inputs}
    for name in list(values):
        if kinds.get(name, "bool") in NUMERIC:
            continue
        if strict:
            raise InvalidArgumentError(
                f"{place}: inputs: '{name}' is of type {kinds[name]}, which no preset sets"
            )
        del values[name]
    if not strict:
        return {name: value for name, value in values.items() if _set(inputs, name, value)}
    try:
        inputs.update(values)
    except (UnknownInputError, WrongTypeError, OutOfRangeError) as error:
        fuller = type(error)(f"{place}: inputs: {error}")
        fuller.code = error.code
        raise fuller from error
    return values


def _set(inputs: Inputs, name: str, value: Any) -> bool:
    """Whether a value fits, and has been set."""
    try:
        inputs[name] = value
    except (UnknownInputError, WrongTypeError, OutOfRangeError):
        return False
    return True


def save(inputs: Inputs, path: str) -> None:
    """Write a preset, whole or not at all."""
    folder = os.path.dirname(path) or "."
    partial = os.path.join(folder, f".zcgpu-{os.urandom(6).hex()}.part")
    try:
        with open(partial, "x", encoding="utf-8") as file:
            file.write(dumps(inputs.preset(), indent=2, ensure_ascii=False) + "\n")
        os.replace(partial, path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"{path}: cannot write ({reason})") from error
    finally:
        if os.path.exists(partial):
            os.unlink(partial)


def _read(preset: Mapping[str, Any] | str | os.PathLike[str]) -> tuple[str, dict[str, Any]]:
    """Where a preset is from, for messages, and its values."""
    if isinstance(preset, Mapping):
        return "preset", _values("preset", preset)
    if isinstance(preset, str) and preset.lstrip()[:1] in ("{", "["):
        return "preset", _values("preset", _parsed("preset", preset.encode("utf-8", "replace")))
    if not isinstance(preset, (str, os.PathLike)):
        raise WrongTypeError(
            f"a preset is a mapping, JSON text or a path, not {type(preset).__name__}"
        )
    path = os.fsdecode(preset)
    place = _shown(path)
    try:
        with open(path, "rb") as file:
            text = file.read(LONGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileError(f"{place}: cannot read a preset ({reason})") from error
    return place, _values(place, _parsed(place, text))


def _parsed(place: str, text: bytes) -> Any:
    if len(text) > LONGEST:
        raise InvalidArgumentError(f"{place}: no preset is longer than {LONGEST} bytes")
    try:
        return loads(text)
    except JSONDecodeError as error:
        raise InvalidArgumentError(
            f"{place}:{error.lineno}:{error.colno}: error: {error.msg}: a preset is JSON"
        ) from error
    except (ValueError, RecursionError) as error:
        raise InvalidArgumentError(f"{place}: a preset is JSON ({error})") from error


def _values(place: str, preset: Any) -> dict[str, Any]:
    """The inputs of what was parsed."""
    if not isinstance(preset, Mapping) or "zcgpu" not in preset:
        raise InvalidArgumentError(
            f'{place}: no preset: one is {{"zcgpu": {VERSION}, "shader": …, "inputs": {{…}}}}'
        )
    form = preset["zcgpu"]
    if isinstance(form, bool) or not isinstance(form, (int, float)) or form != VERSION:
        raise InvalidArgumentError(
            f"{place}: zcgpu: this version reads presets of form {VERSION}, not {shown(form)}"
        )
    values = preset.get("inputs")
    if not isinstance(values, Mapping) or not all(isinstance(name, str) for name in values):
        raise InvalidArgumentError(f"{place}: inputs: an object of names and values is wanted")
    for name, value in values.items():
        if value is None:
            raise WrongTypeError(f"{place}: inputs: '{name}' is null, which is no value")
    return dict(values)


def random_values(
    inputs: Inputs, seed: int | str, only: Collection[str] | None, except_: Collection[str]
) -> dict[str, Any]:
    """What `Inputs.randomize` sets."""
    if not isinstance(seed, (int, str)):
        raise WrongTypeError(f"a seed is a number or a text, not {type(seed).__name__}")
    only = None if only is None else _names("only", only)
    except_ = _names("except_", except_)
    for name in (*(only or ()), *except_):
        inputs[name]  # an unknown one raises
    try:
        seed = str(seed)
    except ValueError as error:  # Python's limit
        raise InvalidArgumentError(f"a seed has at most 4300 digits ({error})") from error
    info = SceneInfo.parse(inputs._describe())
    values: dict[str, Any] = {}
    for entry in info.inputs:
        if entry.name in except_ or (only is not None and entry.name not in only):
            continue
        if entry.type == "event":
            values[entry.name] = only is not None and _chance(seed, entry.name, 0) < 0.5
        elif entry.type in NUMERIC:
            value = _random(entry, seed)
            if value is not None:
                values[entry.name] = value
        elif only is not None:
            raise InvalidArgumentError(
                f"only: input '{entry.name}' is of type {entry.type}, which takes no number"
            )
    return values


def _names(argument: str, names: Collection[str]) -> list[str]:
    if not isinstance(names, str) and isinstance(names, Collection):
        try:
            return list(names)
        except TypeError:  # an array of no dimension
            pass
    raise WrongTypeError(f"{argument} is a collection of names, not {shown(names)}")


def _random(entry: InputInfo, seed: int | str) -> Any:
    """A value for an input of numbers; None for a long of which nothing is known."""

    def between(low: float, high: float, component: int = 0) -> float:
        low, high = (max(-LARGEST, min(LARGEST, end)) for end in sorted((low, high)))
        chance = _chance(seed, entry.name, component)
        return max(low, min(high, low * (1.0 - chance) + high * chance))

    if entry.type == "bool":
        return _chance(seed, entry.name, 0) < 0.5
    if entry.type == "float":
        return between(entry.min, entry.max)
    if entry.type == "long":
        if entry.values:
            return entry.values[int(_chance(seed, entry.name, 0) * len(entry.values))]
        if entry.min is None or entry.max is None:
            return None
        low, high = sorted((entry.min, entry.max))
        return low + int(_chance(seed, entry.name, 0) * (high - low + 1))
    count = len(entry.default)
    lows, highs = entry.min or (0.0,) * count, entry.max or (1.0,) * count
    return tuple(between(lows[n], highs[n], n) for n in range(count))


def _chance(seed: int | str, name: str, component: int) -> float:
    """0 to 1, without 1: the first 53 bits of the SHA-256 of ``seed NUL name NUL component``."""
    text = f"{seed}\0{name}\0{component}".encode("utf-8", "surrogatepass")
    return (int.from_bytes(sha256(text).digest()[:8], "big") >> 11) / (1 << 53)
