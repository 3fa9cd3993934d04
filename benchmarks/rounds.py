"""Interleaving: A B C, A B C, ..., so that what slows the machine slows all of them."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

from benchmarks.child import ChildError

Take = Callable[[], float]
"""Measures one thing once."""


def interleave(
    takes: Mapping[str, Take], count: int, every: Mapping[str, int] | None = None
) -> list[dict[str, float]]:
    """Measures each in turn, `count` times over; a slow one may sit out all but every nth."""
    strides = every or {}
    return [
        {name: take() for name, take in takes.items() if index % strides.get(name, 1) == 0}
        for index in range(count)
    ]


def process_time(command: list[str], environment: Mapping[str, str]) -> float:
    """Milliseconds from before a process is made until it has been waited for."""
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    begin = time.perf_counter()
    pid = os.posix_spawn(command[0], command, environment, file_actions=quiet)
    _, status = os.waitpid(pid, 0)
    taken = time.perf_counter() - begin
    if status != 0:
        raise ChildError(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return taken * 1e3


def try_process(command: Sequence[str], environment: Mapping[str, str]) -> str | None:
    """Runs a process once, to warm it up; the reason where it failed."""
    outcome = subprocess.run(command, env=environment, capture_output=True, text=True)
    if outcome.returncode == 0:
        return None
    words = outcome.stderr.strip().splitlines()
    return words[-1] if words else f"it ended with {outcome.returncode}"
