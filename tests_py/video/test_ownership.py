"""The rules of ownership (video/ownership), on every way of decoding and drawing.

Each backend has a process of its own, since a rule that is broken may end one. The same rules are
kept on zero copy in the machine: tests_py/vm/vgem/test_ownership_machine.py.
"""

import contextlib
import dataclasses
import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import angle
import pytest
from benchmarks.xvfb import display
from children import PATIENCE
from va import zcsw
from video import backends
from video.backends import Backend
from video.ownership import RULES

BACKENDS = ("software", "software-es", "download", "angle")
TESTS = Path(__file__).parents[1]


class Trial:
    """A process that tries rules; another follows one that has ended."""

    def __init__(self, backend: Backend, environment: Mapping[str, str]) -> None:
        self.backend = json.dumps(dataclasses.asdict(backend))
        paths = [str(TESTS), os.environ.get("PYTHONPATH", "")]
        path = {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
        self.environment = {**os.environ, **environment, **path}
        self.process = self.begin()

    def begin(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "video.ownership", self.backend],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def outcome(self, rule: str) -> str:
        """`ok`, or what went wrong."""
        if self.process.poll() is not None:
            self.process = self.begin()
        assert self.process.stdin
        assert self.process.stdout
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(rule + "\n")
            self.process.stdin.flush()
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        if not ready:
            self.process.kill()
            return f"it hangs\n{self.end()}"
        answer = self.process.stdout.readline()
        return str(json.loads(answer)) if answer else f"the process ended\n{self.end()}"

    def end(self) -> str:
        """How the process ends when it has nothing more to do; empty for well."""
        _, complaints = self.process.communicate(timeout=PATIENCE)
        status = self.process.returncode
        return f"status {status}\n{complaints}" if status or complaints else ""


@contextlib.contextmanager
def prepared(name: str) -> Iterator[tuple[Backend, dict[str, str]]]:
    """One of BACKENDS, and the environment that it needs."""
    software = {"backend": "software"}
    if name == "download":
        with display() as server:
            assert server, "there is no Xvfb: scripts/setup installs it"
            decoding = {"backend": "vaapi", "device": server}
            yield Backend("hw_download", decoding), zcsw.environment()
    elif name == "angle":
        yield Backend("software", software, "es", "ANGLE"), angle.settings()
    else:
        yield Backend("software", software, "es" if name == "software-es" else "gl"), {}


@pytest.fixture(scope="module", params=BACKENDS)
def trial(request: pytest.FixtureRequest) -> Iterator[Trial]:
    """One process for all rules."""
    backends.prepare()
    with prepared(request.param) as (backend, environment):
        trial = Trial(backend, environment)
        yield trial
        complaints = trial.end()
        assert complaints == ""


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_of_ownership_is_kept(trial: Trial, rule: str) -> None:
    outcome = trial.outcome(rule)
    assert outcome == "ok", outcome
