"""Measures what the guards cost: the shipped build against one from which they are taken away.

``make guards`` draws with both in turn, in one run. The other build is the crash laboratory's
(build/unguarded), told to leave out every rule that does something in a program without mistakes
and whose absence leaves that program's pixels right: no generations, no epochs of handles, fences
not waited for, nothing asked of the driver about errors, sizes and inputs not looked at. It asks
at run time which rules to leave out, so that it is, if anything, a little slower than it could be.
Ratios are of times in the same round, shipped to unguarded.
"""

import argparse
import os
import subprocess
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks import machine
from benchmarks.child import Child
from benchmarks.figures import Figure, Goal, ratios, slower
from benchmarks.places import BUILD, HERE, ROOT, SHADER
from benchmarks.rounds import interleave

RULES = "generations handles fences forks errors phases sizes depths contexts inputs budgets"
HOLDS = str(BUILD / "holds" / "holds")

ROWS = {
    "1920 x 1080, draw and read": ("draw-large", Goal(1.03, at_least=False), 0.05),
    "1920 x 1080, a frame of its own": ("frame-large", Goal(1.03, at_least=False), 0.05),
    "64 x 64, draw and read": ("draw-small", Goal(1.10, at_least=False), 0.03),
    "64 x 64, a frame of its own": ("frame-small", Goal(1.10, at_least=False), 0.03),
}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    rounds = parser.parse_args().rounds
    compile_holds()
    occupancy = machine.Occupancy()
    with ExitStack() as stack:
        children = {
            name: stack.enter_context(
                Child(
                    [sys.executable, "-m", "benchmarks.workers.of_zcgpu", str(SHADER)],
                    {
                        **os.environ,
                        "PYTHONPATH": str(ROOT / folder),
                        "ZCGPU_UNGUARDED_RULES": RULES,
                        "OPENBLAS_NUM_THREADS": "1",
                    },
                )
            )
            for name, folder in {"shipped": "python", "unguarded": "build/unguarded"}.items()
        }
        print("|  | shipped | shipped to unguarded | goal |  |\n|---|---|---|---|---|")
        for title, (job, goal, seconds) in ROWS.items():
            takes = {name: partial(child.block, job, seconds) for name, child in children.items()}
            interleave(takes, 1)  # calibrates
            found = interleave(takes, rounds)
            figure = Figure.of(ratios(found, slower, to="unguarded")["shipped"])
            verdict = "PASS" if goal.holds(figure) else "over"
            taken = median(one["shipped"] for one in found)
            print(
                f"| {title} | {taken / 1e3:.0f} us | {figure.middle:.3f} "
                f"({figure.least:.2f} to {figure.most:.2f}) | <= {goal.limit} | {verdict} |"
            )
            if job == "frame-small":
                count_holds(taken)
    print(f"\nothers took {occupancy.others():.0%} of the processors during the run")
    return 0


def count_holds(frame: float) -> None:
    """What reference counting costs in a small frame: its lease, and the GPU's hold on that.

    Args:
        frame: nanoseconds of a frame of 64 x 64.
    """
    lease, hold = map(float, subprocess.check_output([HOLDS], text=True).split())
    share = (lease + hold) / frame
    goal = Goal(0.01, at_least=False)
    verdict = "PASS" if share < goal.limit else "over"
    print(
        f"| reference counting in such a frame: a lease of {lease:.0f} ns, a hold of {hold:.0f} ns "
        f"|  | {share:.2%} | < {goal.limit:.0%} | {verdict} |"
    )


def compile_holds() -> None:
    """Compile holds.swift with the sources of ZCCore."""
    folder = Path(HOLDS).parent
    folder.mkdir(parents=True, exist_ok=True)
    flight = ROOT / "CBridge" / "CFlight"
    header = flight / "include" / "flight.h"
    module = f'module CFlight {{ header "{header}" export * }}\n'
    (folder / "module.modulemap").write_text(module, "utf-8")
    objects = []
    for source in sorted(flight.glob("*.c")):
        objects.append(str(folder / f"{source.stem}.o"))
        command = ["clang", "-O2", "-c", f"-I{header.parent}", str(source), "-o", objects[-1]]
        subprocess.run(command, check=True)
    command = [
        *("swiftc", "-O", "-wmo", "-swift-version", "6", "-parse-as-library"),
        *("-package-name", "zcgpu", "-module-name", "ZCCore", "-I", str(folder)),
        *map(str, sorted((ROOT / "Sources" / "ZCCore").glob("*.swift"))),
        *(str(HERE / "holds.swift"), *objects, "-o", HOLDS),
    ]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    sys.exit(main())
