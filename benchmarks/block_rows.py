"""Rows about what a running program does: draws, inputs, switches."""

from collections.abc import Mapping
from functools import partial
from statistics import median

from benchmarks.figures import Goal, Row, longer, rate, ratios, slower
from benchmarks.rounds import interleave
from benchmarks.setting import Setting

Rounds = list[dict[str, float]]


def measure(
    setting: Setting, jobs: Mapping[str, str], pairs: int, seconds: float
) -> tuple[Rounds, dict[str, str]]:
    """Blocks of each subject's job in turn, nanoseconds a turn; and who could not, and why."""
    notes = dict(setting.missing)
    takes = {}
    for subject, job in jobs.items():
        owner = subject.partition(" ")[0]
        child = setting.children.get(owner)
        if child is None:
            continue
        if job not in child.jobs:
            notes[subject] = "has no such thing"
            continue
        child.block(job, seconds)  # calibrates
        takes[subject] = partial(child.block, job, seconds)
    return interleave(takes, pairs), notes


def draw_small(setting: Setting, pairs: int) -> list[Row]:
    """64 x 64 pixels: the cost of a call."""
    jobs = {
        "C": "draw-small",
        "zcgpu": "draw-small",
        "zcgpu in a batch": "draw-small-batch",
        "moderngl": "draw-small",
        "pyvvisf": "draw-small",
    }
    rounds, notes = measure(setting, jobs, 2 * pairs, 0.03)
    found = ratios(rounds, rate)
    yardstick = _rate(rounds)
    goal = Goal(0.90, at_least=True)
    in_batch = {"zcgpu": found.pop("zcgpu in a batch")}
    title = "64 x 64, draw and read"
    return [
        Row(title, "x", found, goal, yardstick, notes),
        Row(title + ", in a batch", "x", in_batch, goal, yardstick),
    ]


def draw_large(setting: Setting, pairs: int) -> list[Row]:
    """1920 x 1080 pixels: the cost of the pixels."""
    jobs = dict.fromkeys(setting.present(), "draw-large")
    rounds, notes = measure(setting, jobs, pairs, 0.1)
    goal = Goal(1.0, at_least=True)
    title = "1920 x 1080, draw and read"
    rows = [Row(title, "x", ratios(rounds, rate), goal, _rate(rounds), notes)]
    if "moderngl" in setting.children:
        against = {"zcgpu": ratios(rounds, rate, to="moderngl")["zcgpu"]}
        took = median(one["moderngl"] for one in rounds)
        rows.append(Row(title + ", to moderngl", "x", against, goal, f"{1e9 / took:.0f} /s"))
    return rows


def set_input(setting: Setting, pairs: int) -> list[Row]:
    """`scene.inputs["speed"] = 2.0`, with and without what the loop around it costs."""
    jobs = {"C": "set", "zcgpu": "set", "moderngl": "set", "pyvvisf": "set"}
    empty = {f"{subject} loop": "empty-loop" for subject in jobs if subject != "C"}
    rounds, notes = measure(setting, {**jobs, **empty}, pairs, 0.02)
    gross = {subject: [one[subject] for one in rounds] for subject in jobs if subject in rounds[0]}
    net = {
        subject: ratios(rounds, longer, to=f"{subject} loop")[subject]
        for subject in gross
        if subject != "C"
    }
    yardstick = f"glUniform1f: {median(gross.pop('C')):.0f} ns"
    title = "setting an input"
    return [
        Row(title, "ns", net, Goal(120, at_least=False), yardstick, notes),
        Row(title + ", loop and all", "ns", gross),
    ]


SWITCHES = (
    # The row, C's job, zcgpu's, and whether the goal is for it: a `with` block inside a batch is
    # two calls, of which the first switches.
    ("switch and back, from nothing", "switch-from-nothing", "switch-from-nothing", True),
    ("switch and back, from a host's", "switch-from-host", "switch-from-host", True),
    ("switch inside a batch", "switch-bare", "make-current", True),
    ("a nested `with`, begin and end", "switch-bare", "switch-bare", False),
)


def switches(setting: Setting, pairs: int) -> list[Row]:
    """Another context made current, and what was before put back or not."""
    rows = []
    for title, job, ours, is_judged in SWITCHES:
        jobs = {"C": job, "zcgpu": ours, "moderngl": job}
        rounds, notes = measure(setting, jobs, pairs, 0.02)
        took = median(one["C"] for one in rounds)
        goal = Goal(1.5, at_least=False) if is_judged else None
        rows.append(Row(title, "x", ratios(rounds, slower), goal, f"{took:.0f} ns", notes))
    return rows


def _rate(rounds: Rounds) -> str:
    return f"{1e9 / median(one['C'] for one in rounds):.0f} /s"
