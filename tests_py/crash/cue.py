"""Order by cue: a thread is held inside a GL call until another has done something."""

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

PATIENCE = 1000
"""Milliseconds for which a held thread waits for one that may be waiting for it."""


class Cue:
    """The laboratory's EGL library. To be made before the first context."""

    def __init__(self) -> None:
        path = os.environ["CRASH_CUE"]
        os.environ["ZCGPU_LIBEGL"] = path
        self._library = ctypes.CDLL(path)
        self._names: list[bytes] = []

    @contextmanager
    def held(self, function: str, task: Callable[[], object]) -> Iterator[None]:
        """Inside the block, another thread that runs `task` is held in its next call of `function`.

        It goes on when the block ends; or a while later, since in the block somebody may wait
        for it. The block ends when the task has.
        """
        name = function.encode()
        self._names.append(name)  # C keeps the address
        self._library.cue_arm(name, ctypes.c_long(PATIENCE))
        thread = Thread(target=task)
        thread.start()
        assert self._library.cue_wait(ctypes.c_long(10_000)), f"{function} was never called"
        try:
            yield
        finally:
            self._library.cue_let_go()
            thread.join()
