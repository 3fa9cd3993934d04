"""What callers hand in, looked at: what does not fit is an exception that says what does."""

from __future__ import annotations

import os
from operator import index

from .errors import FileError, InvalidArgumentError, WrongTypeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

BACKENDS = {"auto": 0, "software": 1, "vaapi": 2}
"""Who decodes."""
_LONGEST = 120
"""Characters of a value in a message."""


def shown(value: object) -> str:
    """A value for a message, however long it is and whatever its repr does."""
    try:
        text = str.__str__(repr(value))
    except Exception:
        # As the type itself has it, whatever its own type says.
        text = f"a {type.__dict__['__name__'].__get__(type(value))}"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def integer(value: object, rule: str) -> int:
    """A whole number, which True and False are not; the rule is "threads are 1 to 64", say."""
    try:
        return index("" if isinstance(value, bool) else value)  # type: ignore[arg-type]
    except TypeError:
        raise WrongTypeError(f"{rule}, not {shown(value)}") from None


def whole(value: object, rule: str, least: int, most: int) -> int:
    """A whole number within bounds."""
    number = integer(value, rule)
    if not least <= number <= most:
        raise InvalidArgumentError(f"{rule}, not {shown(number)}")
    return number


def real(value: object, rule: str) -> float:
    """A number, infinite where no float is as large."""
    if not isinstance(value, (str, bytes, bytearray, bool)):
        try:
            return _float(value)
        except (TypeError, ValueError):
            pass
    raise WrongTypeError(f"{rule}, not {shown(value)}")


def _float(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def choice(value: object, name: str, choices: Mapping[str, int]) -> int:
    """What a word stands for."""
    if isinstance(value, str) and value in choices:
        return choices[value]
    raise InvalidArgumentError(
        f"{name} is one of {', '.join(map(repr, choices))}, not {shown(value)}"
    )


def path(value: object, rule: str) -> str:
    """A file's name; the rule is "a video is the path of a file", say."""
    if isinstance(value, (str, os.PathLike)):
        try:
            return os.fsdecode(value)
        except TypeError as error:
            raise WrongTypeError(f"{rule}: {error}") from error
    raise WrongTypeError(f"{rule}, not {shown(value)}")


def encoded(name: str) -> bytes:
    """A file's name as the system has it."""
    if "\0" not in name:
        try:
            return os.fsencode(name)
        except UnicodeEncodeError:
            pass
    raise FileError(f"no file can have the name {shown(name)}")
