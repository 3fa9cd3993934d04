"""Feeds damaged files to whatever reads them: ``python -m video.fuzz.run --seconds 60``.

Each file is one of video/recipes.py, damaged by a seed, which is printed. A worker is to answer
each with an error or with frames: it may not end, take longer than 10 s, or hold more than 2 GB.
First mistakes are planted, which must be found. What is found lies in build/fuzz-video, with what
the worker said; ``--worker shim --case SEED FILE`` does the same again.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from video import media
from video.fuzz import workers
from video.fuzz.mutations import mutated
from video.fuzz.worker import Finding, Worker
from video.recipes import RECIPES

PLACE = media.ROOT / "build" / "fuzz-video"
FOUND = PLACE / "found"
LIFE = 300
"""How many files a worker takes, so that what it leaks shows at its end."""


class Hunt:
    """One run over one kind of worker."""

    def __init__(self, kind: str, seed: int, plant: str = "") -> None:
        self.kind = kind
        self.seed = seed
        self.plant = plant
        self.seeds = {name: media.file(name).read_bytes() for name in RECIPES}
        self.lock = threading.Lock()
        self.files = self.frames = self.failures = 0
        self.peak = (0, "")
        self.slowest = (0.0, "")
        self.findings: list[str] = []

    def case(self, number: int) -> tuple[int, str, bytes]:
        """The seed, the name and the bytes of one damaged file."""
        seed = self.seed * 1_000_000 + number
        chance = random.Random(seed)
        name, other = chance.choices(list(self.seeds), k=2)
        return seed, name, mutated(chance, self.seeds[name], self.seeds[other])

    def run(self, seconds: float, jobs: int, most: int = sys.maxsize) -> None:
        """Look for findings until the time is over, or one is there where a mistake is planted."""
        end = time.monotonic() + seconds
        numbers = iter(range(most))

        def hunt(job: int) -> None:
            while time.monotonic() < end and not (self.plant and self.findings):
                with self.lock:
                    part = [number for number, _ in zip(numbers, range(LIFE), strict=False)]
                if not part:
                    return
                self.live(job, part, end)

        with ThreadPoolExecutor(jobs) as pool:
            list(pool.map(hunt, range(jobs)))

    def live(self, job: int, numbers: list[int], end: float) -> None:
        """One worker's life."""
        log = PLACE / f"{self.kind}-{job}.log"
        worker = workers.start(self.kind, log)
        path = PLACE / f"{self.kind}-{job}.input"
        number, name = numbers[0], "-"
        try:
            if self.plant:
                worker.most = 1 << 29
                worker.tell(f"PLANT {self.plant}")
            for number in numbers:
                if time.monotonic() > end:
                    break
                seed, name, data = self.case(number)
                path.write_bytes(data)
                begin = time.monotonic()
                _, frames, failures = worker.ask(f"{seed} {path}")
                with self.lock:
                    self.files += 1
                    self.frames += int(frames)
                    self.failures += int(failures)
                    self.slowest = max(self.slowest, (time.monotonic() - begin, f"{seed} {name}"))
            worker.finish()
        except Finding as finding:
            self.keep(finding, number, name, path, worker)
        finally:
            self.peak = max(self.peak, (worker.peak, f"{self.seed * 1_000_000 + number} {name}"))
            worker.kill()

    def keep(self, finding: Finding, number: int, name: str, path: Path, worker: Worker) -> None:
        """Put the file where it can be looked at."""
        if self.plant:
            self.findings.append(str(finding))
            return
        seed = self.seed * 1_000_000 + number
        kept = FOUND / f"{self.kind}-{seed}-{name}"
        kept.write_bytes(path.read_bytes())
        kept.with_name(f"{kept.name}.log").write_text(worker.complaint(), "utf-8")
        with self.lock:
            self.findings.append(f"{finding}: --worker {self.kind} --case {seed} {kept}")

    def summary(self) -> str:
        return (
            f"{self.kind}: {self.files} files, {self.frames} frames, {self.failures} failures; "
            f"slowest {self.slowest[0]:.1f} s ({self.slowest[1]}), "
            f"most memory {self.peak[0] >> 20} MB ({self.peak[1]}), "
            f"{len(self.findings)} findings"
        )


def replay(kind: str, seed: int, path: Path) -> int:
    """One file again."""
    worker = workers.start(kind, PLACE / "replay.log")
    try:
        print(*worker.ask(f"{seed} {path}"))
        worker.finish()
    except Finding as finding:
        print(finding)
        return 1
    finally:
        print(worker.complaint(), end="", file=sys.stderr)
        worker.kill()
    return 0


def main() -> int:
    """Run, and tell what became of it."""
    parser = argparse.ArgumentParser(description="Feeds damaged files to whatever reads them.")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4)))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--worker", choices=workers.KINDS, action="append")
    parser.add_argument("--no-plants", action="store_true")
    parser.add_argument("--case", nargs=2, metavar=("SEED", "FILE"))
    wishes = parser.parse_args()
    FOUND.mkdir(parents=True, exist_ok=True)
    kinds = wishes.worker or list(workers.KINDS)
    if wishes.case:
        return replay(kinds[0], int(wishes.case[0]), Path(wishes.case[1]).resolve())
    print(f"--seed {wishes.seed}", flush=True)
    for kind in kinds:
        for plant in () if wishes.no_plants else workers.KINDS[kind]:
            hunt = Hunt(kind, wishes.seed, plant)
            hunt.run(60, wishes.jobs, most=LIFE)
            if not hunt.findings:
                print(f"{kind}: the mistake that was planted was not found: {plant}")
                return 1
            print(f"{kind}: planted and found: {plant}: {hunt.findings[0]}", flush=True)
    findings: list[str] = []
    for kind in kinds:
        hunt = Hunt(kind, wishes.seed)
        hunt.run(wishes.seconds / len(kinds), wishes.jobs)
        print(hunt.summary(), flush=True)
        findings += hunt.findings
    print("\n".join(findings))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
