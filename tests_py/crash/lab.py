"""What a scenario has at hand, in the process that it may end: looks at pixels, and refusals."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

import zcgpu

WRONG_PIXELS = 3
NOT_REFUSED = 4
HANGS = 5
"""How the process ends where it saw wrong pixels, where bad use went unnoticed, and where one that
it waits for does nothing any more."""

PATIENCE = 5
"""Seconds after which a child of the process hangs. Those that do well need a tenth of one."""


class Lab:
    """Keeps count of what was looked at and what was refused, for the verdict at the end."""

    def __init__(self) -> None:
        self.looks = 0
        self.refusals: list[str] = []
        self.unnoticed: list[str] = []

    def expect(self, picture: Any, expected: ArrayLike, what: str) -> None:
        """Every pixel is as worked out by hand; else the process ends here, saying which is not.

        Args:
            picture: a frame or an array (height, width, 4).
            expected: a colour for all pixels, or one for each.
        """
        pixels = np.asarray(picture)
        wanted = np.broadcast_to(np.asarray(expected), pixels.shape)
        self.looks += 1
        wrong = np.argwhere((pixels != wanted).any(axis=-1))
        if wrong.size:
            row, column = map(int, wrong[0])
            say(
                f"wrong pixels: {what} is {colour(pixels[row, column])} at row {row}, "
                f"column {column}; {colour(wanted[row, column])} was expected"
            )
            os._exit(WRONG_PIXELS)

    def expect_bytes(self, data: bytes, expected: ArrayLike, what: str) -> None:
        """As `expect`, for packed RGBA bytes."""
        self.expect(np.frombuffer(data, np.uint8).reshape(1, -1, 4), expected, what)

    @contextmanager
    def refused(self, error: type[Exception], what: str) -> Iterator[None]:
        """The block is bad use: the shipped build raises, another may show what it does."""
        try:
            yield
        except error as refusal:
            self.refusals.append(type(refusal).__name__)
        else:
            self.unnoticed.append(what)

    @contextmanager
    def in_time(self, what: str) -> Iterator[None]:
        """The block ends within PATIENCE seconds; else the process ends here, saying what hangs."""

        def end() -> None:
            say(f"hangs: {what} has done nothing for {PATIENCE} s")
            os._exit(HANGS)

        timer = threading.Timer(PATIENCE, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def expect_end(self, child: int, what: str) -> None:
        """A forked child ends with status 0; one that hangs ends this process, too.

        The child is to call `signal.alarm(PATIENCE)`, which ends it where it hangs.
        """
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status == -signal.SIGALRM:
            say(f"hangs: {what} has done nothing for {PATIENCE} s")
            os._exit(HANGS)
        if status == WRONG_PIXELS:
            os._exit(status)  # the child has said which
        assert status == 0, f"{what} ended with status {status}"

    def verdict(self) -> int:
        """Says how it went; the process's exit status."""
        if self.unnoticed:
            say(f"not refused: {'; '.join(self.unnoticed)}")
            return NOT_REFUSED
        names = ", ".join(dict.fromkeys(self.refusals))
        say(f"right pixels in {self.looks} looks" + (f"; {names}" if names else ""))
        return 0


def say(verdict: str) -> None:
    """The line that the parent looks for."""
    print(f"verdict: {verdict}", flush=True)


def colour(pixel: Any) -> str:
    """One pixel's components, as people write them."""
    return f"({', '.join(f'{component:g}' for component in pixel)})"


def solid(context: zcgpu.Context, red: int, green: int, blue: int) -> zcgpu.Scene:
    """A scene of one opaque colour, each component 0 to 255."""
    components = ", ".join(f"{component}.0 / 255.0" for component in (red, green, blue))
    return context.scene(f"/*{{}}*/\nvoid main() {{ gl_FragColor = vec4({components}, 1.0); }}")


def settle(context: zcgpu.Context) -> None:
    """Draws and reads until nothing that was dropped waits for the GPU any more."""
    scene = solid(context, 0, 0, 0)
    for _ in range(100):
        np.asarray(scene.render(1, 1))
        if context.validate()["waiting"] <= 1:  # the frame just read
            return
    raise AssertionError(f"the GPU does not finish: {context.validate()}")
