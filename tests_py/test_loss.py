"""Contexts that the driver gives up for real: what becomes of all that was made in them."""

from pathlib import Path

import pytest
from angle import build_losing_egl, gl_functions, output_of

START = """
import threading
import numpy as np
import zcgpu
from losing import lose
from sources import COUNTER, FILTER, colour

RED = (255, 0, 51, 255)
context = zcgpu.Context(dialect="es")
scene = context.scene(colour("vec4(1.0, 0.0, 0.2, 1.0)"))
frame = scene.render(8, 8)
assert "ANGLE" in context.info["renderer"]

def is_lost(use):
    try:
        use()
    except zcgpu.ContextLostError as error:
        assert "reinitialize() starts anew" in str(error), error
        return True
    return False
"""


@pytest.fixture(scope="module")
def losing_egl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_losing_egl(tmp_path_factory.mktemp("angle"))


@pytest.mark.parametrize(
    "use",
    [
        "scene.render(8, 8)",
        "scene.render_into(np.zeros((8, 8, 4), np.uint8))",
        "scene.reset()",
        "np.asarray(frame)",
        "bytes(memoryview(frame))",
        "context.frame(np.zeros((2, 2, 4), np.uint8))",
        "context.scene(FILTER)",
        "context.batch().__enter__()",
    ],
)
def test_a_loss_is_told_by_the_next_call_and_recovered_from(use: str) -> None:
    program = f"""
lose(context)
assert is_lost(lambda: {use})
assert is_lost(lambda: {use})
assert context.validate()["phase"] == "lost"
assert context.validate()["reason"]
context.reinitialize()
assert context.validate()["phase"] == "live"
assert context.generation == 2
assert (np.asarray(scene.render(8, 8)) == RED).all()
"""
    assert output_of(START + program) == ""


def test_frames_of_a_lost_generation_are_stale_and_their_pixels_stay() -> None:
    program = """
view = np.asarray(frame)
unread = scene.render(4, 4)
showing = context.scene(FILTER)
lose(context)
context.reinitialize()
for use in (lambda: np.asarray(unread), lambda: showing.render(4, 4, inputs={"inputImage": frame})):
    try:
        use()
    except zcgpu.StaleError as error:
        assert "generation 1" in str(error) and "generation 2" in str(error), error
    else:
        print("used")
assert (view == RED).all()
assert not unread.usable
unread.close()
"""
    assert output_of(START + program) == ""


def test_nothing_of_a_lost_generation_is_deleted_in_the_next() -> None:
    # GL names begin at 1 in each context: those of the lost one come again in the new one.
    program = """
dead = [scene.render(8, 8) for _ in range(20)]
counters = [context.scene(COUNTER) for _ in range(5)]
for counter in counters:
    counter.render(8, 8)
lose(context)
assert is_lost(lambda: scene.render(8, 8))
del dead[:5], counters[:2]  # dropped between loss and recovery
context.reinitialize()
pictures = [np.full((8, 8, 4), 10 * n, np.uint8) for n in range(1, 21)]
made_anew = [context.frame(picture) for picture in pictures]
programs = [context.scene(colour(f"vec4({n}.0 / 255.0)")) for n in range(1, 6)]
del dead, counters, frame
for n in range(40):  # turns in which what was dropped would be given back, and then used again
    assert (np.asarray(scene.render(8, 8)) == RED).all()
for picture, made in zip(pictures, made_anew):
    assert (np.asarray(made) == picture).all(), picture[0, 0]
for n, program in enumerate(programs, 1):
    assert (np.asarray(program.render(8, 8)) == n).all(), n
"""
    assert output_of(START + program) == ""


def test_persistent_buffers_start_anew_after_a_loss() -> None:
    program = """
import logging
told = []
class Told(logging.Handler):
    def emit(self, record):
        told.append(record.getMessage())
logging.getLogger("zcgpu").addHandler(Told())
counter = context.scene(COUNTER)
for n in range(1, 4):
    counter.render(2, 2)
for generation in range(5):
    lose(context)
    context.reinitialize()
    for n in range(1, 4):
        assert (np.asarray(counter.render(2, 2)) == n).all()
assert len(told) == 5 and all("starts anew" in line for line in told), told
"""
    assert output_of(START + program) == ""


