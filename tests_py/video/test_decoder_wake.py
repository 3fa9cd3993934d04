"""Packets fed by hand: who is woken when something comes of them."""

import asyncio
import contextlib
import gc
import operator
import os
import select
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from children import output_of
from video import media
from video.feeding import PATIENCE, decoder, wait
from video.packets import md5, packets

import zcgpu


class Viewer:
    """Has a decoder that calls one of its own methods: a cycle."""

    def __init__(self, loop: asyncio.AbstractEventLoop | None = None) -> None:
        self.decoder = decoder("vp9.ivf", on_frame=self.on_frame, loop=loop)

    def on_frame(self, frame: zcgpu.VideoFrame | None) -> None:
        pass


def open_now() -> tuple[int, int]:
    """How many descriptors are open, and how many decoders there are."""
    return len(os.listdir("/proc/self/fd")), zcgpu.census()["decoders"]


def nothing_is_left(before: tuple[int, int]) -> bool:
    """Whether no more is held than before; threads of dropped decoders may need a while to end."""
    gc.collect()
    until = time.monotonic() + PATIENCE
    while any(map(operator.gt, open_now(), before)) and time.monotonic() < until:
        os.sched_yield()
    return not any(map(operator.gt, open_now(), before))


def let_go(drop: Callable[[], object]) -> None:
    """Drop something, and what can be collected then."""
    drop()
    gc.collect()


def on_another_thread(act: Callable[[], object]) -> None:
    thread = threading.Thread(target=act)
    thread.start()
    thread.join()


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
        assert wake._descriptor is not None
        descriptor = wake._descriptor.number
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


def test_viewers_that_are_dropped_while_the_loop_runs_are_gone() -> None:
    async def main() -> None:
        before = open_now()
        viewers = [Viewer() for _ in range(5)]
        await asyncio.sleep(0)
        assert zcgpu.census()["decoders"] == before[1] + 5
        with pytest.warns(ResourceWarning, match="dropped open") as told:
            let_go(viewers.clear)
        assert len(told) == 5
        await asyncio.sleep(0)
        assert nothing_is_left(before)

    asyncio.run(main())


def test_a_viewer_may_be_dropped_before_the_loop_has_heard_of_it() -> None:
    async def main() -> None:
        before = open_now()
        with pytest.warns(ResourceWarning, match="dropped open"):
            let_go(Viewer)
        await asyncio.sleep(0)
        assert nothing_is_left(before)

    asyncio.run(main())


@pytest.mark.parametrize("has_run", [True, False])
@pytest.mark.parametrize("kind", [Viewer, lambda loop: decoder(on_frame=print, loop=loop)])
def test_a_loop_that_is_closed_right_after_the_drop_keeps_nothing(kind: Any, has_run: bool) -> None:
    before = open_now()
    loop = asyncio.new_event_loop()
    held = [kind(loop)]
    if has_run:
        loop.run_until_complete(asyncio.sleep(0))
    with pytest.warns(ResourceWarning, match="dropped open"):
        let_go(held.clear)
    loop.close()
    assert nothing_is_left(before)


@pytest.mark.parametrize("has_run", [True, False])
def test_a_decoder_may_be_closed_before_or_after_its_loop(has_run: bool) -> None:
    before = open_now()
    for is_first in (True, False):
        loop = asyncio.new_event_loop()
        fed = decoder(on_frame=print, loop=loop)
        if has_run:
            loop.run_until_complete(asyncio.sleep(0))
        for it in (fed, loop) if is_first else (loop, fed):
            it.close()
        fed.close()
        del fed, it
        assert nothing_is_left(before)


def test_decoders_of_many_loops_leave_nothing() -> None:
    async def main() -> None:
        Viewer()
        await asyncio.sleep(0)

    before = open_now()
    for _ in range(20):
        with pytest.warns(ResourceWarning, match="dropped open"):
            let_go(lambda: asyncio.run(main()))
    assert nothing_is_left(before)


def test_a_viewer_that_is_held_by_its_loop_goes_with_it() -> None:
    before = open_now()

    def once() -> None:
        loop: Any = asyncio.new_event_loop()
        loop.viewer = Viewer(loop)
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()

    with pytest.warns(ResourceWarning, match="dropped open"):
        let_go(once)
    assert nothing_is_left(before)


def test_a_decoder_dropped_on_another_thread_leaves_the_loop() -> None:
    async def main() -> None:
        before = open_now()
        held = [decoder("vp9.ivf", on_frame=lambda _: None)]
        await asyncio.sleep(0)
        with pytest.warns(ResourceWarning, match="dropped open"):
            on_another_thread(held.clear)
        await asyncio.sleep(0)
        assert nothing_is_left(before)

    asyncio.run(main())


def test_a_callback_wants_a_loop_that_can_watch_descriptors() -> None:
    methods = {"is_closed": lambda _: False, "add_reader": print, "remove_reader": print}
    bare = asyncio.AbstractEventLoop()  # type: ignore[abstract]
    half = type("Half", (asyncio.AbstractEventLoop,), methods)()

    before = open_now()
    with pytest.raises(zcgpu.WrongTypeError, match=r"lacks is_closed, call_soon_threadsafe, "):
        decoder(on_frame=print, loop=bare)
    with pytest.raises(zcgpu.WrongTypeError, match=r"lacks call_soon_threadsafe$"):
        decoder(on_frame=print, loop=half)
    assert nothing_is_left(before)


def test_a_decoder_that_cannot_be_polled_is_closed_and_says_so() -> None:
    program = """
        import asyncio, os, resource, warnings, zcgpu

        warnings.simplefilter("error")

        async def main():
            zcgpu.Decoder("h264", on_frame=print).close()
            for _ in range(3):
                await asyncio.sleep(0)
            open_now = sorted(map(int, os.listdir("/proc/self/fd")))
            most, kinds = resource.getrlimit(resource.RLIMIT_NOFILE)[1], []
            for limit in range(len(open_now), open_now[-1] + 8):
                resource.setrlimit(resource.RLIMIT_NOFILE, (limit, most))
                try:
                    zcgpu.Decoder("h264", on_frame=print).close()
                except zcgpu.OutOfMemoryError as error:
                    kinds.append(str(error).partition(" (")[0])
                resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
            print(*sorted(set(kinds)), sep="\\n")

        asyncio.run(main())
    """
    assert "no descriptor for on_frame" in output_of(program).splitlines()


def test_a_pipeline_takes_no_frames_that_go_to_on_frame() -> None:
    loop = asyncio.new_event_loop()
    with (
        contextlib.closing(loop),
        decoder("vp9.ivf", on_frame=print, loop=loop) as fed,
        pytest.raises(zcgpu.InvalidArgumentError, match="on_frame"),
    ):
        zcgpu.Pipeline(fed)
