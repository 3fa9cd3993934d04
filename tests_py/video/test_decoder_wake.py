"""Packets fed by hand: who is woken when something comes of them."""

import asyncio
import os
import select
import threading
from typing import Any

import pytest
from video import media
from video.feeding import PATIENCE, decoder, wait
from video.packets import md5, packets

import zcgpu


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
