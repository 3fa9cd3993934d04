"""``zcgpu gallery``: a page of everything that a library's shaders show."""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from contextlib import closing
from time import perf_counter
from typing import TYPE_CHECKING, Any

from . import values

if TYPE_CHECKING:
    from ..gallery.run import Run

MOST_TIMES = 48
"""Thumbnails side by side: no WebP picture is wider than 16383 pixels."""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    command = commands.add_parser(
        "gallery",
        help="draw a whole library into one page",
        description="Draw every ISF shader below some folders, each in a process of its own, into "
        "one HTML page that needs nothing else. What was drawn before is not drawn again. The "
        "exit status is 1 if a shader failed; the page is written all the same.",
    )
    command.add_argument(
        "places", nargs="+", metavar="DIR", help="folders with shaders (.fs, .isf), or shaders"
    )
    command.add_argument("-o", "--output", metavar="HTML", required=True, help="the page")
    command.add_argument("--json", metavar="FILE", help="the same for programs, docs/gallery.md")
    command.add_argument(
        "--size", type=values.size, default=(320, 180), metavar="WxH", help="pixels (320x180)"
    )
    command.add_argument(
        "--times",
        type=_times,
        default=(0.0, 0.5, 1.0, 1.5, 2.0, 2.5),
        metavar="T,T,…",
        help="the times of the frames, seconds (0,0.5,1,1.5,2,2.5)",
    )
    command.add_argument(
        "--image",
        type=values.assignment,
        action="append",
        default=[],
        metavar="NAME=FILE",
        help="a picture for the inputs of that name, six with commas between them for a cube; "
        "otherwise they get test cards",
    )
    command.add_argument(
        "--audio",
        type=values.assignment,
        action="append",
        default=[],
        metavar="NAME=FILE",
        help="a WAV file for the audio and audioFFT inputs of that name; otherwise a tone rises",
    )
    command.add_argument(
        "--jobs", type=_jobs, metavar="N", help="how many processes at once (one a core)"
    )
    command.add_argument(
        "--timeout", type=_seconds, default=60.0, metavar="S", help="seconds for a shader (60)"
    )
    command.add_argument("--dialect", choices=("gl", "es"), default="auto", help="which GL")
    command.add_argument("--cache", metavar="DIR", help="what was drawn before (HTML's name.cache)")
    command.add_argument("--fresh", action="store_true", help="draw everything anew")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Draw the library and write the page."""
    from ..gallery.cache import Cache, write
    from ..gallery.library import Library
    from ..gallery.page import page
    from ..gallery.run import Run, Settings

    library = Library(options.places)
    wrong = _wrong(options, library.paths)
    if wrong:
        print(f"zcgpu gallery: {wrong}", file=sys.stderr)
        return 2
    settings = Settings(
        size=options.size,
        times=options.times,
        images={name: _paths(words) for name, words in options.image},
        sounds=dict(options.audio),
        dialect=options.dialect,
        timeout=options.timeout,
        jobs=options.jobs or len(os.sched_getaffinity(0)),
    )
    cache = Cache(options.cache or os.path.splitext(options.output)[0] + ".cache")
    if options.fresh:
        cache.forget()
    for line in library.unread:
        print(line, file=sys.stderr)
    begin = perf_counter()
    work = Run(library, settings, cache)
    try:
        failures = _watched(work)
    except KeyboardInterrupt:
        done, of = len(work.reports), len(library.paths)
        print(
            f"zcgpu: stopped; {done} of {of} are done and kept, the same command draws the others",
            file=sys.stderr,
        )
        return 130
    titles = [os.path.basename(os.path.abspath(place)) for place in options.places]
    write(options.output, page(", ".join(titles), work.in_order, settings))
    if options.json:
        write(options.json, json.dumps(_for_programs(work), indent=1))
    _sum_up(work, failures, perf_counter() - begin, options.output)
    return 1 if failures or library.unread else 0


def _wrong(options: argparse.Namespace, paths: list[str]) -> str | None:
    """What is wrong with the arguments."""
    for place in options.places:
        if not os.path.lexists(place):
            return f"{place}: there is no such folder or shader"
    if not paths:
        return f"{', '.join(options.places)}: no shaders there (.fs, .isf)"
    if min(options.size) < 1 or max(options.size) > 8192:
        return "a side of --size is from 1 to 8192 pixels"
    for name, words in options.image:
        for path in _paths(words):
            if not os.path.isfile(path):
                return f"{path}: there is no such picture, for {name}"
    for name, path in options.audio:
        if not os.path.isfile(path):
            return f"{path}: there is no such sound, for {name}"
    if options.cache and os.path.exists(options.cache) and not os.path.isdir(options.cache):
        return f"{options.cache}: is no folder"
    return None


def _paths(words: str) -> tuple[str, ...]:
    """Of a picture, or of the six of a cube, with commas between them."""
    names = words.split(",")
    return (words,) if os.path.isfile(words) or len(names) != 6 else tuple(names)


def _watched(work: Run) -> int:
    """Draw everything, tell of progress, and count what failed."""
    from tqdm import tqdm

    failures = 0
    total = len(work.library.paths)
    with (
        tqdm(total=total, unit="shader", disable=not sys.stderr.isatty()) as progress,
        closing(work.go()) as done,
    ):
        for _, report in done:
            progress.update()
            if report["status"] == "failed":
                failures += 1
                progress.write(f"{report['path']}: {_why(report)}", file=sys.stderr)
    return failures


def _why(report: dict[str, Any]) -> str:
    """The first line of what is wrong."""
    problem = report["problems"][0]
    line = f"line {problem['line']}: " if problem["line"] else ""
    return line + str(problem["message"]).split("\n")[0]


def _sum_up(work: Run, failures: int, seconds: float, output: str) -> None:
    reports = work.reports.values()
    flat = sum(bool(report["flat"]) for report in reports)
    size = os.path.getsize(output) / 1e6
    print(
        f"{len(reports)} shaders, {failures} failed, {flat} flat; {work.drawn} drawn in "
        f"{seconds:.1f} s; {output}: {size:.1f} MB"
    )


def _for_programs(work: Run) -> dict[str, Any]:
    """What ``--json`` writes."""
    from .. import __version__

    shaders = [{**report} for report in work.in_order]
    for shader in shaders:
        del shader["strip"]
    settings = work.settings
    return {
        "zcgpu": __version__,
        "size": settings.size,
        "times": settings.times,
        "dialect": settings.dialect,
        "unread": work.library.unread,
        "shaders": shaders,
    }


def _times(text: str) -> tuple[float, ...]:
    """Seconds with commas, in order and each once."""
    times = [values.number(part) for part in text.split(",")]
    if not 0 < len(times) <= MOST_TIMES or any(
        time is None or not math.isfinite(time) for time in times
    ):
        raise argparse.ArgumentTypeError(f"times are 1 to {MOST_TIMES} numbers, not {text!r}")
    return tuple(sorted({float(time) for time in times if time is not None}))


def _jobs(text: str) -> int:
    jobs = values.number(text)
    if not isinstance(jobs, int) or not 0 < jobs <= 256:
        raise argparse.ArgumentTypeError(f"a number of processes is 1 to 256, not {text!r}")
    return jobs


def _seconds(text: str) -> float:
    seconds = values.number(text)
    if seconds is None or not 0 < seconds <= 86400:
        raise argparse.ArgumentTypeError(f"seconds, more than 0 and at most a day, not {text!r}")
    return float(seconds)