def test_a_fence_that_failed_with_its_context_never_counts_as_finished(losing_egl: Path) -> None:
    # The driver answers 0x911D (WAIT_FAILED) when it is asked after the fence of a lost context.
    program = """
from losing import lose_before, lost_before
dropped = [scene.render(256, 256) for _ in range(4)]
lose_before("glClientWaitSync")
del dropped
kept = scene.render(8, 8)
assert lost_before() == "glClientWaitSync"
assert context.validate()["waiting"] == 4, context.validate()
assert is_lost(lambda: scene.render(8, 8))
assert context.validate()["waiting"] == 4, context.validate()
context.reinitialize()
assert context.validate()["waiting"] == 0
assert (np.asarray(scene.render(8, 8)) == RED).all()
"""
    assert output_of(START + program, egl=losing_egl) == ""


def test_a_loss_in_the_middle_of_a_call_is_told_whichever_gl_call_it_comes_before(
    losing_egl: Path,
) -> None:
    program = """
from losing import lose_before_call, lost_before
from sources import image, number

picture = np.arange(6 * 4 * 4, dtype=np.uint8).reshape(6, 4, 4)
shown = context.scene(FILTER)
into = np.zeros((6, 4, 4), np.uint8)
plain = colour(
    "vec4(0.2) + IMG_THIS_PIXEL(i) * (n + c + RENDERSIZE.x) * 0.0",
    inputs=[image("i"), number("n"), {"NAME": "c", "TYPE": "color"}],
)

def reinitialize():
    context.reinitialize()  # where the new context is lost at once, another display's is taken
    shown.inputs["inputImage"] = picture
    return shown.render(4, 6)

uses = [
    (picture, lambda: shown.render(4, 6)),
    (picture, lambda: shown.render_into(into)),
    (picture, lambda: context.frame(picture)),
    (picture, lambda: context.scene(FILTER).render(4, 6, inputs={"inputImage": picture})),
    (np.full((6, 4, 4), 1, np.uint8), lambda: context.scene(COUNTER).render(4, 6)),
    (np.full((6, 4, 4), 51, np.uint8), lambda: context.scene(plain).render(4, 6)),
    (picture, lambda: (shown.reset(), shown.render(4, 6))[1]),
    (picture, reinitialize),
]
before = set()
for right, use in uses:
    call = 0
    while call == 0 or lost_before():
        call += 1
        shown.inputs["inputImage"] = picture
        spare = [scene.render(8, 8) for _ in range(3)]
        del spare  # to be buried behind a fence
        lose_before_call(call)
        is_told = is_lost(lambda: np.testing.assert_array_equal(use(), right))
        if not lost_before():
            lose_before_call(0)
            assert not is_told
            continue
        before.add(lost_before())
        assert is_lost(lambda: scene.render(8, 8)) or use is reinitialize, lost_before()
        context.reinitialize()
        assert (np.asarray(scene.render(8, 8)) == RED).all()
        shown.inputs["inputImage"] = picture
        np.testing.assert_array_equal(use(), right)
    assert call > 10
print(*sorted(before))
"""
    seen = set(output_of(START + program, egl=losing_egl).split())
    # Not all: a fence that is done sooner moves what comes after it, and nothing is refused here.
    assert len(seen & set(gl_functions())) > len(gl_functions()) / 2


