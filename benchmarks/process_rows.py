"""Rows about whole processes: the first frame, and the import."""

from functools import partial
from statistics import median

from benchmarks.figures import Goal, Row, longer, ratios, slower
from benchmarks.rounds import interleave, process_time, try_process
from benchmarks.setting import Setting

EVERY = {"pyvvisf": 5}
"""It takes ten times as long, and has no goal to meet."""


def first_frame(setting: Setting, pairs: int) -> Row:
    """From nothing to a frame in memory, with the driver's shader cache warm."""
    return _first_frame(setting, pairs, "first frame, whole process", {}, Goal(1.6, at_least=False))


def first_frame_cold(setting: Setting, pairs: int) -> Row:
    """The same with the driver's shader cache off: the first run ever."""
    off = {"MESA_SHADER_CACHE_DISABLE": "true"}
    return _first_frame(setting, pairs, "first frame, shader cache off", off, None)


def _first_frame(
    setting: Setting, pairs: int, title: str, more: dict[str, str], goal: Goal | None
) -> Row:
    environment = {**setting.environment, **more}
    takes = {}
    notes = dict(setting.missing)
    for subject in setting.present():
        command = setting.first_frame(subject)
        if reason := try_process(command, environment):
            notes[subject] = reason
        else:
            takes[subject] = partial(process_time, command, environment)
    rounds = interleave(takes, pairs, EVERY)
    took = median(one["C"] for one in rounds)
    return Row(title, "x", ratios(rounds, slower), goal, f"{took:.1f} ms", notes)


def import_time(setting: Setting, pairs: int) -> Row:
    """What `import` adds to a process that does nothing."""

    def command(python: str, statement: str) -> partial[float]:
        return partial(process_time, [python, "-I", "-c", statement], setting.environment)

    takes = {"nothing": command(setting.clean.python, "pass")}
    for subject in setting.present():
        if subject != "C":
            venv = setting.clean if subject == "zcgpu" else setting.peers
            takes[subject] = command(venv.python, f"import {subject}")
    for take in takes.values():
        take()
    rounds = interleave(takes, pairs, EVERY)
    took = median(one["nothing"] for one in rounds)
    return Row(
        "import, over `python -I -c pass`",
        "ms",
        ratios(rounds, longer, to="nothing"),
        Goal(6, at_least=False),
        f"pass: {took:.1f} ms",
        dict(setting.missing),
    )
