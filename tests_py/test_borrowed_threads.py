"""Borrowed contexts and threads, forks and exits."""

import ctypes
import threading
from collections.abc import Callable, Iterator
from functools import partial

import host_gl
import hosts
import numpy as np
import pytest
from children import output_of
from host_disorder import DISORDERS
from side_by_side import together
from sources import COUNTER, colour

import zcgpu

CORE = (hosts.OPENGL, (4, 5), hosts.CORE)


@pytest.fixture
def gl() -> Iterator[hosts.Binding]:
    """A host of the core profile, its context current."""
    with hosts.context(*CORE) as binding:
        yield binding


def test_each_thread_draws_in_its_own_hosts_context() -> None:
    def draw(red: int) -> None:
        with hosts.context(*CORE), zcgpu.Context.from_current() as context:
            DISORDERS["scissor"].make()
            before = host_gl.state()
            scene = context.scene(colour(f"vec4({red}.0 / 255.0, 0.0, 1.0, 1.0)"))
            for _ in range(20):
                assert (np.asarray(scene.render(4, 4)) == (red, 0, 255, 255)).all()
            assert host_gl.state() == before

    together([partial(draw, red) for red in (10, 20, 30, 40)])


def test_a_host_may_move_its_context_to_another_thread(gl: hosts.Binding) -> None:
    with zcgpu.Context.from_current() as context:
        scene = context.scene(COUNTER)
        assert (np.asarray(scene.render(2, 2)) == 1).all()
        hosts.make_nothing_current()

        def go_on() -> None:
            hosts.make_current(gl.context)
            assert (np.asarray(scene.render(2, 2)) == 2).all()
            with context.batch():
                assert (np.asarray(scene.render(2, 2)) == 3).all()
            hosts.make_nothing_current()

        together([go_on])
        with pytest.raises(zcgpu.NotCurrentError):
            scene.render(2, 2)
        hosts.make_current(gl.context)
        assert (np.asarray(scene.render(2, 2)) == 4).all()
        assert context.generation == 1


def test_threads_without_the_context_do_not_disturb_the_one_that_has_it(gl: hosts.Binding) -> None:
    done = threading.Event()
    with zcgpu.Context.from_current() as context:
        scene = context.scene(COUNTER)

        def intrude() -> None:
            while not done.is_set():
                with pytest.raises(zcgpu.NotCurrentError):
                    scene.render(2, 2)

        intruders = [threading.Thread(target=intrude) for _ in range(3)]
        for intruder in intruders:
            intruder.start()
        for n in range(1, 60):
            assert (np.asarray(scene.render(2, 2)) == n).all()
        done.set()
        for intruder in intruders:
            intruder.join()
        assert context.generation == 1


def test_dropping_on_another_thread_leaves_deleting_to_the_hosts(gl: hosts.Binding) -> None:
    with zcgpu.Context.from_current() as context:
        scene = context.scene(COUNTER)
        frames = [scene.render(2, 2) for _ in range(8)]
        together([frames.clear])
        for n in range(9, 12):
            assert (np.asarray(scene.render(2, 2)) == n).all()
    assert hosts.binding() == gl
    assert host_gl.errors() == []


def listener(body: Callable[[], object]) -> object:
    """A debug callback, which GL calls in the middle of whatever is being done."""
    kind = ctypes.CFUNCTYPE(None, *[ctypes.c_uint] * 5, ctypes.c_void_p, ctypes.c_void_p)
    return kind(lambda *_: (body(), None)[1])


def test_a_hosts_debug_callback_cannot_come_back_in(gl: hosts.Binding) -> None:
    heard: list[object] = []

    def listen() -> None:
        try:
            scene.render(2, 2)
        except zcgpu.Error as error:
            heard.append(type(error))

    callback = listener(listen)
    with zcgpu.Context.from_current() as context:
        scene = context.scene(COUNTER)
        host_gl.call("glEnable", 0x92E0)
        host_gl.call("glEnable", 0x8242)
        host_gl.call("glEnable", 0xFFFF)
        host_gl.call("glDebugMessageCallback", callback, None)
        assert (np.asarray(scene.render(2, 2)) == 1).all()  # the error is caused again
        assert heard
        assert set(heard) == {zcgpu.ReentryError}
        host_gl.call("glDebugMessageCallback", None, None)
        assert host_gl.errors() == [0x0500]


BORROWED = """
import hosts, zcgpu
hosts.make_current(hosts.create(hosts.OPENGL, (4, 5), hosts.CORE))
context = zcgpu.Context.from_current()
scene = context.scene({source!r})
frame = scene.render(64, 64)
"""


def test_a_forked_child_is_refused() -> None:
    program = BORROWED + (
        "import os\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    for attempt in (lambda: scene.render(2, 2), zcgpu.Context.from_current):\n"
        "        try: attempt()\n"
        "        except zcgpu.Error as error: print(type(error).__name__)\n"
        "    import sys; sys.stdout.flush(); os._exit(0)\n"
        "print(os.waitpid(child, 0)[1], scene.render(2, 2).usable)\n"
        "context.close()\n"
    )
    said = output_of(
        "import sys; sys.path.insert(0, 'tests_py')\n" + program.format(source=COUNTER)
    )
    assert said.splitlines()[0] == "ForkError"
    assert said.splitlines()[-1] == "0 True"


@pytest.mark.parametrize("end", ["pass", "hosts.make_nothing_current()", "del context, scene"])
def test_exit_with_a_borrowed_context_open_is_quiet(end: str) -> None:
    program = BORROWED.format(source=COUNTER) + end + "\nprint('to its end')\n"
    said = output_of("import sys; sys.path.insert(0, 'tests_py')\n" + program)
    assert said == "to its end\n"


def test_a_pool_of_a_borrowed_context_goes_on_in_its_generations(gl: hosts.Binding) -> None:
    with zcgpu.Context.from_current() as context:
        for generation in range(1, 4):
            assert context.generation == generation
            frame = context.pool().frame(4, 4)
            assert (np.asarray(frame) == 0).all()
            frame.close()
            context.pool().purge()
            context.reinitialize()
    assert host_gl.errors() == []
