"""A forked child has contexts of its own, or is told why not. Each in a process of its own."""

import pytest
from children import output_of

START = """
import os, sys, threading
import zcgpu

RED = "/*{}*/\\nvoid main() { gl_FragColor = vec4(1.0, 0.0, 0.0, 1.0); }"
RAMP = "/*{}*/\\nvoid main() { gl_FragColor = vec4(isf_FragNormCoord, 0.0, 1.0); }"

def pixels(frame):
    return bytes(memoryview(frame).cast("B"))

def waited(child):
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

context = zcgpu.Context()
scene = context.scene(RED)
frame = scene.render(1, 1)
"""

OWN = """
child = os.fork()
if child == 0:
    with zcgpu.Context() as own:
        drawn = pixels(own.scene(RAMP).render(2, 2))
        own.reinitialize()
        again = pixels(own.scene(RAMP).render(2, 2))
    # Pixel centres at 1/4 and 3/4 of 255, row 0 on top.
    top, bottom = [64, 191, 0, 255, 191, 191, 0, 255], [64, 64, 0, 255, 191, 64, 0, 255]
    assert drawn == again == bytes(top + bottom), list(drawn)
    {end}
print(waited(child), pixels(scene.render(1, 1)).hex())
context.close()
"""


@pytest.mark.parametrize("end", ["sys.exit(7)", "os._exit(7)"])
def test_a_forked_child_makes_a_context_of_its_own(end: str) -> None:
    assert output_of(START + OWN.format(end=end)) == "7 ff0000ff\n"


def test_what_a_forked_child_prints_last_is_not_lost() -> None:
    program = (
        START
        + """
sys.stdout.flush()
if os.fork() == 0:
    with zcgpu.Context() as own:
        print(pixels(own.scene(RED).render(1, 1)).hex())
else:
    os.wait()
"""
    )
    assert output_of(program) == "ff0000ff\n"


def test_a_forked_child_with_a_context_of_its_own_is_still_refused_the_old_one() -> None:
    program = (
        START
        + """
child = os.fork()
if child == 0:
    own = zcgpu.Context()
    uses = [lambda: scene.render(1, 1), lambda: memoryview(frame), lambda: context.frame(frame)]
    for use in uses:
        try:
            use()
        except zcgpu.ForkError:
            continue
        os._exit(1)
    os._exit(0)
print(waited(child))
context.close()
"""
    )
    assert output_of(program) == "0\n"


REFUSED = """
child = os.fork()
if child == 0:
    try:
        zcgpu.Context()
    except zcgpu.ForkError as error:
        print(error, flush=True)
    os._exit(0)
os.waitpid(child, 0)
"""


def test_a_fork_inside_a_batch_is_told_what_was_wrong() -> None:
    batch = "\nwith context.batch():\n    scene.render(1, 1)" + REFUSED.replace("\n", "\n    ")
    assert "a GL context was current on the thread that forked" in output_of(
        START + batch + "\ncontext.close()\n"
    )


def test_a_grandchild_for_which_no_display_is_left_is_told_so() -> None:
    program = (
        START + "zcgpu.doctor()  # opens every display there is" + REFUSED + "context.close()\n"
    )
    told = output_of(program)
    assert "no display is left for it" in told
    assert "it was opened before this process was forked" in told


CHILD = """
def forked():
    child = os.fork()
    if child:
        return waited(child)
    code = 1
    try:
        with zcgpu.Context() as own:
            code = 0 if pixels(own.scene(RED).render(1, 1)) == b"\\xff\\0\\0\\xff" else 2
    except zcgpu.ForkError as error:
        code = 4 if "another thread was using the GPU" in str(error) else 3
    os._exit(code)
"""


def test_a_fork_waits_for_the_draws_of_other_threads() -> None:
    program = (
        START
        + CHILD
        + """
stop = threading.Event()
def draw():
    mine = context.scene(RAMP)
    target = memoryview(bytearray(512 * 512 * 4)).cast("B", (512, 512, 4))
    while not stop.is_set():
        mine.render_into(target)
threads = [threading.Thread(target=draw) for _ in range(2)]
for thread in threads:
    thread.start()
codes = {forked() for _ in range(20)}
stop.set()
for thread in threads:
    thread.join()
context.close()
print(codes)
"""
    )
    # Nearly all of their time those threads are inside the driver.
    assert output_of(program) == "{0}\n"


def test_a_fork_that_waited_in_vain_leaves_a_child_that_is_told_so() -> None:
    program = (
        START
        + CHILD
        + """
scene = context.scene('''/*{}*/
void main() {
  float sum = 0.0;
  for (int i = 0; i < 20000; i++) sum = fract(sum * 1.7 + gl_FragCoord.x);
  gl_FragColor = vec4(sum);
}''')
target = memoryview(bytearray(1024 * 1024 * 4)).cast("B", (1024, 1024, 4))
long = threading.Thread(target=lambda: scene.render_into(target))
long.start()
codes = set()
while long.is_alive() and 4 not in codes:
    codes.add(forked())
long.join()
context.close()
print(codes - {0})
"""
    )
    assert output_of(program) == "{4}\n"
