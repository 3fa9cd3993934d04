"""Measures video beside raw C and PyAV: `python -m benchmarks.video`, part of `make bench`.

METHOD: as in run.py, all subjects in turn. C is `video_reference.c`, linked with the FFmpeg that
zcgpu opens; PyAV brings another. LARGE is H.264 at 1280 x 720, SMALL the same at 320 x 180, with
B-frames and a key frame a second; both are decoded by as many threads as FFmpeg thinks fit.
"Decode" looks at a pixel of each plane, in place. "200 seeks" goes to 200 scattered frames of
SMALL: everyone to the key frame before, and on from there. "Upload" makes two textures of each
frame of 1920 x 1080 in NV12, stored without compression; zcgpu does so in a batch, since C's
context is always current. "Shader" inverts frames of LARGE and reads them into an array of the
caller. C lets libswscale make RGBA: with the flags that filter chroma, as zcgpu does; and, in the
last row, as libswscale does by itself, which repeats each chroma sample. Processor time a turn,
below the table, is what each process took itself: it changes less when others use the machine.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks import machine, report, venvs
from benchmarks.child import Child
from benchmarks.figures import Goal, Row, rate, ratios
from benchmarks.places import BUILD, HERE, ROOT, SHADER_CACHE
from benchmarks.rounds import interleave

SEEKS = 200
ENCODER = "-c:v libx264 -preset veryfast -bf 2 -g 25"
FILMS = {
    "large.mp4": f"testsrc2=s=1280x720:r=25:d=10 {ENCODER} -pix_fmt yuv420p",
    "small.mp4": f"testsrc2=s=320x180:r=25:d=40 {ENCODER} -pix_fmt yuv420p",
    "pictures.nut": "testsrc2=s=1920x1080:r=25:d=0.4 -c:v rawvideo -pix_fmt nv12",
}
ROWS = {
    "1280 x 720, decode to views": ("decode-large", 0.97),
    "320 x 180, decode to views": ("decode-small", None),
    f"320 x 180, {SEEKS} seeks": ("pick", 0.9),
    "1920 x 1080, upload of NV12": ("upload", 0.95),
    "1280 x 720, decode, shader, array": ("draw-filtered", 0.95),
    "the same, C repeats chroma": ("draw", 0.95),
}


def films() -> list[str]:
    """The paths of the films, which are made once."""
    BUILD.mkdir(parents=True, exist_ok=True)
    for name, recipe in FILMS.items():
        if not (BUILD / name).exists():
            source, *options = recipe.split()
            made = BUILD / f"making-{name}"
            command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source, *options]
            subprocess.run([*command, str(made)], check=True)
            made.rename(BUILD / name)
    return [str(BUILD / name) for name in FILMS]


def compile_reference() -> Path:
    """The C program."""
    program = BUILD / "video_reference"
    command = ["cc", "-O2", "-Wall", "-Wextra", "-Werror", str(HERE / "video_reference.c")]
    libraries = ["-lavformat", "-lavcodec", "-lavutil", "-lswscale", "-lEGL"]
    subprocess.run([*command, "-o", str(program), *libraries], check=True)
    return program


@contextmanager
def subjects() -> Iterator[tuple[dict[str, Child], dict[str, str]]]:
    """Those who take part, and those who do not, and why."""
    peers, missing = venvs.peers(("av",))
    site = venvs.clean().site
    environment = {
        **os.environ,
        "MESA_SHADER_CACHE_DIR": str(SHADER_CACHE),
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": str(site),
    }
    if "av" in missing:
        missing = {"PyAV": missing["av"]}
    paths = films()
    worker = [peers.python, "-m", "benchmarks.workers.video_of_"]
    commands = {
        "C": [str(compile_reference())],
        "zcgpu": [*worker[:-1], f"{worker[-1]}zcgpu"],
        "PyAV": [*worker[:-1], f"{worker[-1]}pyav"],
    }
    with ExitStack() as stack:
        yield (
            {
                subject: stack.enter_context(Child([*command, *paths], environment))
                for subject, command in commands.items()
                if subject not in missing
            },
            missing,
        )


def measure(
    children: dict[str, Child], missing: dict[str, str], title: str, rounds: int
) -> tuple[Row, str]:
    """One row, and what each took of the processors."""
    job, limit = ROWS[title]
    notes = dict(missing)
    takes = {}
    for subject, child in children.items():
        if job not in child.jobs:
            notes[subject] = "has no such thing"
        elif job == "pick":
            takes[subject] = partial(child.turns, job, SEEKS)
        else:
            takes[subject] = partial(child.block, job, 0.3)
    for take in takes.values():
        take()  # calibrates
    before = {subject: (children[subject].spent(), children[subject].done) for subject in takes}
    found = interleave(takes, rounds)
    words = []
    for subject, (spent, done) in before.items():
        child = children[subject]
        words.append(f"{subject} {(child.spent() - spent) / (child.done - done) * 1e3:.2f} ms")
    took = median(one["C"] for one in found)
    goal = Goal(limit, at_least=True) if limit else None
    row = Row(title, "x", ratios(found, rate), goal, f"{1e9 / took:.0f} /s", notes)
    return row, f"{title}: {', '.join(words)}"


def main() -> None:
    """Measures and prints."""
    arguments = argparse.ArgumentParser(description="Measures video beside raw C and PyAV.")
    arguments.add_argument("--rounds", type=int, default=20)
    wishes = arguments.parse_args()
    about = machine.describe()
    occupancy = machine.Occupancy()
    with subjects() as (children, missing):
        about |= {f"of {subject}": child.gl for subject, child in children.items()}
        measured = [measure(children, missing, title, wishes.rounds) for title in ROWS]
    rows = [row for row, _ in measured]
    about["others"] = f"took {occupancy.others():.0%} of the processors during the run"
    for name, words in about.items():
        print(f"{name + ':':12}{words}")
    print(f"\n{report.table(rows, ('PyAV',))}\n")
    print("Processor time a turn:", *(words for _, words in measured), "", sep="\n")
    for note in report.notes(rows):
        print(note)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
