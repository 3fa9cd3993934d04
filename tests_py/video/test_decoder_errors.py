"""Packets fed by hand: what is refused, and how decoders end."""

import os
from typing import Any

import numpy as np
import pytest
from children import output_of
from side_by_side import together, until_closed
from video import media
from video.feeding import decoder, wait
from video.packets import md5, packets

import zcgpu


@pytest.mark.parametrize(
    ("arguments", "options", "error"),
    [
        (("no such codec",), {}, zcgpu.MediaError),
        (("",), {}, zcgpu.InvalidArgumentError),
        (("h264\0",), {}, zcgpu.InvalidArgumentError),
        ((7,), {}, zcgpu.WrongTypeError),
        (("h264", "text"), {}, zcgpu.WrongTypeError),
        (("h264",), {"context": 7}, zcgpu.WrongTypeError),
        (("h264",), {"backend": "cuda"}, zcgpu.InvalidArgumentError),
        (("h264",), {"threads": 65}, zcgpu.InvalidArgumentError),
        (("h264",), {"threads": -1}, zcgpu.InvalidArgumentError),
        (("h264",), {"threads": 1.5}, zcgpu.WrongTypeError),
        (("h264",), {"time_base": (0, 1)}, zcgpu.InvalidArgumentError),
        (("h264",), {"time_base": 7}, zcgpu.InvalidArgumentError),
        (("h264",), {"time_base": "1/25"}, zcgpu.WrongTypeError),
        (("h264",), {"time_base": (1, 2**40)}, zcgpu.InvalidArgumentError),
        (("h264",), {"threads": 10**20}, zcgpu.InvalidArgumentError),
        (("h264",), {"backlog": 1e6}, zcgpu.WrongTypeError),
        (("h264",), {"ahead": True}, zcgpu.WrongTypeError),
        (("h264",), {"patience": "soon"}, zcgpu.WrongTypeError),
        (("h264",), {"patience": 10**400}, zcgpu.InvalidArgumentError),
        (("h264",), {"backlog": 5000}, zcgpu.InvalidArgumentError),
        (("h264",), {"ahead": -1}, zcgpu.InvalidArgumentError),
        (("h264",), {"patience": float("nan")}, zcgpu.InvalidArgumentError),
        (("h264",), {"on_backlog": "wait"}, zcgpu.InvalidArgumentError),
        (("h264", b"\x01" + bytes(2**24)), {}, zcgpu.BufferError),
    ],
)
def test_decoders_that_cannot_be_are_refused(
    arguments: tuple[Any, ...], options: dict[str, Any], error: type[zcgpu.Error]
) -> None:
    if options.get("time_base") == 7:
        options = {"time_base": -7}
    with pytest.raises(error):
        zcgpu.Decoder(*arguments, **options)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("threads", 65, "threads are 1 to 64, or 0 for as many as fit, not 65"),
        ("backlog", 1e6, "backlog is 1 to 4096 packets, or 0 for the usual, not 1000000.0"),
        ("ahead", 65, "ahead is 1 to 64 frames, or 0 for the usual, not 65"),
        ("patience", 61, "patience is 0.01 to 60 seconds, or 0 for the usual, not 61"),
    ],
)
def test_what_does_not_fit_is_said_with_its_name_and_with_what_does(
    name: str, value: object, words: str
) -> None:
    with pytest.raises(zcgpu.Error) as caught:
        zcgpu.Decoder("h264", **{name: value})  # type: ignore[arg-type]
    assert str(caught.value) == words


@pytest.mark.parametrize("codec", ["aac", "pcm_s16le", "mp3"])
def test_a_codec_of_sound_is_no_decoder(codec: str) -> None:
    with pytest.raises(zcgpu.MediaError, match=f"{codec}: that is no codec of pictures"):
        zcgpu.Decoder(codec)


def test_packets_that_cannot_be_are_refused() -> None:
    with decoder() as fed:
        with pytest.raises(zcgpu.WrongTypeError, match="key is True, False or None, not array"):
            fed.send(b"1", key=np.ones(3))  # type: ignore[arg-type]
        for nothing in (b"", bytearray(), np.zeros(0, np.uint8)):
            with pytest.raises(zcgpu.BufferError, match="a packet has bytes"):
                fed.send(nothing)
        for other in (None, "text", 7):
            with pytest.raises(zcgpu.WrongTypeError, match="a packet is bytes"):
                fed.send(other)
        with pytest.raises(zcgpu.WrongTypeError, match="together"):
            fed.send(np.zeros((4, 4), np.uint8)[:, ::2])
        with pytest.raises(zcgpu.WrongTypeError, match="pts is a whole number"):
            fed.send(b"x", pts=0.5)  # type: ignore[arg-type]
        with pytest.raises(zcgpu.OutOfRangeError):
            fed.send(b"x", dts=2**63)
        for now in (float("nan"), float("inf")):
            with pytest.raises(zcgpu.InvalidArgumentError):
                fed.wants_keyframe(now)
        with pytest.raises(zcgpu.WrongTypeError):
            fed.wants_keyframe("now")  # type: ignore[arg-type]


