"""What the logger `zcgpu` is told: warnings at boundaries, and more where ZCGPU_LOG asks for it."""

import logging
import threading

import numpy as np
import pytest
from children import output_of, python
from sources import COUNTER, FILTER, colour

import zcgpu

RED = colour("vec4(1.0, 0.0, 0.0, 1.0)")
START = f"""
import logging, sys
import zcgpu
SOURCE = {RED!r}
KEPT = {COUNTER!r}
"""


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The warnings so far, and none of them again."""
    told = [record.getMessage() for record in caplog.records]
    assert all((r.name, r.levelno) == ("zcgpu", logging.WARNING) for r in caplog.records)
    caplog.clear()
    return told


def test_persistent_content_that_starts_anew_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    with zcgpu.Context() as context:
        scene = context.scene(COUNTER)
        context.reinitialize()
        scene.render(2, 2)
        assert warnings(caplog) == []  # it had drawn nothing
        context.reinitialize()
        context.reinitialize()
        assert np.asarray(scene.render(2, 2))[0, 0, 0] == 1
        (told,) = warnings(caplog)
        assert "persistent content starts anew ('kept')" in told
        assert "drawn in generation 2 of context" in told
        assert told.endswith("which is in generation 4")
        scene.render(2, 2)
        assert warnings(caplog) == []


def test_a_scene_without_persistent_content_starts_anew_quietly(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with zcgpu.Context() as context:
        scene = context.scene(RED)
        scene.render(2, 2)
        context.reinitialize()
        scene.render(2, 2)
    assert warnings(caplog) == []


def test_a_hundred_failing_frames_are_one_warning(caplog: pytest.LogCaptureFixture) -> None:
    picture = np.full((2, 2, 4), 9, np.uint8)
    with zcgpu.Context() as context:
        scene = context.scene(FILTER)
        for _ in range(2):
            scene.inputs["inputImage"] = picture
            scene.render(2, 2)
            assert warnings(caplog) == []
            context.reinitialize()
            for _ in range(100):
                with pytest.raises(zcgpu.StaleError):
                    scene.render(7, 3)
            (told,) = warnings(caplog)
            assert "fails to draw 7 x 3 in generation" in told
            assert "image 'inputImage': texture " in told
            assert "GL has program " in told
            assert ", framebuffer " in told
            assert ", viewport " in told
            assert ", unit 0: " in told


def test_a_failure_that_is_the_callers_is_no_warning(caplog: pytest.LogCaptureFixture) -> None:
    with zcgpu.Context() as context:
        scene = context.scene(RED)
        with pytest.raises(zcgpu.SizeError):
            scene.render(0, 0)
        with pytest.raises(zcgpu.UnknownInputError):
            scene.render(1, 1, inputs={"x": 1})
    assert warnings(caplog) == []


def test_a_loss_is_an_exception_and_no_warning(caplog: pytest.LogCaptureFixture) -> None:
    with zcgpu.Context() as context:
        scene = context.scene(RED)
        context.simulate_loss()
        with pytest.raises(zcgpu.ContextLostError):
            scene.render(2, 2)
    assert warnings(caplog) == []


def test_nothing_is_told_of_frames_that_do_well(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "zcgpu")
    with zcgpu.Context() as context:
        context.scene(RED).render(2, 2)
    assert warnings(caplog) == []


TALK = """
logging.basicConfig(level=logging.DEBUG, format="%(levelname)s %(name)s %(message)s",
                    stream=sys.stdout)
with zcgpu.Context() as context:
    scene = context.scene(SOURCE)
    scene.render(6, 4).close()
    scene.render(6, 4).close()
