"""`zcgpu flight`, as a person would run it."""

import json
import os
import signal
import struct
from pathlib import Path

import pytest
from children import python
from commands import zcgpu as command
from sources import colour

PROGRAM = f"""
import os, signal, sys
import zcgpu
zcgpu.flight_recorder(sys.argv[1])
context = zcgpu.Context()
scene = context.scene({colour("vec4(1.0)")!r})
other = zcgpu.Context()
other.close()
with context.batch():
    for width in range(1, 61):
        scene.render(width, 2)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recording of a process that was killed at work."""
    path = tmp_path_factory.mktemp("flight") / "ring"
    assert python(PROGRAM, str(path)).returncode == -signal.SIGKILL
    return path


def test_the_last_moments_of_a_killed_process_are_shown(ring: Path) -> None:
    done = command("flight", ring)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].endswith("; the process ended in the middle of it")
    assert lines[1].endswith("; the last 40:")
    events = [line for line in lines[2:] if "  thread " in line]
    assert len(events) == 40
    draws = [line for line in events if " draw " in line]
    assert "60 x 2" in draws[-1]
    assert "context 1 generation 1" in draws[-1]
    assert "+0.000000 s" in events[-1]
    held = lines[lines.index("held at the end:") :]
    assert "  context 1, generation 1: live" in held
    assert any(line.startswith("  batch of context 1 on thread ") for line in held)
    assert not any("context 2" in line for line in held)


def test_how_many_events_are_shown_can_be_said(ring: Path) -> None:
    done = command("flight", ring, "--last", "3")
    assert sum("  thread " in line for line in done.stdout.splitlines()[2:5]) == 3
    assert "the last 3:" in done.stdout
    assert "the last 0:" in command("flight", ring, "--last", "0").stdout


def test_json_holds_the_same(ring: Path) -> None:
    report = json.loads(command("flight", ring, "--json", "--last", "1000").stdout)
    assert report["state"] == "cut off"
    draws = [event for event in report["events"] if event["name"] == "draw"]
    assert [event["width"] for event in draws] == list(range(1, 61))
    assert draws[-1]["bytes"] == 60 * 2 * 4
    assert report["held"]["contexts"] == [{"context": 1, "generation": 1, "state": "live"}]
    assert [batch["depth"] for batch in report["held"]["batches"]] == [1]


def test_half_written_records_are_counted_and_left_out(ring: Path, tmp_path: Path) -> None:
    content = bytearray(ring.read_bytes())
    before = json.loads(command("flight", ring, "--json", "--last", "1000").stdout)
    for event in before["events"][:2]:
        at = 4096 + 64 * event["index"]
        (sequence,) = struct.unpack_from("=Q", content, at)
        struct.pack_into("=Q", content, at, sequence | 1)
    (tmp_path / "half").write_bytes(content)
    report = json.loads(command("flight", tmp_path / "half", "--json", "--last", "1000").stdout)
    assert report["unfinished"] == 2
    assert report["events"] == before["events"][2:]
    assert "2 unfinished" in command("flight", tmp_path / "half").stdout


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda whole: b"", "is no flight recording"),
        (lambda whole: b"GIF89a" * 1000, "is no flight recording"),
        (lambda whole: whole[:100], "is no flight recording"),
        (lambda whole: whole[:8] + whole[8:12][::-1] + whole[12:], "of the other byte order"),
        (lambda whole: whole[:12] + b"\2" + whole[13:], "this zcgpu reads version 1"),
        (lambda whole: whole[:20] + b"\x80" + whole[21:], "with records of 128 bytes"),
        (lambda whole: whole[:5000], "is cut short: 5000 bytes are left of it"),
    ],
)
def test_a_wrong_file_is_told(ring: Path, tmp_path: Path, change: object, told: str) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_bytes(change(ring.read_bytes()))  # type: ignore[operator]
    done = command("flight", wrong)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"zcgpu: {wrong}: ")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = command("flight", tmp_path / "none")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"zcgpu: {tmp_path / 'none'}: No such file or directory\n"


@pytest.mark.parametrize("last", ["-1", "x", "1.5", ""])
def test_a_number_of_events_that_is_none_is_told(ring: Path, last: str) -> None:
    done = command("flight", ring, f"--last={last}")
    assert done.returncode == 2
    assert f"{last!r} is not a number of events" in done.stderr


@pytest.mark.parametrize("kind", ["device", "pipe", "folder"])
def test_what_is_no_file_is_told_and_not_waited_for(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "pipe"
    if kind == "pipe":
        os.mkfifo(path)
    shown = {"device": "/dev/zero", "pipe": str(path), "folder": str(tmp_path)}[kind]
    done = command("flight", shown)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"zcgpu: {shown}: a flight recording is a file\n"