def test_any_bytes_are_an_error_or_nothing() -> None:
    random = np.random.default_rng(3)
    for codec in ("h264", "hevc", "vp9", "av1", "mpeg2video", "mjpeg"):
        with zcgpu.Decoder(codec, backlog=64, ahead=64) as fed:
            for _ in range(30):
                fed.send(random.bytes(int(random.integers(1, 300))), key=True)
            fed.finish()
            while not fed.ended:
                wait(fed)
                try:
                    fed.receive()
                except zcgpu.MediaError:
                    continue


def test_a_closed_decoder_says_so_and_its_frames_stay() -> None:
    fed = decoder("vp9.ivf")
    fed.send(packets("vp9.ivf")[0].data)
    wait(fed)
    frame = fed.receive()
    assert frame is not None
    fed.close()
    fed.close()
    assert fed.closed
    assert repr(fed) == "<zcgpu.Decoder closed>"
    attempts: list[Any] = [
        lambda: fed.send(b"x"), fed.receive, fed.flush, fed.finish, fed.fileno, fed.stats,
        lambda: fed.wants_keyframe(0), lambda: fed.ended,
    ]  # fmt: skip
    for attempt in attempts:
        with pytest.raises(zcgpu.ClosedError, match="this decoder is closed"):
            attempt()
    assert md5(frame) == media.framemd5("vp9.ivf")[0].md5


def test_a_finished_decoder_takes_nothing_until_it_is_flushed() -> None:
    some = packets("vp9.ivf")
    with decoder("vp9.ivf") as fed:
        fed.send(some[0].data)
        fed.finish()
        fed.finish()
        with pytest.raises(zcgpu.ClosedError, match="was finished; flush"):
            fed.send(some[1].data)
        fed.flush()
        assert fed.send(some[0].data)


def test_threads_may_feed_take_and_close_at_once() -> None:
    some = packets("h264.h264")
    for _ in range(3):
        fed = decoder(on_backlog="drop")
        acts = [
            lambda n, fed=fed: fed.send(some[n % len(some)].data, pts=n),
            lambda _, fed=fed: (fed.receive(), fed.stats()),
            lambda n, fed=fed: fed.flush() if n % 17 == 0 else None,
            lambda n, fed=fed: fed.close() if n == 60 else fed.receive(),
        ]
        together([until_closed(act, turns=200) for act in acts])
        assert fed.closed


def test_a_decoder_that_is_dropped_open_is_told_of_and_ends() -> None:
    held = [decoder()]
    held[0].send(packets("h264.h264")[0].data)
    with pytest.warns(ResourceWarning, match=r"Decoder made at .*feeding.*dropped open"):
        held.clear()
    assert zcgpu.census()["decoders"] == 0


def test_a_child_of_a_fork_is_refused_and_does_not_hang() -> None:
    program = """
        import os, sys, zcgpu
        sys.path[:0] = sys.argv[1:2]
        from video.packets import packets
        some = packets("h264.h264")
        fed = zcgpu.Decoder("h264", backlog=256)
        for it in some: fed.send(it.data, pts=it.pts)
        child = os.fork()
        if child == 0:
            for act in (fed.receive, fed.flush, fed.finish, fed.stats, lambda: fed.send(b"x")):
                try:
                    act()
                    os._exit(1)
                except zcgpu.ForkError: pass
            if repr(fed) != "<zcgpu.Decoder of another process>": os._exit(3)
            fed.close()
            again = zcgpu.Decoder("h264", backlog=256)
            for it in some: again.send(it.data, pts=it.pts)
            again.finish()
            frames = 0
            import select
            while not again.ended:
                assert select.select([again], [], [], 20)[0]
                frames += again.receive() is not None
            again.close()
            os._exit(0 if frames == len(some) else 2)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        fed.close()
    """
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    assert output_of(program, here) == "0\n"


def test_a_program_may_end_while_it_decodes() -> None:
    program = """
        import sys, warnings, zcgpu
        warnings.simplefilter("ignore")
        sys.path[:0] = sys.argv[1:2]
        from video.packets import packets
        fed = [zcgpu.Decoder("h264", backlog=256) for _ in range(4)]
        for one in fed:
            for it in packets("h264.h264"): one.send(it.data, pts=it.pts)
        sys.kept = fed
    """
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    assert output_of(program, here) == ""
