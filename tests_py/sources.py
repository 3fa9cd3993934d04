"""Shaders for tests: a header and a body, as ISF text."""

import json
from collections.abc import Sequence
from typing import Any


def shader(
    main: str,
    *,
    inputs: Sequence[dict[str, Any]] = (),
    passes: Sequence[dict[str, Any]] = (),
    before: str = "",
) -> str:
    """An ISF file whose `main` is the given statements; `before` stands above it."""
    header: dict[str, Any] = {"ISFVSN": "2", "INPUTS": list(inputs)}
    if passes:
        header["PASSES"] = list(passes)
    return f"/*{json.dumps(header, indent=1)}*/\n{before}\nvoid main() {{\n{main}\n}}\n"


def colour(expression: str, **rest: Any) -> str:
    """An ISF file that paints one expression."""
    return shader(f"gl_FragColor = {expression};", **rest)


def image(name: str) -> dict[str, Any]:
    """The declaration of an image input."""
    return {"NAME": name, "TYPE": "image"}


def number(name: str, **rest: Any) -> dict[str, Any]:
    """The declaration of a float input from -1000 to 1000, 0 unless told otherwise."""
    return {"NAME": name, "TYPE": "float", "DEFAULT": 0.0, "MIN": -1000, "MAX": 1000, **rest}


FILTER = colour("IMG_THIS_PIXEL(inputImage)", inputs=[image("inputImage")])
"""Shows its image as it is."""

GRADIENT = colour("vec4(isf_FragNormCoord, 0.25, 1.0)")
"""Red grows to the right, green upwards."""

COUNTER = shader(
    "gl_FragColor = IMG_THIS_PIXEL(kept) + vec4(1.0 / 255.0);",
    passes=[{"TARGET": "kept", "PERSISTENT": True}],
)
"""Each frame is one 255th brighter than the one before."""
