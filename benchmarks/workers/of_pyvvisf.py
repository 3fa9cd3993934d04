"""The same work by pyvvisf, which draws through GLFW and so needs an X server."""

import sys
from functools import partial
from importlib import import_module
from itertools import repeat
from pathlib import Path
from typing import Any

from benchmarks.workers import protocol


def draw(renderer: Any, width: int, height: int, count: int) -> None:
    """Frames, each in an array of its own: pyvvisf reads into no other."""
    for frame in range(count):
        renderer.render(width, height, time_offset=frame / 60)


def set_input(renderer: Any, count: int) -> None:
    """An input by its name."""
    for _ in repeat(None, count):
        renderer.set_input("speed", 2.0)


def main(shader: str) -> None:
    """Makes a renderer and serves."""
    pyvvisf: Any = import_module("pyvvisf")
    gl: Any = import_module("OpenGL.GL")
    with pyvvisf.ISFRenderer(Path(shader).read_text("utf-8")) as renderer:
        renderer.render(64, 64)
        driver = (gl.glGetString(name).decode() for name in (gl.GL_RENDERER, gl.GL_VERSION))
        protocol.serve(
            f"{', '.join(driver)}; pyvvisf {pyvvisf.__version__}",
            {
                "draw-small": partial(draw, renderer, 64, 64),
                "draw-large": partial(draw, renderer, 1920, 1080),
                "set": partial(set_input, renderer),
                "empty-loop": protocol.empty_loop,
            },
        )


if __name__ == "__main__":
    main(sys.argv[1])
