"""Packets fed by hand: what comes out, what the gate keeps back, who is woken, how it ends."""

import asyncio
import os
import select
import threading
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from children import output_of
from video import media
from video.packets import Packet, extradata, md5, packets

import zcgpu

PATIENCE = 20.0
"""Seconds after which nothing comes any more; never reached where something does."""


def wait(decoder: zcgpu.Decoder) -> None:
    """Until the decoder has something to say."""
    assert select.select([decoder], [], [], PATIENCE)[0]


def feed(decoder: zcgpu.Decoder, some: Any) -> Iterator[zcgpu.VideoFrame]:
    """Send packets and finish; every frame that comes out."""
    for packet in some:
        decoder.send(packet.data, pts=packet.pts, dts=packet.dts)
        while (frame := decoder.receive()) is not None:
            yield frame
    decoder.finish()
    while not decoder.ended:
        wait(decoder)
        if (frame := decoder.receive()) is not None:
            yield frame


def decoder(name: str = "h264.h264", **options: Any) -> zcgpu.Decoder:
    codec = name.split(".")[0].split("_")[0]
    return zcgpu.Decoder(codec, time_base=(1, 25), backlog=256, **options)


CASES = {
    "h264.h264": None,
    "h264_b.mp4": b"avcC",
    "hevc.hevc": None,
    "hevc.mp4": b"hvcC",
    "vp9.ivf": None,
    "av1.mp4": None,
}


@pytest.mark.parametrize("name", CASES)
def test_every_frame_is_that_of_ffmpeg(name: str) -> None:
    box = CASES[name]
    head = extradata(name, box) if box else b""
    with decoder(name, extradata=head) as fed:
        frames = list(feed(fed, packets(name)))
    assert [md5(frame) for frame in frames] == [it.md5 for it in media.framemd5(name)]
    times = [frame.pts for frame in frames]
    assert times == sorted(set(times))
    assert zcgpu.census()["decoders"] == 0
    assert {str(frame.holders) for frame in frames} == {"{'presenter': 1}"}


def test_times_are_those_of_the_packets() -> None:
    name = "h264_b.mp4"
    base = Fraction(1, 12800)
    with zcgpu.Decoder("h264", extradata(name, b"avcC"), time_base=base, backlog=256) as fed:
        frames = list(feed(fed, packets(name)))
    assert [frame.pts_ticks for frame in frames] == [it.pts for it in media.framemd5(name)]
    assert [frame.pts for frame in frames] == pytest.approx(
        [float(it.pts * base) for it in media.framemd5(name)]
    )
    assert {frame.time_base for frame in frames} == {base}
    assert {frame.index for frame in frames} == {None}


def test_packets_without_times_are_shown_one_after_the_other() -> None:
    some = [Packet(it.data, None, None, it.is_key) for it in packets("vp9.ivf")]
    with decoder("vp9.ivf") as fed:
        times = [frame.pts for frame in feed(fed, some)]
    assert times == pytest.approx([n / 25 for n in range(24)])


@pytest.mark.parametrize("name", CASES)
def test_nothing_passes_before_a_keyframe(name: str) -> None:
    box = CASES[name]
    head = extradata(name, box) if box else b""
    some = packets(name)
    keys = [index for index, it in enumerate(some) if it.is_key]
    assert len(keys) >= 2
    with decoder(name, extradata=head) as fed:
        taken = [fed.send(it.data, pts=it.pts, dts=it.dts) for it in some[1:]]
        gate = fed.stats()["gate"]
    assert taken == [index >= keys[1] for index in range(1, len(some))]
    assert gate["refused"] == keys[1] - 1
    assert not gate["closed"]


def test_the_caller_may_know_better_what_a_keyframe_is() -> None:
    first, second = packets("h264.h264")[:2]
    with decoder() as fed:
        assert not fed.send(first.data, key=False)
        assert fed.stats()["gate"]["reason"] == "start"
        assert fed.send(second.data, key=True)


