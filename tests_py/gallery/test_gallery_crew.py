"""Children that crash, hang and babble: none takes the others down."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from zcgpu.gallery.crew import Crew

PATIENCE = 60.0
"""A time limit that no child of these tests reaches unless it hangs."""

CHILD = """
import json, os, signal, sys
job = json.load(sys.stdin)
what = job["path"]
def tell(**members):
    print(json.dumps(members), flush=True)
if what == "good":
    tell(status="ok", failure=None, kind="filter")
elif what == "crash":
    tell(kind="filter")
    os.kill(os.getpid(), signal.SIGSEGV)
elif what == "hang":
    tell(kind="generator")
    sys.stdout.write('{"half": ')
    sys.stdout.flush()
    if "pids" in job:
        with open(job["pids"], "w") as file:
            file.write(str(os.getpid()))
    os.read(os.pipe()[0], 1)
elif what == "babble":
    print("no report at all")
elif what == "exception":
    raise RuntimeError("no such luck")
elif what == "silent":
    pass
elif what == "late":
    tell(status="ok", failure=None)
    os.kill(os.getpid(), signal.SIGABRT)
"""
COMMAND = (sys.executable, "-c", CHILD)


def reports(*paths: str, size: int = 2, timeout: float = PATIENCE) -> dict[str, dict[str, Any]]:
    return dict(Crew(size, timeout, COMMAND).run({"path": path} for path in paths))


def message(report: dict[str, Any]) -> Any:
    assert len(report["problems"]) == 1
    return report["problems"][0]["message"]


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("crash", "the process was ended by SIGSEGV"),
        ("late", "the process was ended by SIGABRT"),
        ("babble", "ended without a report"),
        ("silent", "ended without a report"),
        ("exception", "ended with 1: RuntimeError: no such luck"),
    ],
)
def test_a_child_that_ends_badly_fails_alone(what: str, words: str) -> None:
    told = reports("good", what, "good")
    assert (told["good"]["status"], told["good"]["kind"]) == ("ok", "filter")
    assert (told[what]["status"], told[what]["failure"]) == ("failed", "crash")
    assert message(told[what]) == words


def test_what_was_known_before_the_crash_is_kept() -> None:
    assert reports("crash")["crash"]["kind"] == "filter"


def test_a_child_that_hangs_ends_at_its_limit() -> None:
    told = reports("hang", timeout=3.0)["hang"]
    assert (told["status"], told["failure"], told["kind"]) == ("failed", "time", "generator")
    assert message(told) == "not done after 3 s, and ended"
    assert "half" not in told
    assert told["seconds"] >= 3


def test_a_command_that_is_not_there_is_a_report() -> None:
    ((_, told),) = Crew(1, PATIENCE, ("/no/such/command",)).run([{"path": "good"}])
    assert told["failure"] == "crash"
    assert "No such file" in message(told)


def test_every_job_is_done_once() -> None:
    def jobs() -> Iterator[dict[str, Any]]:
        for index in range(12):
            yield {"path": "good", "index": index}

    done = list(Crew(3, PATIENCE, COMMAND).run(jobs()))
    assert [path for path, _ in done] == ["good"] * 12


def test_leaving_the_loop_ends_the_children(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    os.mkfifo(pids)
    jobs = [{"path": "good"}, {"path": "hang", "pids": str(pids)}, {"path": "good"}]
    with closing(Crew(1, 86400.0, COMMAND).run(jobs)) as run:
        assert next(run)[0] == "good"
        pid = int(pids.read_text())  # when it is written, the child hangs
        assert os.getpgid(pid) == pid  # Ctrl-C on the terminal does not reach it
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_jobs_reach_the_child_whatever_they_say() -> None:
    echo = (
        "import json, sys; job = json.load(sys.stdin); print(json.dumps({'failure': None, **job}))"
    )
    path = os.fsdecode(b"caf\xe9 \xf0\x9f\x8e\xa8 \"'\n.fs")
    ((_, told),) = Crew(1, PATIENCE, (sys.executable, "-c", echo)).run([{"path": path}])
    assert told["path"] == path
    assert told["timeout"] == PATIENCE
    assert json.dumps(told)
