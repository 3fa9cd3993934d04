"""Recorded packets through decoder, gate, presenter and renderer; time is passed in."""

import os

import hosts
import numpy as np
from host_disorder import framebuffer
from host_gl import pixels
from video import media
from video.packets import extradata, md5, packets

import zcgpu

NAME = "h264_b.mp4"
GL = (hosts.OPENGL, (4, 5), hosts.CORE)
PATIENCE = 200000


def test_twenty_gates_back_to_back() -> None:
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
            # The cached frame stays while nothing else is there.
            assert (pipeline.frame(now) is None) == (last is None)
            assert decoder.send(some[key].data, pts=some[key].pts, dts=some[key].dts)
            decoder.finish()
            for _ in range(PATIENCE):
                frame = pipeline.frame(now)
                if frame is not None and frame.pts_ticks == some[key].pts and frame is not last:
                    break
                os.sched_yield()
            assert frame is not None
            assert md5(frame) == expected[some[key].pts or 0]
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
                framebuffer(64, 48)
                frame = None
                for _ in range(PATIENCE):
                    frame = pipeline.draw(tick / 25, renderer, viewport=(0, 0, 64, 48))
                    if frame is not None:
                        break
                    os.sched_yield()
                assert frame is not None
                seen = np.array(pixels(64, 48), np.uint8).reshape(48, 64, 4)[::-1]
                assert abs(seen.astype(int) - np.asarray(frame)).max() <= 1
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
