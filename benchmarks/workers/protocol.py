"""The worker's side of the pipe; `benchmarks/child.py` is the other."""

import json
import sys
import time
from collections.abc import Callable, Mapping
from itertools import repeat

Job = Callable[[int], object]
"""Does its work so many times."""


def empty_loop(count: int) -> None:
    """What a Python loop costs by itself."""
    for _ in repeat(None, count):
        pass


def serve(gl: str, jobs: Mapping[str, Job]) -> None:
    """Says what it can do, then answers each line `job count` with nanoseconds."""
    print(json.dumps({"gl": gl, "jobs": list(jobs)}), flush=True)
    for line in sys.stdin:
        name, count = line.split()
        job, times = jobs[name], int(count)
        begin = time.perf_counter_ns()
        job(times)
        print(time.perf_counter_ns() - begin, flush=True)
