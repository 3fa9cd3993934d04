"""What a rule is, and how one is tried."""

import gc
from collections.abc import Callable

from video.backends import Backend

import zcgpu

Rule = Callable[[Backend], None]
RULES: dict[str, Rule] = {}


def rule(function: Rule) -> Rule:
    """Makes a function one of the rules."""
    RULES[function.__name__] = function
    return function


def keep(name: str, backend: Backend) -> None:
    """Tries a rule: it raises nothing, and leaves nothing behind."""
    before = zcgpu.census()
    RULES[name](backend)
    if zcgpu.census() != before:
        gc.collect()  # only a cycle may be left
    assert zcgpu.census() == before, f"left behind: {zcgpu.census()}, and before {before}"


def refused(kind: type[zcgpu.Error], use: Callable[[], object]) -> str:
    """What the exception says that `use` must raise."""
    try:
        use()
    except kind as error:
        return str(error)
    raise AssertionError(f"no {kind.__name__}")
