"""Reports on shaders that nobody drew, for tests of what is made of reports."""

import base64
import io
from pathlib import Path
from typing import Any

from PIL import Image

from zcgpu.gallery.page import page
from zcgpu.gallery.run import Settings, blank

RED, GREEN, BLUE = (220, 30, 40), (20, 200, 60), (40, 60, 230)


def report(name: str, *colours: tuple[int, int, int], **changes: Any) -> dict[str, Any]:
    """A shader that showed one colour after the other."""
    drawn = {
        "status": "ok",
        "kind": "generator",
        "flat": False,
        "contrast": 200,
        "cost": {"compile_ms": 10.0, "first_frame_ms": 5.0, "frame_ms": 2.0},
        "renderer": "none",
        "strip": {
            "frames": len(colours),
            "poster": 0,
            "width": 320,
            "height": 180,
            "webp": strip(colours) if colours else "",
        },
    }
    return {**blank(f"{name}.fs"), **(drawn if colours else {}), **changes}


def strip(colours: tuple[tuple[int, int, int], ...]) -> str:
    """Pictures of one colour each, side by side, as a report has them."""
    picture = Image.new("RGB", (320 * len(colours), 180))
    for index, colour in enumerate(colours):
        picture.paste(colour, (320 * index, 0, 320 * index + 320, 180))
    file = io.BytesIO()
    picture.save(file, "WEBP", lossless=True)
    return base64.b64encode(file.getvalue()).decode()


def written(folder: Path, *reports: dict[str, Any]) -> Path:
    """The page of these reports, as a file."""
    path = folder / "gallery.html"
    path.write_text(page("a library", list(reports), Settings()), "utf-8")
    return path
