"""What random programs do with zcgpu, and what they must then see: a model beside the real thing.

A picture here is of one colour, known from what was asked for, never from what was read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from sources import COUNTER, FILTER, colour, number

import zcgpu

TINTED = colour("vec4(v / 255.0)", inputs=[number("v", MIN=0, MAX=255)])
SOURCES = {"tinted": TINTED, "filter": FILTER, "counter": COUNTER}

Kind = Literal["tinted", "filter", "counter"]
Errors = tuple[type[zcgpu.Error], ...]


@dataclass(eq=False)
class Life:
    """A context, and what is known of it."""

    context: zcgpu.Context
    phase: str = "live"
    generation: int = 1
    closing: bool = False
    references: int = 0

    def expected(self, generation: int | None = None) -> Errors:
        """What using the context raises, or something of it that was made in `generation`."""
        if self.phase == "closed":
            return (zcgpu.ClosedError,)
        if self.phase == "lost":
            return (zcgpu.ContextLostError,)
        if generation not in (None, self.generation):
            return (zcgpu.StaleError,)
        return ()

    def close(self) -> None:
        self.closing = True
        if self.references == 0:
            self.phase = "closed"

    def reinitialize(self) -> None:
        closed = (zcgpu.ClosedError,) if self.phase == "closed" else ()
        outcome(self.context.reinitialize, closed)
        if not closed:
            self.phase = "live"
            self.generation += 1
        self.check()

    def check(self) -> None:
        report = self.context.validate()
        assert (report["phase"], report["generation"]) == (self.phase, self.generation)
        assert len(report["holders"]) == self.references


@dataclass(eq=False)
class Picture:
    """What every hold on one frame shows: all of one colour."""

    life: Life
    generation: int
    rgba: tuple[int, int, int, int]
    is_read: bool = False

    def expected(self) -> Errors:
        """What reading it raises. Once read, it can always be read."""
        return () if self.is_read else self.life.expected(self.generation)

    def check(self, frame: zcgpu.Frame) -> np.ndarray[Any, Any] | None:
        view: np.ndarray[Any, Any] | None = outcome(lambda: np.asarray(frame), self.expected())
        if view is None:
            return None
        self.is_read = True
        self.compare(view)
        return view

    def compare(self, view: np.ndarray[Any, Any]) -> None:
        assert (view == self.rgba).all(), (view[0, 0], self.rgba)


@dataclass(eq=False)
class Drawing:
    """A scene, and what it draws next."""

    life: Life
    scene: zcgpu.Scene
    kind: Kind
    generation: int
    value: int = 0
    image: Picture | None = None
    drawn: int = 0
    closed: bool = field(default=False)

    def expected(self) -> Errors:
        if self.closed:
            return (zcgpu.ClosedError,)
        if self.image is None:
            return self.life.expected()
        return self.life.expected(self.image.generation)

    def next_colour(self) -> tuple[int, int, int, int]:
        """The colour of the next frame. What persists starts anew in a new generation."""
        if self.generation != self.life.generation:
            self.generation = self.life.generation
            self.drawn = 0
        if self.kind == "tinted":
            return (self.value,) * 4
        if self.kind == "counter":
            return (min(self.drawn + 1, 255),) * 4
        return self.image.rgba if self.image else (0, 0, 0, 0)


def outcome(call: Callable[[], Any], expected: Errors) -> Any:
    """What a call gives; None where it raised what was expected."""
    try:
        result = call()
    except expected:
        return None
    assert not expected, f"{expected} was to be raised"
    return result
