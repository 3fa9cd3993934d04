"""What a video says of its colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class VideoColor:
    """Colour that a picture is shown with: as its stream states it, and guessed where it does not.

    Names, numbers of ITU-T H.273 for what has none, and None for what is neither said nor needed.
    The matrix is guessed by the size (BT.709 from 1280 columns or 577 rows on, else BT.601), the
    range is limited but for RGB, gray and JPEG, and chroma lies on the left, with BT.2020 at the
    top, too.
    """

    matrix: str | None = None
    primaries: str | None = None
    transfer: str | None = None
    #: "limited" or "full"
    range: str | None = None
    #: where chroma samples lie among those of luma: "left", "center", "topLeft", …
    siting: str | None = None
    #: "pq" or "hlg" where the picture is of high dynamic range, and dull as RGB of eight bits
    hdr: str | None = None
    #: what was guessed where the stream says nothing
    guessed: tuple[str, ...] = ()

    @classmethod
    def _of(cls, facts: dict[str, Any]) -> VideoColor:
        return cls(**{**facts, "guessed": tuple(facts["guessed"])})
