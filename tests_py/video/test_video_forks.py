"""Forks while threads decode: a child may close and drop what it inherits, and waits for nobody."""

import pytest
from children import output_of
from video import media

PROGRAM = """
import os, signal, sys, threading, warnings, zcgpu
warnings.simplefilter("ignore")
sys.path[:0] = sys.argv[3:4]
from video.packets import packets
kind, path = sys.argv[1:3]
ended, begun = threading.Event(), threading.Event()

def decode():
    while not ended.is_set():
        if kind == "decoder":
            try:
                thing.send(packets("h264.h264")[0].data)
            except zcgpu.PoolExhausted:
                thing.receive()
        else:
            kept[:] = [thing.frame(0.0) if kind == "pipeline" else frame for frame in video[:9]]
        begun.set()

kept = []
video = zcgpu.open_video(path, threads=2) if kind != "decoder" else None
thing = video
if kind == "decoder":
    thing = zcgpu.Decoder("h264", threads=2)
if kind == "pipeline":
    thing = zcgpu.Pipeline(zcgpu.open_video(path, threads=2))
busy = threading.Thread(target=decode)
busy.start()
begun.wait()
codes = set()
for number in range(8):
    child = os.fork()
    if child == 0:
        signal.alarm(15)  # whoever waits for a thread of the parent's ends by that
        if number % 2:
            thing.close()
        kept.clear()
        del thing, video
        os._exit(0)
    codes.add(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
ended.set()
busy.join()
print(codes)
"""


@pytest.mark.parametrize("kind", ["video", "decoder", "pipeline"])
def test_a_child_closes_what_threads_of_its_parent_use(kind: str) -> None:
    here = str(media.ROOT / "tests_py")
    assert output_of(PROGRAM, kind, str(media.file("h264_b.mp4")), here) == "{0}\n"


def test_a_child_may_print_what_it_inherits() -> None:
    program = """
        import os, sys, zcgpu
        pool = zcgpu.Context().pool()
        with zcgpu.Pipeline(zcgpu.open_video(sys.argv[1])) as pipeline:
            sys.stdout.flush()
            child = os.fork()
            if child == 0:
                print(pipeline, pool, flush=True)
                os._exit(0)
            os.waitpid(child, 0)
    """
    words = "<zcgpu.Pipeline of another process> <zcgpu.Pool of another process>\n"
    assert output_of(program, str(media.file("h264_b.mp4"))) == words


@pytest.mark.parametrize("ended", ["closed", "forked"])
def test_nothing_is_opened_for_a_context_that_is_closed_or_the_parents(ended: str) -> None:
    program = """
        import os, sys, zcgpu
        path, ended = sys.argv[1:]
        context, lost = zcgpu.Context(), zcgpu.Context()
        lost.simulate_loss()
        zcgpu.open_video(path, context=lost).close()  # it may be initialised again
        if ended == "closed":
            context.close()
        sys.stdout.flush()
        child = os.fork() if ended == "forked" else 0
        if child == 0:
            video = zcgpu.open_video(path)
            for make in (
                lambda: zcgpu.open_video(path, context=context),
                lambda: zcgpu.Decoder("h264", context=context),
                lambda: zcgpu.Pipeline(video, context=context),
            ):
                try:
                    make()
                except zcgpu.Error as error:
                    print(type(error).__name__, flush=True)
            os._exit(0)
        os.waitpid(child, 0)
    """
    error = {"closed": "ClosedError", "forked": "ForkError"}[ended]
    assert output_of(program, str(media.file("h264_b.mp4")), ended) == f"{error}\n" * 3


FIRST = """
import importlib, os, pkgutil, signal, sys, threading, time, zcgpu
for module in pkgutil.iter_modules(zcgpu.__path__):  # which Python imports under locks of its own
    if not module.name.startswith(("lib", "__", "cli", "compat")):
        importlib.import_module(f"zcgpu.{module.name}")
import fractions, json, numpy
kind, path = sys.argv[1:]

def use():
    with zcgpu.open_video(path) as video:
        assert video[3].planes[0].shape == (48, 64)
    if kind == "decoder":
        with zcgpu.Pipeline(zcgpu.open_video(path)) as pipeline:
            pipeline.frame(0.0)
    else:
        with zcgpu.Context() as context, zcgpu.open_video(path, context=context) as video:
            video[0].rgb()

first = threading.Thread(target=use)
first.start()
codes = set()
for number in range(12):
    child = os.fork()
    if child == 0:
        signal.alarm(20)  # whoever waits for a thread of the parent's ends by that
        try:
            use()
        except zcgpu.ForkError:
            pass  # no second display, say
        sys.exit(0)
    codes.add(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    if not first.is_alive():
        break
first.join()
print(codes)
"""


@pytest.mark.parametrize("kind", ["decoder", "context"])
@pytest.mark.parametrize("attempt", range(3))
def test_a_fork_in_the_middle_of_anothers_first_call_leaves_a_child_that_works(
    kind: str, attempt: int
) -> None:
    """Libraries are loaded then, and types and tables made, which a child would find half done."""
    assert output_of(FIRST, kind, str(media.file("h264_b.mp4"))) == "{0}\n"
