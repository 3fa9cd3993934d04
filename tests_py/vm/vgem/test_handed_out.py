"""A decoded frame's memory, handed out: others read what ffmpeg decodes, and nothing is copied."""

import array
import hashlib
import json
import mmap
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from video import media
from vm.prepared import checksums, film
from vm.shown import differ, wanted

import zcgpu

READER = """
import array, hashlib, json, mmap, os, socket, sys
width, height, bytes_, places = json.loads(sys.argv[1])
pipe = socket.socket(fileno=0)
room = socket.CMSG_SPACE(4 * len(places))
_, [(_, _, data)], _, _ = pipe.recvmsg(1, room)
fds = array.array("i")
fds.frombytes(data)
digest = hashlib.md5()
for number, (fd, (offset, pitch)) in enumerate(zip(fds, places)):
    rows = -(-height // 2) if number else height
    row = (-(-width // 2) * 2 if number else width) * bytes_
    size = os.lseek(fd, 0, os.SEEK_END)
    memory = mmap.mmap(fd, size, prot=mmap.PROT_READ)
    for y in range(rows):
        digest.update(memory[offset + y * pitch : offset + y * pitch + row])
print(digest.hexdigest())
"""


def md5(out: zcgpu.Dmabuf, bytes_: int) -> str:
    """Of the picture's bytes, without what lies between its rows: as ffmpeg's framemd5."""
    digest = hashlib.md5()
    for number, (fd, offset, pitch) in enumerate(out.planes):
        rows = -(-out.height // 2) if number else out.height
        row = (-(-out.width // 2) * 2 if number else out.width) * bytes_
        with mmap.mmap(fd, os.lseek(fd, 0, os.SEEK_END), prot=mmap.PROT_READ) as memory:
            for y in range(rows):
                digest.update(memory[offset + y * pitch : offset + y * pitch + row])
    return digest.hexdigest()


@pytest.mark.parametrize(
    ("name", "fourcc", "bytes_", "fault"),
    [
        ("nv12", "NV12", 1, {}),
        ("nv12_odd", "NV12", 1, {"no_separate": 1, "no_size": 1}),
        ("p010", "P010", 2, {"no_composed": 1, "late": 1}),
    ],
)
def test_memory_holds_what_ffmpeg_decodes(
    opened: Any, name: str, fourcc: str, bytes_: int, fault: dict[str, int]
) -> None:
    with opened(film(name), fault) as video:
        for number, wanted_md5 in enumerate(checksums(name)[:20]):
            with video[number] as frame, frame.dmabuf() as out:
                assert (out.fourcc, out.modifier, out.width) == (fourcc, 0, frame.width)
                assert md5(out, bytes_) == wanted_md5, number
        assert video.stats()["downloads"] == 0


def test_another_process_reads_it(opened: Any) -> None:
    ours, theirs = socket.socketpair()
    with opened(film("nv12")) as video, video[5].dmabuf() as out, ours, theirs:
        fds = array.array("i", [plane.fd for plane in out.planes])
        ours.sendmsg([b"."], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])
        places = [(plane.offset, plane.pitch) for plane in out.planes]
        told = json.dumps([out.width, out.height, 1, places])
        command = [sys.executable, "-c", READER, told]
        seen = subprocess.run(command, stdin=theirs.fileno(), stdout=subprocess.PIPE, check=True)
        assert seen.stdout.decode().strip() == checksums("nv12")[5]


def test_another_context_draws_from_it(opened: Any, context: zcgpu.Context) -> None:
    pictures = wanted("vp9.webm", context)
    with opened() as video, zcgpu.Context() as other:
        for number in range(8):
            frame = video[number]
            with (
                frame.dmabuf() as out,
                other.import_dmabuf(
                    out.planes,
                    width=out.width,
                    height=out.height,
                    fourcc=out.fourcc,
                    modifier=out.modifier,
                    color=frame.color,
                ) as seen,
            ):
                assert differ(seen, pictures[number]) <= 1, number


def test_the_decoder_writes_elsewhere_until_it_is_closed(opened: Any) -> None:
    with opened(film("nv12"), lease_budget=2) as video:
        frame = video[0]
        out = frame.dmabuf()
        assert frame.holders == {"presenter": 2}
        frame.close()
        for number in range(1, 30):
            video[number].close()
            assert md5(out, 1) == checksums("nv12")[0], number
        video.close()
        assert md5(out, 1) == checksums("nv12")[0]
        out.close()
    with pytest.raises(zcgpu.ClosedError):
        out.planes  # noqa: B018


def test_one_that_is_open_counts_against_the_budget(opened: Any) -> None:
    with opened(film("nv12"), lease_budget=1) as video:
        out = video[0].dmabuf()
        with pytest.raises(zcgpu.PoolExhausted, match="1 pictures are held"):
            video[1]
        out.close()
        assert video[1].index == 1


def test_descriptors_are_closed_with_it(opened: Any) -> None:
    counts = set()
    with opened(film("nv12")) as video:
        video[0].dmabuf().close()
        for number in range(1, 50):
            with video[number] as frame, frame.dmabuf():
                pass
            counts.add(len(os.listdir("/proc/self/fd")))
    assert len(counts) == 1


@contextmanager
def moved(opened: Any) -> Iterator[zcgpu.VideoFrame]:
    """A frame that had to make room."""
    with opened(film("nv12"), lease_budget=1) as video:
        frame = video[0]
        video[1].close()
        yield frame


def test_a_frame_in_the_machines_memory_is_refused_in_words(
    opened: Any, context: zcgpu.Context
) -> None:
    with (
        zcgpu.open_video(media.file("vp9.webm"), backend="software") as video,
        pytest.raises(zcgpu.DmabufError, match="decoded on the CPU"),
    ):
        video[0].dmabuf()
    with moved(opened) as frame, pytest.raises(zcgpu.DmabufError, match="to make room"):
        frame.dmabuf()
    with opened(faults={"no_export": 1}) as video:
        with pytest.raises(zcgpu.DmabufError, match="hands its memory out to nobody"):
            video[0].dmabuf()
        assert np.asarray(video[0].planes[0]).any()