def test_threads_that_render_are_all_told_of_a_loss_and_go_on_after_it(losing_egl: Path) -> None:
    program = """
from losing import lose_before, lost_before
ROUNDS, THREADS = 5, 4
wrong = []
lost = threading.Barrier(THREADS + 1)
recovered = threading.Barrier(THREADS + 1)

def draw(red):
    try:
        mine = context.scene(colour(f"vec4({red}.0 / 255.0, 0.0, 0.0, 1.0)"))
        for _ in range(ROUNDS):
            drawing.wait()
            try:
                while True:
                    if not (np.asarray(mine.render(8, 8)) == (red, 0, 0, 255)).all():
                        wrong.append(red)
            except (zcgpu.ContextLostError, zcgpu.StaleError):
                lost.wait()
            recovered.wait()
            if not (np.asarray(mine.render(8, 8)) == (red, 0, 0, 255)).all():
                wrong.append(red)
    except Exception as error:
        wrong.append(error)
        for gate in (drawing, lost, recovered):
            gate.abort()

drawing = threading.Barrier(THREADS + 1)
threads = [threading.Thread(target=draw, args=(10 * n,)) for n in range(1, THREADS + 1)]
for thread in threads:
    thread.start()
for _ in range(ROUNDS):
    drawing.wait()
    lose_before("glDrawArrays")  # of whichever thread draws next
    lost.wait()
    assert lost_before()
    context.reinitialize()
    recovered.wait()
for thread in threads:
    thread.join()
print(wrong)
"""
    assert output_of(START + program, egl=losing_egl) == "[]\n"


def test_a_thread_that_waits_for_a_batch_is_told_that_its_context_was_lost() -> None:
    program = """
told = []

def draw():
    told.append(is_lost(lambda: scene.render(8, 8)))

thread = threading.Thread(target=draw)
with context.batch():
    scene.render(8, 8)
    lose(context)
    thread.start()
    assert is_lost(lambda: scene.render(8, 8))
thread.join()
assert told == [True]
context.reinitialize()
assert (np.asarray(scene.render(8, 8)) == RED).all()
"""
    assert output_of(START + program) == ""


def test_a_batch_goes_on_in_the_next_generation() -> None:
    program = """
with context.batch():
    lose(context)
    assert is_lost(lambda: scene.render(8, 8))
    context.reinitialize()
    assert (np.asarray(scene.render(8, 8)) == RED).all()
    with zcgpu.Context() as other, other.batch():
        lose(context)
        assert is_lost(context.make_current)
        assert (np.asarray(other.frame(np.full((2, 2, 4), 7, np.uint8))) == 7).all()
context.reinitialize()
assert (np.asarray(scene.render(8, 8)) == RED).all()
"""
    assert output_of(START + program) == ""


def test_losing_one_context_leaves_the_others_whole() -> None:
    program = """
with zcgpu.Context() as other:
    counter = other.scene(COUNTER)
    for n in range(1, 4):
        lose(context)
        assert (np.asarray(counter.render(2, 2)) == n).all()
        context.reinitialize()
        assert (np.asarray(scene.render(8, 8)) == RED).all()
"""
    assert output_of(START + program) == ""


@pytest.mark.parametrize(
    "ending",
    [
        "pass",
        "is_lost(lambda: scene.render(8, 8))",
        "context.close()",
        "del context",
        "del scene, frame",
        "context.reinitialize()",
        "context.reinitialize(); scene.render(64, 64)",
        "is_lost(context.batch().__enter__)",
        "is_lost(lambda: memoryview(frame))",
        "threading.Thread(target=is_lost, args=(lambda: scene.render(8, 8),)).start()",
    ],
)
def test_a_program_may_end_after_a_loss(ending: str) -> None:
    assert output_of(START + "\nlose(context)\n" + ending) == ""


@pytest.mark.parametrize("ending", ["pass", "lose(context)", "del context, scene, scenes, frame"])
def test_a_program_may_end_while_a_drivers_threads_work(ending: str) -> None:
    # The first draw of each shader is compiled on a thread of the driver. The driver's library is
    # taken down by exit() under that thread, unless the work is waited for before.
    program = f"""
scenes = [
    context.scene(colour(f"vec4(sin({{n}}.0 * isf_FragNormCoord.x), cos({{n}}.5), 0.0, 1.0)"))
    for n in range(30)
]
for scene in scenes:
    scene.render(64, 64)
context.frame(np.zeros((1, 1, 4), np.uint8))
{ending}
"""
    for _ in range(3):
        assert output_of(START + program, environment={"MESA_SHADER_CACHE_DISABLE": "true"}) == ""
