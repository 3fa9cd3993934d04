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