"""


def told_with(words: str, program: str = TALK) -> list[str]:
    done = python(START + program, environment={"ZCGPU_LOG": words})
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("words", "topics"),
    [("gl", {"gl"}), ("lease", {"lease"}), ("pool", {"pool"}), ("import", set()),
     ("gl, LEASE,pool", {"gl", "lease", "pool"})],
)  # fmt: skip
def test_the_environment_asks_for_lines_by_topic(words: str, topics: set[str]) -> None:
    lines = told_with(words)
    assert {line.split()[2].rstrip(":") for line in lines} == topics
    assert all(line.startswith("DEBUG zcgpu ") for line in lines)


def test_a_line_tells_what_it_is_about() -> None:
    (draw, _) = [line for line in told_with("gl") if " draw" in line]
    assert draw.startswith("DEBUG zcgpu gl: draw, context 1 generation 1, object ")
    assert draw.endswith(", 6 x 4, 96 bytes")
    lines = told_with("lease")
    assert any(": lease open," in line and line.endswith(", presenter") for line in lines)


def test_unknown_words_are_told_once() -> None:
    lines = told_with("gl,gpu", TALK + TALK)
    warned = [line for line in lines if line.startswith("WARNING")]
    assert warned == [
        "WARNING zcgpu ZCGPU_LOG has no word 'gpu'; there are gl, lease, pool, import"
    ]


def test_nothing_is_said_and_logging_not_imported_without_the_switch() -> None:
    program = "with zcgpu.Context() as context: context.scene(SOURCE).render(2, 2)"
    bare = "import sys, zcgpu\n" + f"SOURCE = {RED!r}\n" + program
    assert output_of(bare + "\nprint('logging' in sys.modules)") == "False\n"


def test_lines_that_nobody_takes_are_counted() -> None:
    program = """
import threading
logging.basicConfig(level=logging.DEBUG, format="%(message)s", stream=sys.stdout)
with zcgpu.Context() as context:
    frame = context.scene(SOURCE).render(1, 1)
    for _ in range(2000):
        frame.lease("cache").release()
    frame.close()
"""
    lines = told_with("lease", program)
    dropped = [line for line in lines if "lines were dropped: more came than were taken" in line]
    assert len(dropped) == 1
    number = int(dropped[0].split()[0])
    taken = len([line for line in lines if line.startswith("lease: ")])
    # an opening, 2000 acquisitions, 2001 releases, an end
    assert taken + number == 1 + 2000 + 2001 + 1


def test_a_handler_that_fails_ends_nothing() -> None:
    program = """
class Bad(logging.Handler):
    def handle(self, record): raise ValueError("bad handler")
logging.getLogger("zcgpu").addHandler(Bad())
with zcgpu.Context() as context:
    scene = context.scene(KEPT)
    scene.render(1, 1)
    context.reinitialize()
    scene.render(1, 1)
    print("on")
"""
    done = python(START + program)
    assert (done.returncode, done.stdout) == (0, "on\n")
    assert "ValueError: bad handler" in done.stderr


def test_ctrl_c_in_a_handler_goes_on() -> None:
    program = """
class Stop(logging.Handler):
    def handle(self, record): raise KeyboardInterrupt
logging.getLogger("zcgpu").addHandler(Stop())
with zcgpu.Context() as context:
    scene = context.scene(KEPT)
    scene.render(1, 1)
    context.reinitialize()
    try:
        scene.render(1, 1)
    except KeyboardInterrupt:
        print("stopped")
"""
    assert output_of(START + program) == "stopped\n"


def test_a_handler_may_use_the_context_that_it_is_told_of(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("zcgpu")
    with zcgpu.Context() as context:
        scene = context.scene(COUNTER)
        scene.render(2, 2)
        seen: list[int] = []

        class Curious(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                seen.append(int(np.asarray(scene.render(2, 2))[0, 0, 0]))

        handler = Curious()
        logger.addHandler(handler)
        try:
            context.reinitialize()
            scene.render(2, 2)
        finally:
            logger.removeHandler(handler)
        assert seen == [2]


def test_threads_lose_no_line(caplog: pytest.LogCaptureFixture) -> None:
    def start_anew() -> None:
        with zcgpu.Context() as context:
            scene = context.scene(COUNTER)
            for _ in range(21):
                scene.render(1, 1)
                context.reinitialize()

    threads = [threading.Thread(target=start_anew) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(warnings(caplog)) == 80