def test_after_a_flush_the_next_keyframe_begins_and_the_frames_are_right() -> None:
    some = packets("h264.h264")
    later = [index for index, it in enumerate(some) if it.is_key][1]
    expected = [it.md5 for it in media.framemd5("h264.h264")]
    with decoder() as fed:
        for it in some[:5]:
            assert fed.send(it.data, pts=it.pts, dts=it.dts)
        fed.flush()
        assert fed.receive() is None
        assert not fed.send(some[5].data)
        assert fed.stats()["gate"]["closures"] == {"discontinuity": 1}
        frames = [md5(frame) for frame in feed(fed, some[later:])]
        assert frames == expected[later:]
        fed.flush()
        assert not fed.ended
        assert len(list(feed(fed, some))) == len(some)


def test_a_keyframe_is_asked_for_with_patience() -> None:
    with decoder(patience=1.0) as fed:
        asked = [n / 2 for n in range(40) if fed.wants_keyframe(n / 2)]
        # At once, then after 1, 2, 4, 8 seconds.
        assert asked == [0, 1, 3, 7, 15]
        assert fed.stats()["gate"]["requests"] == 5
        assert fed.send(packets("h264.h264")[0].data)
        assert not fed.wants_keyframe(100)


def test_a_backlog_is_refused_and_nothing_is_lost() -> None:
    some = packets("h264.h264")
    expected = [it.md5 for it in media.framemd5("h264.h264")]
    with zcgpu.Decoder("h264", backlog=2, ahead=1, time_base=(1, 25)) as fed:
        frames: list[str] = []
        refused = 0
        for it in some:
            while True:
                try:
                    fed.send(it.data, pts=it.pts, dts=it.dts)
                    break
                except zcgpu.PoolExhausted:
                    refused += 1
                    while (frame := fed.receive()) is not None:
                        frames.append(md5(frame))
        fed.finish()
        while not fed.ended:
            wait(fed)
            if (frame := fed.receive()) is not None:
                frames.append(md5(frame))
        assert refused > 0
        assert frames == expected


def test_a_backlog_is_dropped_where_that_is_wanted_up_to_the_next_keyframe() -> None:
    some = packets("h264.h264")
    keys = [index for index, it in enumerate(some) if it.is_key]
    with zcgpu.Decoder("h264", backlog=2, ahead=1, on_backlog="drop", time_base=(1, 25)) as fed:
        # A frame waits, so that nothing more is decoded but what is under way.
        taken = [fed.send(it.data, pts=it.pts, dts=it.dts) for it in some[: keys[1]]]
        assert False in taken
        first = taken.index(False)
        assert not any(taken[first:])
        gate = fed.stats()["gate"]
        assert gate["closures"] == {"backlog": 1}
        assert gate["closed"]
        assert fed.wants_keyframe(0.0)
        assert fed.send(some[keys[1]].data, pts=some[keys[1]].pts)
        fed.finish()
        rest = []
        while not fed.ended:
            wait(fed)
            if (frame := fed.receive()) is not None:
                rest.append(md5(frame))
        assert rest == [media.framemd5("h264.h264")[keys[1]].md5]


def test_a_broken_packet_is_one_error_and_the_next_keyframe_goes_on() -> None:
    name = "vp9.ivf"
    some = packets(name)
    later = [index for index, it in enumerate(some) if it.is_key][1]
    expected = [it.md5 for it in media.framemd5(name)]
    with decoder(name) as fed:
        assert fed.send(some[0].data, pts=0)
        assert fed.send(bytes([0x86]) + b"\xff" * 40, pts=1, key=False)
        wait(fed)
        assert md5(fed.receive()) == expected[0]
        wait(fed)
        with pytest.raises(zcgpu.MediaError, match="vp9"):
            fed.receive()
        assert not fed.send(some[2].data, pts=2)
        assert fed.stats()["gate"]["reason"] == "broken"
        assert [md5(frame) for frame in feed(fed, some[later:])] == expected[later:]
        assert fed.stats()["failures"] == 1


def test_the_descriptor_can_be_read_from_while_something_waits() -> None:
    some = packets("vp9.ivf")
    with decoder("vp9.ivf") as fed:
        assert select.select([fed], [], [], 0)[0] == []
        fed.send(some[0].data, pts=0)
        wait(fed)
        fed.receive()
        assert select.select([fed], [], [], 0)[0] == []
        fed.finish()
        wait(fed)
        assert not fed.ended
        assert fed.receive() is None
        assert fed.ended
        assert select.select([fed], [], [], 0)[0] == []


