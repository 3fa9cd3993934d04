"""Compare with the two pictures that isf-js is tested with. Run by hand: it fetches nothing.

python tests_py/isf/run_isf_js.py CHECKOUT

CHECKOUT is msfeldstein/interactive-shader-format-js, whose tests/renderer-test.js says how its
pictures were made: 128 x 128, and saved with x and y exchanged. A pass of its reads what a buffer
held before the frame, where ISF's reads what this frame drew: its fourth frame is the third here.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

import zcgpu

FRAMES: dict[str, list[dict[str, float]]] = {
    "generator": [{}],
    "persistent-buffers": [{"xPos": 0.0}, {"xPos": 0.5}, {"xPos": 1.0}],
}


def distance(tests: Path, name: str, context: zcgpu.Context) -> int:
    """How far the most different number of a pixel is off, of 255."""
    with context.scene(tests / "assets" / f"{name}.fs") as scene:
        for inputs in FRAMES[name]:
            frame = scene.render(128, 128, inputs=inputs)
    drawn: Any = np.asarray(frame)[::-1].transpose(1, 0, 2).astype(int)
    with Image.open(tests / "expected" / f"{name}.png") as picture:
        return int(np.abs(drawn - np.asarray(picture.convert("RGBA"))).max())


def main() -> None:
    """The command line."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: run_isf_js.py CHECKOUT")
    distances = []
    for dialect in ("gl", "es"):
        with zcgpu.Context(dialect=dialect) as context:
            for name in FRAMES:
                distances.append(distance(Path(sys.argv[1]) / "tests", name, context))
                print(f"{dialect} {name}: {distances[-1]} of 255")
    raise SystemExit(max(distances) > 2)


if __name__ == "__main__":
    main()
