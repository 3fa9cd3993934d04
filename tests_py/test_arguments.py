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
LEVEL = """/*{"INPUTS": [{"NAME": "level", "TYPE": "float"}]}*/
void main() { gl_FragColor = vec4(level); }"""


class Unshown:
    """What cannot be shown."""

    def __repr__(self) -> str:
        raise RuntimeError


class UnshownText(str):
    """A text that UTF-8 cannot hold, and that cannot be shown."""

    __slots__ = ()

    def __repr__(self) -> str:
        raise RuntimeError


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


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda it, value: it.render(value, 4), "width is"),
        (lambda it, value: it.render(4, 4, time=value), "time is"),
        (lambda it, value: it.render(4, 4, time_delta=value), "time_delta is"),
        (lambda it, value: it.render(4, 4, frame_index=value), "frame_index is"),
        (lambda it, value: it.render(4, 4, date=(value, 1, 1, 1)), "is"),
        (lambda it, value: it.render(4, 4, pool=value), "pool is a zcgpu.Pool, not"),
        (lambda it, value: it.render(4, 4, inputs=value), "inputs is a mapping"),
        (lambda it, value: it.inputs.update(value), "inputs is a mapping"),
        (lambda it, value: it.inputs.update({(value,): 1}), "the name of an input is a str, not"),
        (lambda it, value: it.target((value,)), "a TARGET's name is a str, not"),
        (lambda it, value: it.context.check_errors((value,)), "operation is a str, not"),
        (lambda it, value: it.render(4, 4).lease(value), "a role is"),
        (lambda it, value: it.render(4, 4).__dlpack__(stream=value), "where stream is None, not"),
        (lambda it, value: it.render(4, 4).__dlpack__(max_version=value), "max_version is"),
        (lambda it, value: it.render(4, 4).__dlpack__(dl_device=value), "dl_device is"),
        (lambda _, value: zcgpu.from_capsule(value), "a capsule of .* is wanted, not"),
        (lambda _, value: zcgpu.Renderer(value), "context is a zcgpu.Context, not"),
    ],
)
@pytest.mark.parametrize("value", [HUGE, LONG, Unshown()], ids=["huge", "long", "unshown"])
def test_what_a_scene_or_frame_does_not_take_is_told_whatever_its_repr_does(
    context: zcgpu.Context, call: Callable[[zcgpu.Scene, Any], object], words: str, value: Any
) -> None:
    with pytest.raises(zcgpu.Error, match=words) as caught:
        call(context.scene(LEVEL), value)
    assert len(str(caught.value)) < 250


def test_what_cannot_be_shown_is_named_by_its_type(context: zcgpu.Context) -> None:
    with pytest.raises(zcgpu.WrongTypeError, match=r"^width is an integer, not a Unshown$"):
        context.scene(LEVEL).render(Unshown(), 4)  # type: ignore[arg-type]
    with pytest.raises(zcgpu.SizeError, match=r"^width is far beyond what fits: a int$"):
        context.scene(LEVEL).render(HUGE, 4)


def test_a_text_that_utf8_cannot_hold_is_told_whatever_its_repr_does(
    context: zcgpu.Context,
) -> None:
    for text, told in (("\ud800", r"'\\ud800'"), (UnshownText("\ud800"), "a UnshownText")):
        words = f"^a text that UTF-8 can hold is wanted, not {told}$"
        with pytest.raises(zcgpu.InvalidArgumentError, match=words):
            context.check_errors(text)


def test_what_a_repr_is_interrupted_by_is_not_lost(context: zcgpu.Context) -> None:
    class Interrupted:
        def __repr__(self) -> str:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        context.scene(LEVEL).render(Interrupted(), 4)  # type: ignore[arg-type]


def test_a_number_beyond_every_float_is_infinite() -> None:
    assert real(HUGE, "a number") == float("inf")
    assert real(-HUGE, "a number") == float("-inf")


def test_a_number_that_overflows_and_has_no_order_does_not_fit() -> None:
    class Odd:
        def __float__(self) -> float:
            raise OverflowError("too large")

    with pytest.raises(zcgpu.WrongTypeError, match="now is a number, not <"):
        real(Odd(), "now is a number")


def test_a_repr_of_a_text_that_cannot_be_measured_is_shown() -> None:
    class Unmeasured(str):
        __slots__ = ()

        def __len__(self) -> int:
            raise RuntimeError

    class Odd:
        def __repr__(self) -> str:
            return Unmeasured("an odd thing")

    with pytest.raises(zcgpu.WrongTypeError, match="not an odd thing"):
        zcgpu.Renderer(Odd())  # type: ignore[arg-type]


def test_what_has_neither_a_repr_nor_a_name_is_named() -> None:
    class Nameless(type):
        @property
        def __name__(cls) -> str:  # type: ignore[override]
            raise RuntimeError

    class Odd(metaclass=Nameless):
        def __repr__(self) -> str:
            raise RuntimeError

    with pytest.raises(zcgpu.WrongTypeError, match="not a Odd"):
        zcgpu.Renderer(Odd())  # type: ignore[arg-type]


@pytest.mark.parametrize("told", [b"x", 5, None])
def test_what_shows_values_may_be_replaced_by_anything(
    told: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zcgpu._arguments.shown", lambda _: told)
    with pytest.raises(TypeError, match="shown has been replaced"):
        zcgpu.Renderer(3)  # type: ignore[arg-type]