def test_frames_come_to_the_loop_and_errors_to_its_handler() -> None:
    some = packets("vp9.ivf")
    frames: list[str] = []
    told: list[Any] = []
    threads: set[int] = set()

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: told.append(context["exception"]))
        done = loop.create_future()

        def on_frame(frame: zcgpu.VideoFrame | None) -> None:
            threads.add(threading.get_ident())
            if frame is None:
                done.set_result(None)
            else:
                frames.append(md5(frame))
                if len(frames) == 3:
                    raise ValueError("in the callback")

        with decoder("vp9.ivf", on_frame=on_frame) as fed:
            for it in some:
                fed.send(it.data, pts=it.pts)
            fed.send(b"\xff" * 20, key=False)
            fed.finish()
            await asyncio.wait_for(done, PATIENCE)

    asyncio.run(main())
    assert frames == [it.md5 for it in media.framemd5("vp9.ivf")]
    assert threads == {threading.get_ident()}
    assert [type(it) for it in told] == [ValueError, zcgpu.MediaError]
    told.clear()


def test_a_decoder_may_be_closed_in_its_own_callback() -> None:
    seen: list[bool] = []

    async def main() -> None:
        done = asyncio.get_running_loop().create_future()

        def on_frame(frame: zcgpu.VideoFrame | None) -> None:
            fed.close()
            seen.append(fed.closed)
            done.set_result(None)

        fed = decoder("vp9.ivf", on_frame=on_frame)
        for it in packets("vp9.ivf"):
            fed.send(it.data, pts=it.pts)
        await asyncio.wait_for(done, PATIENCE)
        await asyncio.sleep(0)

    asyncio.run(main())
    assert seen == [True]


def test_a_callback_wants_a_loop() -> None:
    with pytest.raises(zcgpu.InvalidArgumentError, match="none runs here"):
        decoder(on_frame=print)
    with pytest.raises(zcgpu.WrongTypeError, match="on_frame is a function"):
        decoder(on_frame=7)
    with pytest.raises(zcgpu.WrongTypeError, match="loop is an asyncio loop"):
        decoder(on_frame=print, loop=7)
    loop = asyncio.new_event_loop()
    fed = decoder(on_frame=print, loop=loop)
    fed.close()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()


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
        (("h264",), {"time_base": (1, 2**40)}, zcgpu.OutOfRangeError),
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


def test_packets_that_cannot_be_are_refused() -> None:
    with decoder() as fed:
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
        barrier = threading.Barrier(4)
        wrong: list[BaseException] = []

        def work(act: Any, barrier: Any = barrier, wrong: Any = wrong) -> None:
            barrier.wait()
            try:
                for n in range(200):
                    act(n)
            except zcgpu.ClosedError:
                pass
            except BaseException as error:
                wrong.append(error)

        acts = [
            lambda n, fed=fed: fed.send(some[n % len(some)].data, pts=n),
            lambda _, fed=fed: (fed.receive(), fed.stats()),
            lambda n, fed=fed: fed.flush() if n % 17 == 0 else None,
            lambda n, fed=fed: fed.close() if n == 60 else fed.receive(),
        ]
        threads = [threading.Thread(target=work, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == []
        assert fed.closed


def test_a_decoder_that_is_dropped_open_is_told_of_and_ends() -> None:
    held = [decoder()]
    held[0].send(packets("h264.h264")[0].data)
    with pytest.warns(ResourceWarning, match=r"Decoder made at .*test_decoder.*dropped open"):
        held.clear()
    assert zcgpu.census()["decoders"] == 0


def test_a_decoder_dropped_with_its_callback_leaves_the_loop_alone() -> None:
    async def main() -> int:
        held = [decoder("vp9.ivf", on_frame=lambda _: None)]
        await asyncio.sleep(0)
        wake = held[0]._wake
        assert wake is not None
        descriptor = wake._descriptor
        assert os.fstat(descriptor)
        held[0].send(packets("vp9.ivf")[0].data)
        del wake
        with pytest.warns(ResourceWarning, match="dropped open"):
            held.clear()
        await asyncio.sleep(0)
        return descriptor

    descriptor = asyncio.run(main())
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(descriptor)


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
