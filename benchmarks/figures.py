"""What a measurement comes to: samples, ratios of pairs, goals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

Samples = Sequence[float]


@dataclass(frozen=True)
class Figure:
    """A median with the least and the most of what was seen."""

    middle: float
    least: float
    most: float

    @classmethod
    def of(cls, samples: Samples) -> "Figure":
        """The figure of at least one sample."""
        return cls(median(samples), min(samples), max(samples))


@dataclass(frozen=True)
class Goal:
    """What a figure of zcgpu is to be."""

    limit: float
    at_least: bool

    def holds(self, figure: Figure) -> bool:
        """Whether the median, to two decimals as goals are given, is within the goal."""
        middle = round(figure.middle, 2)
        return middle >= self.limit if self.at_least else middle <= self.limit


@dataclass(frozen=True)
class Row:
    """A line of the table: one figure for each subject."""

    title: str
    unit: str
    """`x` for ratios to C, otherwise what the figures count."""
    samples: dict[str, list[float]]
    """By subject; ratios are one for each pair."""
    goal: Goal | None = None
    yardstick: str = ""
    """What C took, for people to read."""
    notes: dict[str, str] = field(default_factory=dict)
    """By subject: why there is no figure."""

    def figure(self, subject: str) -> Figure | None:
        """The subject's figure, where it took part."""
        samples = self.samples.get(subject)
        return Figure.of(samples) if samples else None


Rounds = Sequence[dict[str, float]]
"""What each subject took, one dictionary a round."""


def ratios(
    rounds: Rounds, combine: Callable[[float, float], float], to: str = "C"
) -> dict[str, list[float]]:
    """Combines each subject's time with that of `to` in the same round."""
    found: dict[str, list[float]] = {}
    for one in rounds:
        for subject, time in one.items():
            if subject != to and to in one:
                found.setdefault(subject, []).append(combine(time, one[to]))
    return found


def slower(time: float, reference: float) -> float:
    """How many times as long it took."""
    return time / reference


def rate(time: float, reference: float) -> float:
    """How many times as much it did in the same time."""
    return reference / time


def longer(time: float, reference: float) -> float:
    """How much longer it took."""
    return time - reference
