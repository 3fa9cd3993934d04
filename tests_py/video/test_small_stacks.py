"""Threads whose stack is too small for FFmpeg, which looks at no limit."""

import pytest
from children import output_of
from video import media

PROGRAM = """
import sys, threading, zcgpu
path, sound, size = sys.argv[1:]
video = zcgpu.open_video(path, threads=1)
zcgpu.Audio.open(sound)
calls = {
    "open_video": lambda: zcgpu.open_video(path, threads=1),
    "video[3]": lambda: video[3],
    "len": lambda: len(video),
    "iter": lambda: next(iter(video)),
    "Decoder": lambda: zcgpu.Decoder("h264"),
    "Audio.open": lambda: zcgpu.Audio.open(sound),
}

def go():
    for name, call in calls.items():
        try:
            call()
        except zcgpu.ThreadError as error:
            print(name, "threading.stack_size(8 << 20)" in str(error))
        else:
            print(name, "done")

threading.stack_size(int(sys.argv[3]) << 10)
thread = threading.Thread(target=go)
thread.start()
thread.join()
video.close()
"""
CALLS = ("open_video", "video[3]", "len", "iter", "Decoder", "Audio.open")


@pytest.mark.parametrize(("kibibytes", "outcome"), [(48, "True"), (64, "True"), (512, "done")])
def test_a_thread_with_too_small_a_stack_gets_an_error(kibibytes: int, outcome: str) -> None:
    paths = [str(media.file(name)) for name in ("h264.mp4", "sound.mp3")]
    told = output_of(PROGRAM, *paths, str(kibibytes))
    assert told.splitlines() == [f"{name} {outcome}" for name in CALLS]
