"""A long-lived child that runs blocks of a job on request."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from benchmarks.places import ROOT


class ChildError(Exception):
    """A child did not start, or ended before its time; says why."""


class Child:
    """Its stdin takes `job count`, its stdout answers with nanoseconds.

    Owns the process: `close`, or leave the `with`.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=environment,
        )
        try:
            ready = json.loads(self._answer())
        except (ChildError, ValueError):
            self.close()
            raise
        self.gl: str = ready["gl"]
        self.jobs: list[str] = ready["jobs"]
        self.done = 0
        """How many turns were run, of all jobs."""
        self._counts: dict[str, int] = {}

    def block(self, job: str, seconds: float) -> float:
        """Runs a block of about so many seconds, and gives the nanoseconds of one turn."""
        count = self._counts.get(job) or self._calibrate(job, seconds)
        return self._run(job, count) / count

    def turns(self, job: str, count: int) -> float:
        """Runs a block of so many turns, and gives the nanoseconds of one."""
        return self._run(job, count) / count

    def spent(self) -> float:
        """Processor seconds that the process has taken, all of its threads together."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text("utf-8")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """Ends the process, and waits for it."""
        if self._process.stdin:
            with suppress(BrokenPipeError):  # it ended first
                self._process.stdin.close()
        self._process.wait()
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe:
                pipe.close()

    def _calibrate(self, job: str, seconds: float) -> int:
        """Doubles the block until it fills half of its time. Warms the job up, too."""
        count, wanted = 2, seconds * 1e9
        while (taken := self._run(job, count)) < wanted / 2:
            count *= 2
        count = max(2, round(count * wanted / taken / 2) * 2)  # even: two contexts take turns
        self._counts[job] = count
        return count

    def _run(self, job: str, count: int) -> int:
        self.done += count
        stdin: IO[str] | None = self._process.stdin
        if stdin is None:
            raise ChildError("the child was closed")
        with suppress(BrokenPipeError):  # the answer says why
            stdin.write(f"{job} {count}\n")
            stdin.flush()
        return int(self._answer())

    def _answer(self) -> str:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if line:
            return line
        error = self._process.stderr.read().strip() if self._process.stderr else ""
        raise ChildError(error.splitlines()[-1] if error else "it ended without a word")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
