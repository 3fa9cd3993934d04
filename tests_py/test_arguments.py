"""What callers hand in, where it does not fit and is long, or its own methods fail."""

from collections.abc import Callable
from typing import Any

import pytest

import zcgpu
from zcgpu import pool, scene
from zcgpu._arguments import real

HUGE = 10**5000
"""More digits than Python makes a text of."""
LONG = "x" * 100_000


@pytest.mark.parametrize(
    "call",
    [
        lambda value: zcgpu.Context(dialect=value),
        lambda value: zcgpu.Context(device=value),
        lambda value: zcgpu.Context(max_version=value),
        lambda value: zcgpu.Context(pool_budget=value),
        lambda value: zcgpu.Decoder("h264", on_frame=value),
        lambda value: zcgpu.Decoder("h264", on_frame=print, loop=value),
        lambda value: zcgpu.flight_recorder("ring", events=value),
        lambda value: zcgpu.translate("", dialect=value),
        pool.as_bytes,
        scene._date,
    ],
)
@pytest.mark.parametrize("value", [HUGE, LONG], ids=["huge", "long"])
def test_what_does_not_fit_is_told_however_long_it_is(
    call: Callable[[Any], object], value: object
) -> None:
    with pytest.raises(zcgpu.Error) as caught:
        call(value)
    assert len(str(caught.value)) < 400


def test_a_number_beyond_every_float_is_infinite() -> None:
    assert real(HUGE, "a number") == float("inf")
    assert real(-HUGE, "a number") == float("-inf")


def test_a_number_that_overflows_and_has_no_order_does_not_fit() -> None:
    class Odd:
        def __float__(self) -> float:
            raise OverflowError("too large")

    with pytest.raises(zcgpu.WrongTypeError, match="now is a number, not <"):
        real(Odd(), "now is a number")
