"""Child processes that draw shaders: some at once, each with a time limit."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from time import perf_counter
from typing import Any

from .child import whole

COMMAND = (sys.executable, "-P", "-m", "zcgpu.gallery.child")
"""A child. -P: the folder that one happens to be in is no place to import from."""

Finished = tuple[str, dict[str, Any]]


class Crew:
    """Runs a child of its own for each job, ``size`` of them at once.

    Whatever becomes of a child (an end by a signal, a hang, memory that runs out), the others go
    on, and its report says it.
    """

    def __init__(self, size: int, timeout: float, command: Iterable[str] = COMMAND) -> None:
        self.size = size
        self.timeout = timeout
        self.command = tuple(command)
        self._lock = threading.Lock()
        self._children: set[subprocess.Popen[bytes]] = set()
        self._stopped = False

    def run(self, jobs: Iterable[dict[str, Any]]) -> Generator[Finished, None, None]:
        """Yield (path, report) as children finish; leaving the loop ends those that are at it."""
        with ThreadPoolExecutor(self.size, thread_name_prefix="zcgpu-gallery") as threads:
            waiting: set[Future[Finished]] = set()
            try:
                for job in jobs:
                    waiting.add(threads.submit(self._child, job))
                    if len(waiting) > self.size:
                        finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                        yield from (future.result() for future in finished)
                while waiting:
                    finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in finished)
            finally:
                self._stop()
                threads.shutdown(cancel_futures=True)

    def _stop(self) -> None:
        """End every child, and start no other."""
        with self._lock:
            self._stopped = True
            for child in self._children:
                _end(child)

    def _child(self, job: dict[str, Any]) -> Finished:
        report: dict[str, Any] = {"failure": "crash", "problems": []}
        begin = perf_counter()
        with self._lock:
            if self._stopped:
                return job["path"], report
            try:
                child = self._start()
            except OSError as error:
                return job["path"], report | _failed("crash", f"no process for it ({error})")
            self._children.add(child)
        try:
            output, words, in_time = self._wait(child, job)
        finally:
            with self._lock:
                self._children.discard(child)
        _read(output, report)
        if not in_time or child.returncode == -signal.SIGALRM:  # its own clock, a little later
            report |= _failed("time", f"not done after {self.timeout:g} s, and ended")
        elif child.returncode < 0:
            report |= _failed("crash", _last_words(_signal(-child.returncode), words))
        elif child.returncode > 0:
            report |= _failed("crash", _last_words(f"ended with {child.returncode}", words))
        elif report["failure"] == "crash":
            report |= _failed("crash", _last_words("ended without a report", words))
        report["seconds"] = round(perf_counter() - begin, 3)
        return job["path"], report

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for this process, which ends the others
        )

    def _wait(
        self, child: subprocess.Popen[bytes], job: dict[str, Any]
    ) -> tuple[bytes, bytes, bool]:
        """What the child wrote to stdout and stderr, and whether it was done in time."""
        order = json.dumps({**job, "timeout": self.timeout}).encode()
        try:
            return *child.communicate(order, timeout=self.timeout), True
        except subprocess.TimeoutExpired:
            _end(child)
            return *child.communicate(), False


def _end(child: subprocess.Popen[bytes]) -> None:
    """It, and whatever it may have started: a session of its own is a group, too."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        child.kill()  # does nothing where it has ended


def _read(output: bytes, report: dict[str, Any]) -> None:
    """Take every whole line of a child's report."""
    for line in output.splitlines():
        try:
            report |= json.loads(line)
        except (ValueError, TypeError):
            return


def _failed(failure: str, message: str) -> dict[str, Any]:
    return {"status": "failed", "failure": failure, "problems": [whole(message)], "strip": None}


def _signal(number: int) -> str:
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = f"signal {number}"
    memory = "; the system may have run out of memory" if number == signal.SIGKILL else ""
    return f"the process was ended by {name}{memory}"


def _last_words(what: str, words: bytes) -> str:
    lines = words.decode("utf-8", "replace").strip().splitlines()
    return f"{what}: {lines[-1][:500]}" if lines else what
