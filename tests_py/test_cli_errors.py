"""The command line where something is wrong: exit status, words, what is left on disk."""

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from commands import PATIENCE, ZCGPU, zcgpu
from PIL import Image
from sources import COUNTER, GRADIENT


@pytest.fixture
def shader(tmp_path: Path) -> Path:
    path = tmp_path / "a.fs"
    path.write_text(GRADIENT)
    return path


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["rendr"], "invalid choice: 'rendr'"),
        (["render", "a.fs"], "the following arguments are required: -o/--output"),
        (["render", "-o", "a.png"], "the following arguments are required: SHADER"),
        (["render", "a.fs", "-o", "a.png", "--size", "640"], "a size is WIDTHxHEIGHT, 1280x720"),
        (["render", "a.fs", "-o", "a.png", "--size", "axb"], "not 'axb'"),
        (["render", "a.fs", "-o", "a.png", "--frames", "0"], "a number of frames is 1 or more"),
        (["render", "a.fs", "-o", "a.png", "--frames", "2.5"], "not '2.5'"),
        (["render", "a.fs", "-o", "a.png", "--fps", "0"], "a frame rate is more than 0"),
        (["render", "a.fs", "-o", "a.png", "--fps", "inf"], "a frame rate is more than 0"),
        (["render", "a.fs", "-o", "a.png", "--time", "x"], "invalid float value: 'x'"),
        (["render", "a.fs", "-o", "a.png", "--time", "1", "--frames", "2"], "not allowed with"),
        (["render", "a.fs", "-o", "a.png", "--input", "speed"], "write NAME=VALUE, not 'speed'"),
        (["render", "a.fs", "-o", "a.png", "--image", "=x"], "write NAME=VALUE, not '=x'"),
        (["render", "a.fs", "-o", "a.png", "--dialect", "vulkan"], "choose from"),
        (["render", "a.fs", "-o", "a.png", "--speed", "1"], "unrecognized arguments: --speed"),
        (["check"], "the following arguments are required: FILE"),
    ],
)
def test_wrong_arguments_end_with_2_and_the_usage(arguments: list[str], words: str) -> None:
    done = zcgpu(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: zcgpu")
    assert words in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing.fs", "-o", "a.png"], "missing.fs: cannot read a shader (No such file"),
        (["a.fs", "-o", "a.bmp"], "a.bmp: no picture is written as .bmp; give it one of .jpeg"),
        (["a.fs", "-o", "a"], "a: the name has no ending"),
        (["a.fs", "-o", "a.png", "--frames", "2"], "2 frames need a pattern, such as f_%04d.png"),
        (["a.fs", "-o", "a%d%d.png"], "a%d%d.png: no pattern for frame numbers"),
        (["a.fs", "-o", "a%q.png"], "a%q.png: no pattern for frame numbers"),
        (["a.fs", "-o", "no/a.png"], "no/a.png: cannot write into no (No such file or directory)"),
        (["a.fs", "-o", "a.fs/a.png"], "cannot write into a.fs (Not a directory)"),
        (["a.fs", "-o", "a.png", "--size", "0x9"], "a frame cannot be 0 x 9 pixels"),
        (["a.fs", "-o", "a.png", "--size", "99999x9"], "each side is 1 to"),
        (
            ["a.fs", "-o", "a.png", "--time", "nan"],
            "time is seconds, a number that a 32-bit float holds",
        ),
        (["a.fs", "-o", "a.png", "--input", "speed=1"], "no input 'speed'"),
        (["a.fs", "-o", "a.png", "--image", "x=b.png"], "no input 'x'"),
        (["bad.fs", "-o", "a.png"], "bad.fs:3:2: error: "),
    ],
)
def test_what_cannot_be_drawn_ends_with_1_and_the_reason(
    shader: Path, arguments: list[str], words: str
) -> None:
    folder = shader.parent
    (folder / "bad.fs").write_text("/*{}*/\nvoid main() {\n nay = nope;\n}\n")
    before = sorted(os.listdir(folder))
    done = zcgpu("render", "--size", "8x8", *arguments, folder=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("zcgpu: ")
    assert "Traceback" not in done.stderr
    assert words in done.stderr
    assert sorted(os.listdir(folder)) == before


def test_a_reader_that_has_had_enough_is_no_error_message(shader: Path) -> None:
    command = [*ZCGPU, "render", str(shader), "-o", "-", "--size", "640x480", "--frames", "99"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert len(process.stdout.read(10)) == 10
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(PATIENCE) == 1


def test_a_full_standard_output_is_told(shader: Path) -> None:
    with open("/dev/full", "wb") as full:
        command = [*ZCGPU, "render", str(shader), "-o", "-", "--size", "640x480"]
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=PATIENCE, check=False
        )
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


def terminal() -> tuple[int, int]:
    """Both ends of a terminal of 80 columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    return ours, theirs


def read_until(end: int, pattern: str, least: int) -> str:
    """What a terminal shows, until a number in it is large enough."""
    text = ""
    while not any(int(number) >= least for number in re.findall(pattern, text)):
        text += os.read(end, 4096).decode()
    return text


def read_all(end: int) -> str:
    """What a terminal shows until nobody has its other end any more."""
    text = ""
    try:
        while data := os.read(end, 4096):
            text += data.decode()
    except OSError:  # how Linux says so
        pass
    os.close(end)
    return text


@contextmanager
def interruptible() -> Iterator[None]:
    """A child that is started now heeds Ctrl-C, also where the tests run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_being_stopped_leaves_only_whole_files(tmp_path: Path, told: signal.Signals) -> None:
    shader = tmp_path / "a.fs"
    shader.write_text(COUNTER)
    folder = tmp_path / "out"
    folder.mkdir()
    ours, theirs = terminal()
    command = [*ZCGPU, "render", str(shader), "-o", str(folder / "f_%06d.png")]
    command += ["--size", "160x120", "--frames", "9999"]
    with interruptible(), subprocess.Popen(command, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        # By then some have been waited for: the queue is twice as long as there are cores.
        shown = read_until(ours, r"(\d+)/9999", least=2 * (os.cpu_count() or 1) + 8)
        process.send_signal(told)
        shown += read_all(ours)
        assert process.wait(PATIENCE) == 130
    assert "zcgpu: stopped; the files written so far are whole" in shown
    assert "Traceback" not in shown
    names = sorted(os.listdir(folder))
    assert 8 <= len(names) < 9999
    assert names == [f"f_{n:06}.png" for n in range(len(names))]
    for n, name in enumerate(names):
        with Image.open(folder / name) as picture:
            picture.load()
            assert picture.size == (160, 120)
            assert picture.getpixel((0, 0)) == (min(n + 1, 255),) * 4


@pytest.mark.parametrize("options", [(), ("--quiet",)])
def test_progress_is_for_terminals(shader: Path, options: tuple[str, ...]) -> None:
    ours, theirs = terminal()
    command = [*ZCGPU, "render", str(shader), "-o", str(shader.parent / "f_%d.png")]
    command += ["--size", "8x8", "--frames", "3", *options]
    done = subprocess.run(
        command, stderr=theirs, stdout=subprocess.PIPE, timeout=PATIENCE, check=False
    )
    os.close(theirs)
    shown = read_all(ours)
    assert (done.returncode, done.stdout) == (0, b"")
    if options:
        assert shown == ""
    else:
        assert re.search(r"a\.fs: .*3/3.*frame/s|a\.fs: .*3/3.*s/frame", shown)
