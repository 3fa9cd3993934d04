"""Do much of everything for a long while, and see what grows.

``make soak`` renders, uploads, makes and closes contexts and re-initialises many thousand times,
and looks at resident memory and file descriptors before and after. With ``--fraction 0.1`` it
does a tenth of it.
"""

import argparse
import gc
import os
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

import zcgpu

MOST_GROWTH = 8 << 20
"""Bytes of resident memory by which a process may grow, once it is warm."""

SHADER = "/*{}*/\nvoid main() { gl_FragColor = vec4(0.2, 0.4, 0.6, 1.0); }"
COLOUR = (51, 102, 153, 255)


class Use(NamedTuple):
    """What the process has of the machine."""

    resident: int
    descriptors: int
    threads: int


def use() -> Use:
    """What this process has now."""
    gc.collect()
    with open("/proc/self/statm") as file:
        pages = int(file.read().split()[1])
    return Use(
        pages * os.sysconf("SC_PAGE_SIZE"),
        len(os.listdir("/proc/self/fd")),
        len(os.listdir("/proc/self/task")),
    )


def render(times: int) -> None:
    """Draw frames, read some of them, drop them all."""
    with zcgpu.Context() as context:
        scene = context.scene(SHADER)
        for number in range(times):
            frame = scene.render(64, 64)
            if number % 100 == 0:
                assert (np.asarray(frame) == COLOUR).all()


def drop_textures(times: int) -> None:
    """Upload pictures of many sizes, and drop them without a look."""
    with zcgpu.Context() as context:
        pictures = [np.full((size, size, 4), size, np.uint8) for size in range(1, 65)]
        for number in range(times):
            frame = context.frame(pictures[number % 64])
            if number % 1000 == 0:
                assert (np.asarray(frame) == pictures[number % 64]).all()


def make_contexts(times: int) -> None:
    """Make contexts and close them; in some something is drawn."""
    for number in range(times):
        with zcgpu.Context(dialect="es" if number % 2 else "gl") as context:
            if number % 10 == 0:
                assert (np.asarray(context.scene(SHADER).render(4, 4)) == COLOUR).all()


def reinitialize(times: int) -> None:
    """Begin generations; a kept scene draws in some."""
    with zcgpu.Context() as context:
        scene = context.scene(SHADER)
        kept = [scene.render(16, 16)]
        for number in range(times):
            context.reinitialize()
            if number % 10 == 0:
                kept[0] = scene.render(16, 16)
                assert (np.asarray(kept[0]) == COLOUR).all()


SOAK: dict[str, tuple[Callable[[int], None], int]] = {
    "frames rendered": (render, 100_000),
    "textures uploaded and dropped": (drop_textures, 100_000),
    "contexts made and closed": (make_contexts, 10_000),
    "generations begun": (reinitialize, 10_000),
}


def main() -> int:
    """Soak, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fraction", type=float, default=1.0, help="how much of it all (1.0)")
    fraction = parser.parse_args().fraction
    for work, times in SOAK.values():  # the driver's caches fill, the allocator's pools grow
        work(max(1, times // 20))
    begin = before = use()
    print("| what | times | seconds | resident memory | descriptors | threads |")
    print("|---|---|---|---|---|---|")
    for name, (work, times) in SOAK.items():
        times = int(times * fraction)
        start = time.perf_counter()
        work(times)
        seconds = time.perf_counter() - start
        now = use()
        print(f"| {name} | {times:,} | {seconds:.0f} | {growth(before, now)} |", flush=True)
        before = now
    print(f"| in all | | | {growth(begin, before)} |")
    print(
        f"\nresident: {begin.resident / 2**20:.1f} MB warm, {before.resident / 2**20:.1f} MB after"
    )
    left = zcgpu.census()
    grown = before.resident - begin.resident
    is_sound = (
        grown < MOST_GROWTH and before.descriptors <= begin.descriptors and not any(left.values())
    )
    print("sound" if is_sound else f"NOT SOUND: at most {MOST_GROWTH >> 20} MB; left: {left}")
    return 0 if is_sound else 1


def growth(before: Use, now: Use) -> str:
    """The difference, as cells of the table."""
    return (
        f"{(now.resident - before.resident) / 2**20:+.1f} MB | "
        f"{now.descriptors - before.descriptors:+d} | {now.threads - before.threads:+d}"
    )


if __name__ == "__main__":
    sys.exit(main())
