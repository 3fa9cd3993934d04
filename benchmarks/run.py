"""Measures zcgpu beside a raw C program and its peers: `make bench`.

METHOD

Machines are noisy, so nothing is compared across runs. Whatever is compared is measured in turns,
A B C A B C ..., and each figure is the median over the rounds of what one round gave: the ratio
to C in the same round, or the difference from doing nothing. The range beside it is the least
and the most. A ratio of rates (draws) is good when large, one of times (the first frame, switches)
when small.

C is `reference.c`: the same EGL device, the same version and robustness of context, the same
shader and triangle, read with the top row first into memory of the caller. The shader is
`shader.fs`; peers without ISF get the same GLSL as C.

Whole processes are timed from before they are made until they have been waited for. zcgpu runs
with `python -I` in a fresh virtual environment that holds a copy of the package as it is now:
no .pth files, which an editable install has and each start of Python pays for, and no NumPy. All
have the driver's shader cache warm, in a folder of the benchmark's own; one row has it off.

Everything else is done by long-lived children that run a block of a job on request and answer with
the nanoseconds it took; a block is so long that asking costs nothing. Arrays are NumPy's, C's
memory is malloc's; both have been written to before. Setting an input is timed in a loop inside a
function, as `timeit` does, less the same loop with nothing in it, which runs in turn with it.

"Switch and back" is `with batch: pass` outside of any batch: ask what is current, switch, put it
back; the contexts of two batches take turns. From a host's: moderngl's context is current and is
put back. "Inside a batch" is the same two `with` inside a third: each is one switch, and
`make_current()` is that switch by name. C's is a bare eglMakeCurrent, two contexts in turn.

What other programs took of the processors meanwhile stands above the table. Where it is more than a
twentieth, the run says so below it: programs that wait for each other's threads, as a software
driver's do, then differ by chance.

A median is held against its goal at two decimals, as goals are given and as the table prints it.

The exit status is 0 whatever the figures are: a timing is no test.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import block_rows, machine, process_rows, report, setting
from benchmarks.figures import Row

MOST_FOR_OTHERS = 0.05
"""The share of the processors that others may take before a run says little."""


def measure(with_all: setting.Setting, is_quick: bool) -> list[Row]:
    """Every row, top to bottom."""
    processes, blocks = (8, 8) if is_quick else (40, 40)
    return [
        process_rows.first_frame(with_all, processes),
        process_rows.first_frame_cold(with_all, max(4, processes // 4)),
        process_rows.import_time(with_all, processes),
        *block_rows.draw_small(with_all, blocks),
        *block_rows.draw_large(with_all, blocks),
        *block_rows.set_input(with_all, blocks),
        *block_rows.switches(with_all, blocks),
    ]


def main() -> None:
    """Measures and prints."""
    arguments = argparse.ArgumentParser(description="Measures zcgpu beside raw C and its peers.")
    arguments.add_argument("--quick", action="store_true", help="fewer rounds, for a first look")
    arguments.add_argument("--json", action="store_true", help="all samples, as JSON")
    wishes = arguments.parse_args()
    about = machine.describe()
    occupancy = machine.Occupancy()
    with setting.prepare() as with_all:
        gl = {subject: child.gl for subject, child in with_all.children.items()}
        rows = measure(with_all, wishes.quick)
    others = occupancy.others()
    about["others"] = f"took {others:.0%} of the processors during the run"
    if wishes.json:
        print(report.as_json(about, gl, rows))
        return
    for name, words in (
        about | {f"GL of {subject}": words for subject, words in gl.items()}
    ).items():
        print(f"{name + ':':16}{words}")
    print(f"\n{report.table(rows)}\n")
    for note in report.notes(rows):
        print(note)
    if others > MOST_FOR_OTHERS:
        print("The machine was busy with other things: these figures say little.")


if __name__ == "__main__":
    main()
