"""Packets fed by hand: what comes out, and what the gate keeps back."""

from fractions import Fraction

import pytest
from video import media, recipes
from video.feeding import decoder, feed, wait
from video.packets import Packet, extradata, md5, of_file, packets

import zcgpu

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


def test_a_codec_whose_bits_do_not_tell_begins_with_what_comes_first() -> None:
    path = media.made("h263.h263", f"{recipes.moving('128x96', frames=12)} -c:v h263 -g 6")
    some = [Packet(it.data, None, None, it.is_key) for it in of_file(path)]
    with zcgpu.open_video(path) as video:
        expected = [md5(frame) for frame in video]
    with zcgpu.Decoder("h263", time_base=(1, 25), backlog=64) as fed:
        assert [md5(frame) for frame in feed(fed, some)] == expected
        assert fed.stats()["gate"]["refused"] == 0
    assert len(expected) == 12


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
