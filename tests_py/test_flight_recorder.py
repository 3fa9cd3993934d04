"""The flight recorder: a file that tells what a process did last, however it ended."""

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from children import output_of, python
from sources import colour

import zcgpu
from zcgpu.holdings import Holdings
from zcgpu.recording import Recording

RED = colour("vec4(1.0, 0.0, 0.0, 1.0)")
START = f"""
import os, signal, sys, threading
import zcgpu
path = sys.argv[1]
SOURCE = {RED!r}
"""


@pytest.fixture
def ring(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "ring"
    zcgpu.flight_recorder(None)


def names(path: Path) -> list[str]:
    return [event.name for event in Recording.read(str(path)).events]


def test_a_recording_tells_what_was_done(ring: Path) -> None:
    assert zcgpu.flight_recorder(ring) == str(ring)
    with zcgpu.Context() as context:
        scene = context.scene(RED)
        with context.batch():
            scene.render(6, 4).to_numpy()
        context.reinitialize()
    assert zcgpu.flight_recorder(None) is None
    recording = Recording.read(str(ring))
    assert (recording.state, recording.process) == ("ended", os.getpid())
    told = [event.name for event in recording.events]
    order = ["context create", "batch begin", "draw", "read back", "batch end",
             "context end", "context reinitialize", "context end"]  # fmt: skip
    assert [name for name in told if name in order] == order
    draw = recording.events[told.index("draw")]
    assert (draw.width, draw.height, draw.bytes, draw.generation) == (6, 4, 6 * 4 * 4, 1)
    assert draw.thread == threading.get_native_id()
    assert draw.object > 0
    assert [event.time for event in recording.events] == sorted(e.time for e in recording.events)


def test_nothing_is_recorded_after_the_end(ring: Path) -> None:
    zcgpu.flight_recorder(ring)
    zcgpu.flight_recorder(None)
    before = ring.read_bytes()
    with zcgpu.Context() as context:
        context.scene(RED).render(2, 2)
    assert ring.read_bytes() == before


def test_a_recording_survives_sigkill(tmp_path: Path) -> None:
    ring = tmp_path / "ring"
    program = (
        START
        + """
zcgpu.flight_recorder(path)
context = zcgpu.Context()
scene = context.scene(SOURCE)
enough = threading.Barrier(3)
def draw():
    for n in range(25):
        scene.render(8, 8)
    enough.wait()
    while True:
        scene.render(8, 8)
threads = [threading.Thread(target=draw, daemon=True) for _ in range(2)]
for thread in threads: thread.start()
enough.wait()
with context.batch():
    scene.render(5, 5)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    )
    assert python(program, str(ring)).returncode == -signal.SIGKILL
    recording = Recording.read(str(ring))
    assert recording.state == "cut off"
    draws = [event for event in recording.events if event.name == "draw"]
    assert len(draws) >= 51
    assert len({event.thread for event in draws}) == 3
    assert recording.unfinished <= 3  # one a thread
    held = Holdings.after(recording.events)
    assert held.contexts == {1: (1, "live")}
    assert list(held.batches.values()) == [1]


def test_the_environment_switches_it_on(tmp_path: Path) -> None:
    program = START + "with zcgpu.Context() as context: context.scene(SOURCE).render(2, 2)"
    done = python(program, "", environment={"ZCGPU_FLIGHT_RECORDER": str(tmp_path / "ring-%p")})
    assert (done.returncode, done.stderr) == (0, "")
    (ring,) = tmp_path.iterdir()
    assert ring.name == f"ring-{Recording.read(str(ring)).process}"
    assert "draw" in names(ring)


def test_an_environment_that_cannot_be_followed_is_a_warning(tmp_path: Path) -> None:
    program = START + "zcgpu.Context().close(); zcgpu.Context().close()"
    done = python(program, "", environment={"ZCGPU_FLIGHT_RECORDER": str(tmp_path)})
    assert done.returncode == 0
    assert done.stderr == f"ZCGPU_FLIGHT_RECORDER: the flight recording {tmp_path}: is not a file\n"


def test_a_file_that_cannot_be_made_is_an_output_error(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine")
    for path, reason in [
        (tmp_path / "no" / "ring", "No such file or directory"),
        (tmp_path, "is not a file"),
        (Path("/dev/null"), "is not a file"),
        (Path("/proc/ring"), "No such file or directory"),
        (precious, "no flight recording; it is left as it is"),
    ]:
        with pytest.raises(zcgpu.OutputError, match=reason) as error:
            zcgpu.flight_recorder(path)
        assert str(path) in str(error.value)
    assert [path.name for path in tmp_path.iterdir()] == ["precious"]
    assert precious.read_text() == "mine"
    assert Path("/dev/null").is_char_device()


def test_a_full_disk_is_an_output_error_and_leaves_nothing() -> None:
    shared = Path("/dev/shm")  # a file system in memory
    if not shared.is_dir():
        pytest.skip("no file system in memory to fill")
    size = os.statvfs(shared).f_frsize * os.statvfs(shared).f_blocks
    if size > 1 << 30:
        # the largest ring has 1 GiB; a limit on a file's size stands for a full disk
        program = (
            START
            + """
import resource
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
try:
    zcgpu.flight_recorder(path, events=1 << 20)
except zcgpu.OutputError as error:
    print(error)
print(os.listdir(os.path.dirname(path)))
"""
        )
        folder = shared / f"zcgpu-{os.getpid()}"
        folder.mkdir()
        try:
            told = output_of(program, str(folder / "ring"))
        finally:
            folder.rmdir()
        assert told == f"the flight recording {folder}/ring: File too large\n[]\n"
    else:
        with pytest.raises(zcgpu.OutputError, match="No space left"):
            zcgpu.flight_recorder(shared / "ring", events=1 << 24)


@pytest.mark.parametrize("path", [3, b"ring", 1.5, ["ring"]])
def test_a_path_of_another_type_is_told(path: object) -> None:
    with pytest.raises(zcgpu.WrongTypeError, match="path is a str or a path, or None"):
        zcgpu.flight_recorder(path)  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["", "a\0b", "\udcff"])
def test_a_path_that_cannot_be_is_told(path: str) -> None:
    with pytest.raises(zcgpu.InvalidArgumentError, match="path of a flight recording"):
        zcgpu.flight_recorder(path)


@pytest.mark.parametrize("events", [0, -1, (1 << 24) + 1, 1 << 80])
def test_events_that_cannot_be_are_told(ring: Path, events: int) -> None:
    with pytest.raises(zcgpu.InvalidArgumentError, match="events is 1 to 16777216"):
        zcgpu.flight_recorder(ring, events=events)
    with pytest.raises(zcgpu.WrongTypeError):
        zcgpu.flight_recorder(ring, events=True)
    assert not ring.exists()


def test_the_last_events_are_kept_and_the_rest_counted(ring: Path) -> None:
    gc.collect()  # what other tests left would be recorded, too, whenever it goes
    zcgpu.flight_recorder(ring, events=64)
    with zcgpu.Context() as context:
        scene = context.scene(RED)
        for n in range(1, 101):
            scene.render(n, 1)
        recording = Recording.read(str(ring))
        assert recording.state == "recording"
        assert ring.stat().st_size == 4096 + 64 * 64
        assert recording.forgotten > 0
        assert len(recording.events) <= 64
        widths = [event.width for event in recording.events if event.name == "draw"]
        assert widths == [*range(101 - len(widths), 101)] != []


def test_one_recording_follows_another(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    with zcgpu.Context() as context:
        scene = context.scene(RED)
        for path, width in [(first, 3), (second, 4), (first, 5), (first, 6)]:
            zcgpu.flight_recorder(path)
            scene.render(width, 1)
        zcgpu.flight_recorder(None)
    assert [e.width for e in Recording.read(str(first)).events if e.name == "draw"] == [6]
    assert [e.width for e in Recording.read(str(second)).events if e.name == "draw"] == [4]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "second"]


def test_the_recording_of_a_living_process_is_not_replaced(ring: Path) -> None:
    zcgpu.flight_recorder(ring)
    program = (
        START
        + """
try:
    zcgpu.flight_recorder(path)
except zcgpu.OutputError as error:
    print(error)
"""
    )
    told = output_of(program, str(ring))
    assert f"is the recording of process {os.getpid()}, which lives; %p in the name" in told
    zcgpu.flight_recorder(None)
    assert output_of(program, str(ring)) == ""


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "real").touch()
    zcgpu.flight_recorder(tmp_path / "link")
    zcgpu.flight_recorder(None)
    assert (tmp_path / "link").is_symlink()
    assert Recording.read(str(tmp_path / "real")).state == "ended"


def test_a_forked_child_writes_nothing_into_its_parents_ring(tmp_path: Path) -> None:
    program = (
        START
        + """
zcgpu.flight_recorder(path)
child = os.fork()
if child == 0:
    with zcgpu.Context() as context:
        context.scene(SOURCE).render(7, 7)
    zcgpu.flight_recorder(path + "-child")
    with zcgpu.Context() as context:
        context.scene(SOURCE).render(8, 8)
    os._exit(0)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
with zcgpu.Context() as context:
    context.scene(SOURCE).render(9, 9)
print(child)
"""
    )
    ring = tmp_path / "ring"
    child = int(output_of(program, str(ring)))
    parents = Recording.read(str(ring))
    childs = Recording.read(f"{ring}-child")
    assert [event.width for event in parents.events if event.name == "draw"] == [9]
    assert [event.width for event in childs.events if event.name == "draw"] == [8]
    assert childs.process == child
    assert {event.thread for event in childs.events} == {child}


def test_a_file_that_somebody_cuts_short_ends_the_recording_and_nothing_else(
    tmp_path: Path,
) -> None:
    program = (
        START
        + """
zcgpu.flight_recorder(path)
with zcgpu.Context() as context:
    scene = context.scene(SOURCE)
    scene.render(2, 2)
    os.truncate(path, 0)
    print(bytes(memoryview(scene.render(1, 1)).cast("B")).hex())
    zcgpu.flight_recorder(path)
    scene.render(3, 3)
"""
    )
    ring = tmp_path / "ring"
    for options in [(), ("-X", "faulthandler")]:
        done = python(program, str(ring), options=options)
        assert (done.returncode, done.stdout) == (0, "ff0000ff\n")
        assert done.stderr == (
            "zcgpu: the flight recorder's file was cut short; recording has ended\n"
        )
        assert [e.width for e in Recording.read(str(ring)).events if e.name == "draw"] == [3]


def test_a_spawned_child_can_record_beside_its_parent(ring: Path) -> None:
    zcgpu.flight_recorder(ring)
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=_record, args=(f"{ring}-%p",))
    process.start()
    process.join()
    assert process.exitcode == 0
    assert "draw" in names(Path(f"{ring}-{process.pid}"))


def _record(path: str) -> None:
    zcgpu.flight_recorder(path)
    with zcgpu.Context() as context:
        context.scene(RED).render(2, 2)
