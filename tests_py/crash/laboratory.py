"""Runs scenarios in processes of their own: in the shipped build, and with guards taken away."""

import ast
import importlib.util
import os
import signal
import subprocess
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from benchmarks.xvfb import display

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
UNGUARDED = ROOT / "build" / "unguarded"
CUE = ROOT / "build" / "crash" / "cue.so"


def shipped() -> Path:
    """The build that this process has: the shipped one, or a sanitizer's of the same code."""
    spec = importlib.util.find_spec("zcgpu")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parents[1]


REPEAT = 2
"""How often continuous integration runs each scenario in each build."""

PATIENCE = 60
"""Seconds after which a process hangs; a scenario about hangs says sooner that it does."""

TRAPS = {signal.SIGILL, signal.SIGTRAP}
"""How a check of Swift's own ends a process: that is an assertion, and shows nothing."""

WRONG_PIXELS = 3
HANGS = 5


@dataclass(frozen=True)
class Scenario:
    """A file of a folder here: what a program does, what became of it once, which guards help."""

    name: str
    title: str
    ancestor: str
    without: str
    folder: str = "scenarios"
    has_display: bool = False

    @classmethod
    def load(cls, path: Path) -> "Scenario":
        """Reads a scenario's docstring and constant; runs nothing of it."""
        module = ast.parse(path.read_text("utf-8"))
        docstring = ast.get_docstring(module) or ""
        title, ancestor = (" ".join(part.split()) for part in docstring.split("\n\n", 1))
        values = {
            target.id: node.value.value
            for node in module.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        without, display = str(values["WITHOUT"]), bool(values.get("DISPLAY"))
        return cls(path.stem, title, ancestor, without, path.parent.name, display)

    @property
    def module(self) -> str:
        """What `crash.child` runs."""
        return f"crash.{self.folder}.{self.name}"


@dataclass(frozen=True)
class Outcome:
    """How a process ended."""

    ended: str
    """``well``, a signal's name, ``wrong pixels``, ``hang``, or ``something else``."""
    verdict: str
    output: str

    @property
    def is_harm(self) -> bool:
        """What a guard is there to prevent. Exceptions and assertions are none."""
        return self.ended not in ("well", "something else")

    def __str__(self) -> str:
        return self.verdict or self.ended


def scenarios(folder: str = "scenarios") -> list[Scenario]:
    """All that there are, by name; those of machine/ want graphics cards."""
    return [Scenario.load(path) for path in sorted((HERE / folder).glob("*.py"))]


def settings(*, unguarded: bool, without: str = "") -> dict[str, str]:
    """The environment that makes a process import one build or the other."""
    package = UNGUARDED if unguarded else shipped()
    paths = [package, ROOT / "tests_py", ROOT / "build_backend"]
    return {
        "PYTHONPATH": os.pathsep.join(map(str, paths)),
        "ZCGPU_UNGUARDED_RULES": without,
        "CRASH_CUE": str(CUE),
        # What was freed last is given out first: a new context lies where the last one was.
        # Memory is filled with 165 when it is given out: what nobody wrote is told apart.
        "GLIBC_TUNABLES": "glibc.malloc.tcache_count=65535:glibc.malloc.perturb=90",
    }


def run(scenario: Scenario, *, unguarded: bool, without: str = "") -> Outcome:
    """Run a scenario once; `without` names the guards taken away from the unguarded build."""
    environment = {**os.environ, **settings(unguarded=unguarded, without=without)}
    with display() if scenario.has_display else nullcontext() as server:
        process = subprocess.Popen(
            [sys.executable, "-m", "crash.child", scenario.module],
            env={**environment, "CRASH_DISPLAY": server or ""},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            output, complaint = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            rest = "".join(process.communicate())
            return Outcome("hang", f"hangs: nothing for {PATIENCE} s", rest)
    verdicts = [line[9:] for line in output.splitlines() if line.startswith("verdict: ")]
    verdict = verdicts[-1] if verdicts else ""
    return Outcome(
        ending(process.returncode, verdict, complaint),
        verdict or ended_by(process.returncode, complaint),
        output + complaint,
    )


def ending(status: int, verdict: str, complaint: str) -> str:
    """Puts an exit status in a word."""
    if status < 0 and signal.Signals(-status) not in TRAPS:
        return signal.Signals(-status).name
    if status == WRONG_PIXELS and verdict.startswith("wrong pixels"):
        return "wrong pixels"
    if status == HANGS and verdict.startswith("hangs"):
        return "hang"
    if status == 0 and verdict.startswith("right pixels") and not complaint:
        return "well"
    return "something else"


def ended_by(status: int, complaint: str) -> str:
    """An exit status for people, and the last words of a process that a signal ended."""
    if status >= 0:
        return f"exit status {status}"
    words = complaint.splitlines()[-1:]
    return ": ".join([signal.Signals(-status).name, *words])


def show(name: str) -> int:
    """Run one scenario without its guards, for people: how it ends, and the command by itself."""
    known = {scenario.name: scenario for scenario in scenarios()}
    if name not in known:
        print(f"there is no scenario {name!r}; there are: {', '.join(known)}")
        return 4
    scenario = known[name]
    build()
    variables = settings(unguarded=True, without=scenario.without)
    words = " ".join(f"{key}='{value}'" for key, value in variables.items())
    command = f"{words} {sys.executable} -m crash.child {scenario.module}"
    outcome = run(scenario, unguarded=True, without=scenario.without)
    print(f"{scenario.title}\n\n{command}\n\n{outcome.output}--> {outcome}")
    return 0 if outcome.is_harm else 1


def build(target: str = "unguarded") -> None:
    """Builds the unguarded extension, where it is older than the sources; or `CUE` alone."""
    subprocess.run(["make", "--silent", target], cwd=ROOT, check=True)
