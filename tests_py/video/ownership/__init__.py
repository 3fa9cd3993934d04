"""Who owns a video's pixels: rules that hold whoever decodes and whatever draws.

Each is a function of a backend that raises where it is broken; `RULES` has them by name.
"""

from video.ownership import generations, holds, lasting, leftovers, threads
from video.ownership.rules import RULES, Rule, keep, refused, rule

__all__ = [
    "RULES",
    "Rule",
    "generations",
    "holds",
    "keep",
    "lasting",
    "leftovers",
    "refused",
    "rule",
    "threads",
]
