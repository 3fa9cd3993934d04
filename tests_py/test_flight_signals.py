"""A fatal signal shows the recording's tail beside the stack, and ends the process as it would."""

import signal
from pathlib import Path

import pytest
from children import python
from sources import colour

PROGRAM = """
import ctypes, faulthandler, os, signal, sys, threading
import zcgpu
path, number = sys.argv[1], int(sys.argv[2])
{before}
zcgpu.flight_recorder(path)
{after}
context = zcgpu.Context()
scene = context.scene({source!r})
scene.render(17, 19)
{end}
"""
SEND = "os.kill(os.getpid(), number)"
FAULT = "ctypes.string_at(8)"
TAIL = "zcgpu's last events"
STACK = "Fatal Python error"
FATAL = ["SIGSEGV", "SIGBUS", "SIGABRT", "SIGFPE", "SIGILL"]


def run(
    tmp_path: Path, name: str = "SIGSEGV", *, before: str = "", after: str = "", end: str = SEND
) -> tuple[int, str]:
    program = PROGRAM.format(source=colour("vec4(1.0)"), before=before, after=after, end=end)
    done = python(program, str(tmp_path / "ring"), str(int(signal.Signals[name])))
    return done.returncode, done.stderr


@pytest.mark.parametrize("name", FATAL)
@pytest.mark.parametrize("order", ["before", "after"])
def test_tail_and_stack_are_both_there_whoever_came_first(
    tmp_path: Path, name: str, order: str
) -> None:
    enable = {order: "faulthandler.enable()"}
    status, told = run(tmp_path, name, **enable)
    assert status == -signal.Signals[name]
    assert told.count(TAIL) == told.count(STACK) == 1
    assert "draw  context 1 generation 1" in told
    assert "17 x 19" in told
    assert f"zcgpu flight {tmp_path / 'ring'}" in told


@pytest.mark.parametrize("order", ["before", "after"])
@pytest.mark.parametrize("end", [FAULT, "os.abort()"])
def test_a_fault_of_the_process_itself_is_told_too(tmp_path: Path, order: str, end: str) -> None:
    enable = {order: "faulthandler.enable()"}
    status, told = run(tmp_path, end=end, **enable)
    assert status == (-signal.SIGSEGV if end == FAULT else -signal.SIGABRT)
    assert told.count(TAIL) == told.count(STACK) == 1


@pytest.mark.parametrize("end", [SEND, FAULT])
def test_without_faulthandler_the_tail_is_there_alone(tmp_path: Path, end: str) -> None:
    status, told = run(tmp_path, end=end)
    assert status == -signal.SIGSEGV
    assert told.count(TAIL) == 1
    assert STACK not in told


def test_a_fault_on_another_thread_is_told(tmp_path: Path) -> None:
    end = f"thread = threading.Thread(target=lambda: {FAULT}); thread.start(); thread.join()"
    status, told = run(tmp_path, before="faulthandler.enable()", end=end)
    assert status == -signal.SIGSEGV
    assert told.count(TAIL) == told.count(STACK) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("faulthandler.enable()", "zcgpu.flight_recorder(None)"),
        ("", "faulthandler.enable(); zcgpu.flight_recorder(None)"),
        ("", "faulthandler.enable(); zcgpu.flight_recorder(None); faulthandler.disable(); "
             "faulthandler.enable()"),
    ],
)  # fmt: skip
def test_no_tail_is_there_once_recording_has_ended(tmp_path: Path, before: str, after: str) -> None:
    status, told = run(tmp_path, before=before, after=after)
    assert status == -signal.SIGSEGV
    assert TAIL not in told
    assert told.count(STACK) == 1


@pytest.mark.parametrize("before", ["", "faulthandler.enable()"])
def test_each_may_be_switched_off_and_on_in_any_order(tmp_path: Path, before: str) -> None:
    after = "\n".join(
        ["faulthandler.enable()", "zcgpu.flight_recorder(None)", "zcgpu.flight_recorder(path)"] * 3
    )
    status, told = run(tmp_path, before=before, after=after)
    assert status == -signal.SIGSEGV
    assert told.count(TAIL) == told.count(STACK) == 1


def test_a_handler_of_the_program_still_has_its_say(tmp_path: Path) -> None:
    before = "signal.signal(number, lambda *_: print('mine', file=sys.stderr) or os._exit(3))"
    status, told = run(tmp_path, "SIGABRT", before=before)
    assert status == 3
    assert told.endswith("mine\n")


def test_a_signal_that_the_program_ignores_is_ignored(tmp_path: Path) -> None:
    before = "signal.signal(number, signal.SIG_IGN)"
    assert run(tmp_path, "SIGFPE", before=before, end=SEND + "; os._exit(0)") == (0, "")


def test_no_handler_is_left_after_the_end(tmp_path: Path) -> None:
    after = """
def caught():
    (line,) = [line for line in open("/proc/self/status") if line.startswith("SigCgt")]
    return int(line.split()[1], 16) >> (number - 1) & 1
print(caught(), file=sys.stderr)
zcgpu.flight_recorder(None)
print(caught(), file=sys.stderr)
"""
    status, told = run(tmp_path, after=after, end="")
    assert (status, told) == (0, "1\n0\n")
