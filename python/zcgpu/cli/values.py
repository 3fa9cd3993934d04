"""Values written on the command line."""

from __future__ import annotations

import argparse
from typing import Any


def size(text: str) -> tuple[int, int]:
    """``1280x720``."""
    width, cross, height = text.lower().partition("x")
    try:
        if cross:
            return int(width), int(height)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"a size is WIDTHxHEIGHT, 1280x720 say, not {text!r}")


def assignment(text: str) -> tuple[str, str]:
    """``NAME=VALUE``."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError(f"write NAME=VALUE, not {text!r}")
    return name, value


def value(text: str) -> Any:
    """A bool, a number, numbers with commas, a colour ``#rrggbb[aa]``; else the text itself."""
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    if text.startswith("#") and len(text) in (7, 9):
        try:
            return tuple(byte / 255 for byte in bytes.fromhex(text[1:]))
        except ValueError:
            return text
    parts = [number(part) for part in text.split(",")]
    if None in parts:
        return text
    return parts[0] if len(parts) == 1 else tuple(parts)


def number(text: str) -> int | float | None:
    """An int where it is written as one, else a float; None for no number."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return None


def count(text: str) -> int:
    """A number of frames, 1 or more."""
    frames = number(text)
    if not isinstance(frames, int) or frames < 1:
        raise argparse.ArgumentTypeError(f"a number of frames is 1 or more, not {text!r}")
    return frames


def rate(text: str) -> float:
    """Frames a second, more than 0."""
    frames = number(text)
    if frames is None or not 0 < frames < float("inf"):
        raise argparse.ArgumentTypeError(f"a frame rate is more than 0, not {text!r}")
    return float(frames)
