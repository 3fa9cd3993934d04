"""Ends of all kinds: of processes, of threads, in forks. Each in a process of its own."""

import pytest
from children import output_of

START = """
import os, sys, threading
import zcgpu
context = zcgpu.Context()
scene = context.scene("/*{}*/\\nvoid main() { gl_FragColor = vec4(1.0, 0.0, 0.0, 1.0); }")
frame = scene.render(64, 64)
"""


@pytest.mark.parametrize(
    "ending",
    [
        "pass",
        "del context",
        "del scene, frame",
        "view = memoryview(frame)",
        "batch = context.batch(); batch.__enter__()",
        "batch = context.batch(); batch.__enter__(); sys.exit(0)",
        "batch = context.batch(); batch.__enter__(); scene.render(2, 2)",
        "import atexit; atexit.register(context.close)",
        "import atexit; atexit.register(scene.render, 8, 8)",
        "sys.modules.clear()",
        "loop = [context, scene, frame]; loop.append(loop)",
        "os._exit(0)",
        "zcgpu.again = zcgpu.Context()",
        "threading.Thread(target=scene.render, args=(64, 64)).start()",
    ],
)
def test_a_program_may_end_without_closing_anything(ending: str) -> None:
    assert output_of(START + ending) == ""


def test_a_program_may_end_while_a_daemon_thread_draws() -> None:
    ending = """
started = threading.Event()
def draw():
    while True:
        scene.render(64, 64)
        started.set()
threading.Thread(target=draw, daemon=True).start()
started.wait()
"""
    assert output_of(START + ending) == ""


def test_a_program_may_end_while_a_daemon_thread_waits_in_a_batch() -> None:
    ending = """
started = threading.Event()
def wait():
    with context.batch():
        scene.render(2, 2)
        started.set()
        threading.Event().wait()
threading.Thread(target=wait, daemon=True).start()
started.wait()
"""
    assert output_of(START + ending) == ""


def test_threads_may_come_and_go() -> None:
    ending = """
def draw():
    with context.batch():
        scene.render(2, 2)
    scene.render(2, 2)
for _ in range(200):
    thread = threading.Thread(target=draw)
    thread.start()
    thread.join()
context.close()
print(scene.closed, context.closed)
"""
    assert output_of(START + ending) == "False True\n"


CHILD = """
child = os.fork()
if child == 0:
    code = 1
    try:
        {body}
    finally:
        os._exit(code)
status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
print(status, bytes(memoryview(scene.render(1, 1)).cast("B")).hex())
"""


@pytest.mark.parametrize(
    "use",
    [
        "scene.render(4, 4)",
        "scene.render_into(memoryview(bytearray(4)).cast('B', (1, 1, 4)))",
        "scene.reset()",
        "context.scene('/*{}*/\\nvoid main() {}')",
        "context.frame(memoryview(bytes(4)).cast('B', (1, 1, 4)))",
        "memoryview(frame)",
        "context.batch().__enter__()",
        "context.close()",
    ],
)
def test_a_forked_child_gets_an_error_and_not_a_hang(use: str) -> None:
    body = f"""
        try:
            {use}
        except zcgpu.ForkError as error:
            assert "forked from one that uses the GPU" in str(error), error
            code = 0
"""
    assert output_of(START + CHILD.format(body=body)) == "0 ff0000ff\n"


def test_a_forked_child_may_drop_what_it_inherited_and_end() -> None:
    program = (
        START
        + """
sys.stdout.flush()
child = os.fork()
if child == 0:
    del scene, frame, context
    import gc
    gc.collect()
    sys.exit(7)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
context.close()
"""
    )
    assert output_of(program) == "7\n"


def test_a_fork_inside_a_batch_harms_neither() -> None:
    program = (
        START
        + """
with context.batch():
    scene.render(2, 2)
    child = os.fork()
    if child == 0:
        sys.exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    scene.render(2, 2)
context.close()
print(status)
"""
    )
    # The child leaves its `with` by way of SystemExit, which is not replaced.
    assert output_of(program) == "0\n"


def test_a_fork_before_the_first_context_is_nothing_special() -> None:
    program = """
import os
import zcgpu
child = os.fork()
frame = zcgpu.render("/*{}*/\\nvoid main() { gl_FragColor = vec4(1.0); }", 2, 2)
assert bytes(memoryview(frame).cast("B")) == b"\\xff" * 16
if child:
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    assert output_of(program) == "0\n"


def test_a_forked_child_leaves_its_views_alone() -> None:
    body = "view = memoryview(view); code = 0 if view[0, 0, 0] == 255 else 1"
    program = START + "view = memoryview(frame)\n" + CHILD.format(body=body)
    assert output_of(program) == "0 ff0000ff\n"
