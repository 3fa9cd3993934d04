"""Several threads at once, for tests: all begin together, and what fails is raised here."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial

import zcgpu


def together(calls: Sequence[Callable[[], object]]) -> None:
    """Run calls at once, each in a thread; the first failure is raised here."""
    gate = threading.Barrier(len(calls))
    failures: list[BaseException] = []

    def run(call: Callable[[], object]) -> None:
        gate.wait()
        try:
            call()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def each_of(count: int, work: Callable[[int], object]) -> None:
    """Run work(0), work(1), ... at once, each in a thread; the first failure is raised here."""
    together([partial(work, number) for number in range(count)])


def is_overtaken_by_others(work: Callable[[], object]) -> bool:
    """Whether this thread runs while another works, which gives the GIL away or not."""
    began, done = threading.Event(), threading.Event()

    def run() -> None:
        began.set()
        work()
        done.set()

    interval = sys.getswitchinterval()
    sys.setswitchinterval(100.0)  # nobody gets the GIL but who is given it
    try:
        thread = threading.Thread(target=run)
        thread.start()
        began.wait()
        was_working = not done.is_set()
    finally:
        sys.setswitchinterval(interval)
    thread.join()
    return was_working


def until_closed(act: Callable[[int], object], turns: int) -> Callable[[], None]:
    """Does it so many times, or until what it uses is closed."""

    def run() -> None:
        try:
            for turn in range(turns):
                act(turn)
        except zcgpu.ClosedError:
            pass

    return run


def used_up_by_eight(leases: Sequence[zcgpu.Lease]) -> list[list[str]]:
    """Eight threads give each lease up at once, half of them by way of another role.

    What became of each: ``"done"`` for a thread that could, ``"refused"`` for one that could not.
    """
    barrier = threading.Barrier(8)
    outcomes: list[list[str]] = [[] for _ in leases]

    def use(number: int) -> None:
        for index, lease in enumerate(leases):
            barrier.wait()
            try:
                (lease.pass_to("cache") if number % 2 else lease).release()
                outcomes[index].append("done")
            except zcgpu.LeaseError:
                outcomes[index].append("refused")
            except Exception as error:  # the others wait for this thread
                outcomes[index].append(repr(error))

    each_of(8, use)
    return [sorted(it) for it in outcomes]
