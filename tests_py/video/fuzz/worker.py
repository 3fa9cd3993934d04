"""A process that takes one file after another, and what becomes of it."""

from __future__ import annotations

import os
import select
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

MOST_BYTES = 2 << 30
"""What a worker may hold in memory. A file of some bytes can say that its picture is one of 16384 x
16384 pixels, which is let through: that takes 1 GB by itself."""
PATIENCE = 10
"""Seconds that a file may take."""


class Finding(Exception):  # noqa: N818 - it is no error, but what is looked for
    """A file that ends, stops or bloats a worker."""


class Worker:
    """A child that answers each line with a line."""

    def __init__(self, command: list[str], environment: Mapping[str, str], log: Path) -> None:
        self.log = log
        with log.open("wb") as complaints:
            self.child = subprocess.Popen(
                command,
                env={**os.environ, **environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
            )
        self.peak = 0
        self.most = MOST_BYTES

    def ask(self, line: str) -> list[str]:
        """The words of the answer.

        Raises:
            Finding: the child ended, or takes too much of time or memory.
        """
        assert self.child.stdout
        end = time.monotonic() + PATIENCE
        self.tell(line)
        while not select.select([self.child.stdout], [], [], 0.05)[0]:
            self.watch_memory()
            if time.monotonic() > end:
                raise Finding(f"takes more than {PATIENCE} s")
        answer = self.child.stdout.readline()
        if not answer:
            raise self.ended()
        self.watch_memory()
        return answer.decode().split()

    def tell(self, line: str) -> None:
        """Hand over a line that has no answer."""
        assert self.child.stdin
        try:
            self.child.stdin.write(f"{line}\n".encode())
            self.child.stdin.flush()
        except BrokenPipeError:
            raise self.ended() from None

    def watch_memory(self) -> None:
        try:
            pages = int(Path(f"/proc/{self.child.pid}/statm").read_text().split()[1])
        except (OSError, IndexError):
            return  # it has ended, which is told otherwise
        self.peak = max(self.peak, pages * os.sysconf("SC_PAGE_SIZE"))
        if self.peak > self.most:
            raise Finding(f"holds {self.peak >> 20} MB")

    def finish(self) -> None:
        """Let the child end by itself.

        Raises:
            Finding: it does not end well.
        """
        assert self.child.stdin
        self.child.stdin.close()
        try:
            self.child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise Finding("does not end") from None
        if self.child.returncode:
            raise self.ended()

    def ended(self) -> Finding:
        self.child.wait(PATIENCE)
        return Finding(f"ended with status {self.child.returncode}")

    def complaint(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def kill(self) -> None:
        self.child.kill()
        self.child.wait()
        for pipe in (self.child.stdin, self.child.stdout):
            if pipe and not pipe.closed:
                with suppress(BrokenPipeError):
                    pipe.close()
