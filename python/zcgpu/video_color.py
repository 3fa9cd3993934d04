"""What a video says of its colour."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VideoColor:
    """Colour as a stream or a frame states it.

    Names, numbers of ITU-T H.273 for what has none, and None for what is not said.
    """

    matrix: str | None = None
    primaries: str | None = None
    transfer: str | None = None
    #: "limited" or "full"
    range: str | None = None
    #: where chroma samples lie among those of luma: "left", "center", "topLeft", …
    siting: str | None = None
    #: what was guessed where the stream says nothing
    guessed: tuple[str, ...] = ()
