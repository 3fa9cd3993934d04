"""Recorded packets through decoder, gate, presenter and renderer; time is passed in."""

import os
import threading
from collections.abc import Iterator

import hosts
import numpy as np
import pytest
from children import output_of
from video import media
from video.canvases import canvas, shown
from video.packets import extradata, md5, packets

import zcgpu

NAME = "h264_b.mp4"
GL = (hosts.OPENGL, (4, 5), hosts.CORE)
PATIENCE = 200000


@pytest.fixture
def host() -> Iterator[zcgpu.Renderer]:
    """A renderer in a host's context, with a framebuffer for a whole frame."""
    with (
        hosts.context(*GL),
        zcgpu.Context.from_current() as context,
        context.renderer() as renderer,
    ):
        canvas(64, 48)
        yield renderer


def drawn(
    pipeline: zcgpu.Pipeline, now: float, renderer: zcgpu.Renderer
) -> zcgpu.VideoFrame | None:
    """What is drawn then, if anything; the framebuffer shows it."""
    frame = pipeline.draw(now, renderer)
    if frame is not None:
        assert abs(shown(64, 48).astype(int) - np.asarray(frame)).max() <= 1
    return frame


def test_recorded_packets_are_drawn_one_after_the_other(host: zcgpu.Renderer) -> None:
    some = packets(NAME)
    expected = [it.md5 for it in media.framemd5(NAME)]
    decoder = zcgpu.Decoder("h264", extradata(NAME, b"avcC"), time_base=(1, 12800), backlog=256)
    seen: list[str] = []
    wrong: list[BaseException] = []
    done = threading.Event()

    def ask() -> None:
        try:
            while not done.is_set():
                facts, roles = pipeline.stats(), pipeline.roles()
                assert facts["presenter"]["shown"] <= len(some)
                assert min(roles.values(), default=0) >= 0
                assert repr(pipeline).startswith("<zcgpu.Pipeline ")
        except BaseException as error:
            wrong.append(error)

    with zcgpu.Pipeline(decoder, ahead=64, cache=2) as pipeline:
        asking = threading.Thread(target=ask)
        asking.start()
        try:
            for it in some:
                assert decoder.send(it.data, pts=it.pts, dts=it.dts)
            decoder.finish()
            for _ in range(PATIENCE):
                if pipeline.stats()["source"]["frames_decoded"] >= 4:
                    break
                os.sched_yield()
            tick = 0
            for _ in range(PATIENCE):
                frame = drawn(pipeline, tick / 25 + 1e-6, host)
                if frame is not None and (not seen or md5(frame) != seen[-1]):
                    seen.append(md5(frame))
                    tick += 1
                if len(seen) == len(expected):
                    break
            assert seen == expected
            facts = pipeline.stats()
            assert facts["draw"]["drawn"] >= len(expected)
            assert facts["draw"]["fallbacks"] == 0
            assert facts["lag"]["count"] == len(expected)
            assert 0 <= facts["lag"]["p50"] <= facts["lag"]["p99"] <= facts["lag"]["most"]
        finally:
            done.set()
            asking.join()
    assert wrong == []
    assert host.stats()["failed"] == 0
    decoder.close()


def test_twenty_gates_back_to_back(host: zcgpu.Renderer) -> None:
    some = packets(NAME)
    keys = [index for index, it in enumerate(some) if it.is_key]
    expected = {it.pts: it.md5 for it in media.framemd5(NAME)}
    decoder = zcgpu.Decoder("h264", extradata(NAME, b"avcC"), time_base=(1, 12800), backlog=256)
    with zcgpu.Pipeline(decoder, ahead=8, cache=2) as pipeline:
        last = None
        for gate in range(20):
            pipeline.flush()
            now = gate * 100.0
            assert pipeline.wants_keyframe(now)
            key = keys[gate % len(keys)]
            if gate % len(keys):
                assert not decoder.send(some[key - 1].data, pts=some[key - 1].pts)
            # What was shown last stays while nothing else is there, and is painted at once.
            assert drawn(pipeline, now, host) is last
            assert decoder.send(some[key].data, pts=some[key].pts, dts=some[key].dts)
            decoder.finish()
            frame = last
            for _ in range(PATIENCE):
                if (frame := drawn(pipeline, now, host)) is not last:
                    break
                os.sched_yield()
            assert frame is not None
            assert frame.pts_ticks == some[key].pts
            assert md5(frame) == expected[some[key].pts or 0]
            # The one before it is kept through the gate.
            before = pipeline.past(1)
            assert (before is None) == (last is None)
            if before is not None and last is not None:
                assert md5(before) == md5(last)
            last = frame
        facts = pipeline.stats()
        assert facts["presenter"]["shown"] == 20
        assert facts["failures"] == 0
        assert facts["taken"] - facts["released"] == sum(pipeline.roles().values())
        assert facts["source"]["gate"]["closures"] == {"discontinuity": 19}
    decoder.close()


def test_one_video_in_two_hosts_by_turns() -> None:
    first = hosts.create(*GL)
    second = hosts.create(*GL)
    with zcgpu.Pipeline(zcgpu.open_video(media.file(NAME)), ahead=4) as pipeline:
        renderers = []
        for host in (first, second):
            hosts.make_current(host)
            context = zcgpu.Context.from_current()
            renderers.append((host, context, context.renderer()))
        for tick in range(20):
            for host, _, renderer in renderers:
                hosts.make_current(host)
                canvas(64, 48)
                frame = None
                for _ in range(PATIENCE):
                    frame = pipeline.draw(tick / 25, renderer, viewport=(0, 0, 64, 48))
                    if frame is not None:
                        break
                    os.sched_yield()
                assert frame is not None
                assert abs(shown(64, 48).astype(int) - np.asarray(frame)).max() <= 1
        assert pipeline.stats()["draw"] == {
            "drawn": 40, "dropped": 0, "failed": 0, "fallbacks": 0,
        }  # fmt: skip
        pipeline.close()
        for host, context, renderer in renderers:
            hosts.make_current(host)
            renderer.close()
            context.close()
    hosts.make_nothing_current()
    for host in (first, second):
        hosts.destroy(host)


def test_the_environment_is_read_once() -> None:
    program = """
        import os, sys, zcgpu
        def waiting():
            with zcgpu.Pipeline(zcgpu.open_video(sys.argv[1]), cache=0) as pipeline:
                while pipeline.stats()["source"]["frames_waiting"] < 2: os.sched_yield()
                pipeline.frame(0.0)
                return pipeline.frame(0.6) is not None, pipeline.frame(0.75) is not None
        print(waiting())
        os.environ["ZCGPU_PIPELINE"] = "latency=0"
        print(waiting())
    """
    told = output_of(program, str(media.file(NAME)), environment={"ZCGPU_PIPELINE": "latency=0.7"})
    assert told == "(False, True)\n" * 2
