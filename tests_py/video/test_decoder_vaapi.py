"""Packets by hand, decoded by a device: under a driver that decodes on the CPU (va/)."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from va import zcsw
from video import media
from video.feeding import feed, wait
from video.packets import Packet, packets
from video.surfaces import md5

import zcgpu

NAME = "vp9.ivf"
Opener = Callable[..., zcgpu.Decoder]


@pytest.fixture
def opened(server: str, monkeypatch: pytest.MonkeyPatch) -> Opener:
    """Makes a decoder by the driver on the X display, with faults if they are named."""

    def opened(
        codec: str = "vp9", faults: dict[str, int] | None = None, **options: Any
    ) -> zcgpu.Decoder:
        for variable, value in zcsw.environment(**(faults or {})).items():
            monkeypatch.setenv(variable, value)
        options = {"backend": "vaapi", "device": server, "backlog": 256, **options}
        return zcgpu.Decoder(codec, time_base=(1, 25), **options)

    return opened


def expected(name: str = NAME) -> list[str]:
    return [picture.md5 for picture in media.framemd5(name)]


def untimed(some: tuple[Packet, ...]) -> list[Packet]:
    return [Packet(it.data, None, None, it.is_key) for it in some]


def test_every_frame_is_the_one_that_ffmpeg_decodes(opened: Opener) -> None:
    with opened() as fed:
        frames = [(it.format, md5(it)) for it in feed(fed, packets(NAME))]
        facts = fed.stats()
        assert (fed.backend, facts["failures"], facts["detached"]) == ("vaapi", 0, 0)
        assert facts["downloads"] == len(frames)
        assert "decodes" in fed.explain()
    assert frames == [("nv12", it) for it in expected()]


@pytest.mark.parametrize("timed", [True, False], ids=["timed", "untimed"])
@pytest.mark.parametrize("number", [1, 2, 9, 14, 24])
def test_a_device_that_fails_hands_over_to_the_cpu_and_no_frame_is_lost(
    opened: Opener, number: int, timed: bool
) -> None:
    some: Any = packets(NAME) if timed else untimed(packets(NAME))
    with opened(faults={"decode_errors": number}, backend="auto") as fed:
        assert [md5(it) for it in feed(fed, some)] == expected()
        assert fed.backend == "software"
        assert "Input/output error" in fed.explain()
        assert fed.stats()["failures"] == 0


@pytest.mark.parametrize(
    ("options", "faults", "why"),
    [
        ({"device": ":987"}, {}, "there is no X display :987"),
        ({"device": "/dev/null"}, {}, "/dev/null is no GPU's render node"),
        ({}, {"no_init": 1}, "init failed"),
    ],
    ids=str,
)
def test_a_device_that_cannot_be_had_is_an_error_or_the_cpu_decodes(
    opened: Opener, options: dict[str, Any], faults: dict[str, int], why: str
) -> None:
    with pytest.raises(zcgpu.MediaError, match=why):
        opened(faults=faults, **options)
    with opened(faults=faults, **{**options, "backend": "auto"}) as fed:
        assert fed.backend == "software"
        assert why in fed.explain()
        assert [md5(it) for it in feed(fed, packets(NAME))] == expected()


@pytest.mark.parametrize(
    ("name", "faults", "why"),
    [
        ("h264.h264", {}, "cannot decode h264"),
        (NAME, {"no_sync": 1}, "waiting for the device: HW busy"),
        (NAME, {"surfaces": 3}, "or has no memory for its surfaces"),
    ],
    ids=str,
)
def test_what_a_device_cannot_decode_is_an_error_or_the_cpus(
    opened: Opener, name: str, faults: dict[str, int], why: str
) -> None:
    codec = name.split(".")[0]
    some = packets(name)
    with opened(codec, faults) as fed:
        fed.send(some[0].data, pts=0)
        wait(fed)
        with pytest.raises(zcgpu.MediaError, match=why):
            fed.receive()
        assert fed.wants_keyframe(0.0)
        assert fed.backend == "vaapi"
    with opened(codec, faults, backend="auto") as fed:
        assert [md5(it) for it in feed(fed, some)] == expected(name)
        assert why in fed.explain()


def test_a_device_that_must_decode_fails_once_a_keyframe(opened: Opener) -> None:
    some, wanted = packets(NAME), expected()
    # From its fifth picture on the driver fails.
    keys = [number for number, it in enumerate(some) if it.is_key and number > 5]
    with opened(faults={"decode_errors": 5}) as fed:
        seen, failures = [], []
        for number, it in enumerate(some):
            if not fed.send(it.data, pts=number):
                continue
            wait(fed)
            try:
                frame = fed.receive()
            except zcgpu.MediaError as error:
                failures.append((number, "Input/output error" in str(error)))
                continue
            seen.append(md5(frame) if frame else None)
        assert failures == [(number, True) for number in (4, *keys)]
        assert seen == wanted[:4]
        assert fed.backend == "vaapi"


def test_after_a_flush_the_device_begins_with_a_keyframe(opened: Opener) -> None:
    some, wanted = packets(NAME), expected()
    key = next(n for n, it in enumerate(some) if n > 5 and it.is_key)
    with opened() as fed:
        for it in some[:3]:
            fed.send(it.data, pts=it.pts)
        fed.flush()
        assert not fed.send(some[4].data, pts=some[4].pts)
        assert [md5(it) for it in feed(fed, some[key:])] == wanted[key:]


@pytest.mark.parametrize("budget", [1, 4])
def test_more_frames_may_be_held_than_the_device_can_spare(opened: Opener, budget: int) -> None:
    with opened(lease_budget=budget) as fed:
        frames = list(feed(fed, packets(NAME)))
        facts = fed.stats()
        assert (facts["failures"], facts["dropped"]) == (0, 0)
        # One more at the end: nobody knows then that nothing is inside any more.
        assert facts["detached"] == len(frames) - budget + 1
        assert [md5(it) for it in frames] == expected()


def test_an_exhausted_device_is_told_and_no_packet_is_lost(opened: Opener) -> None:
    some, wanted = packets(NAME), expected()
    # It may wait for the device twice: to prove the first picture, and once more.
    with opened(faults={"no_sync_after": 3}, lease_budget=3, ahead=1) as fed:
        for it in some:
            fed.send(it.data, pts=it.pts)
        fed.finish()
        held: list[zcgpu.VideoFrame] = []

        def take_all() -> None:
            while True:
                wait(fed)
                frame = fed.receive()
                assert frame is not None
                held.append(frame)

        with pytest.raises(zcgpu.PoolExhausted, match="3 pictures are held") as caught:
            take_all()
        assert "lease_budget" in str(caught.value)
        while held:
            held.pop().close()
        ticks = []
        while not fed.ended:
            wait(fed)
            try:
                frame = fed.receive()
            except zcgpu.PoolExhausted:
                continue
            if frame is not None:
                ticks.append(frame.pts_ticks)
                frame.close()
    assert ticks == [it.pts for it in some][len(wanted) - len(ticks) :]
    assert len(ticks) >= len(wanted) - 3


def test_whoever_sends_to_an_exhausted_device_is_told_too(opened: Opener) -> None:
    some = packets(NAME)
    with opened(faults={"no_sync_after": 3}, lease_budget=3, ahead=8, backlog=2) as fed:

        def send_all() -> None:
            for it in some:
                fed.send(it.data, pts=it.pts)

        with pytest.raises(zcgpu.PoolExhausted, match=r"receive\(\) frames"):
            send_all()
        fed.flush()
        assert fed.send(some[0].data, pts=0)


def test_a_pipelines_cache_goes_before_anything_is_copied(opened: Opener, server: str) -> None:
    wanted = expected()
    decoder = opened(lease_budget=6, ahead=1)
    with zcgpu.Pipeline(decoder, ahead=1, cache=16) as pipeline:
        for it in packets(NAME):
            decoder.send(it.data, pts=it.pts)
        decoder.finish()
        shown: list[Any] = []
        while pipeline.stats()["state"] == "running":
            frame = pipeline.frame(1000.0 + len(shown))
            if frame is not None and frame.pts_ticks not in shown:
                shown.append(frame.pts_ticks)
            os.sched_yield()
        facts = pipeline.stats()
        assert facts["cache"]["evictions"] > 0
        assert facts["source"]["detached"] == 0
        assert facts["failures"] == 0
        assert len(shown) == len(wanted)
        last = pipeline.past(0)
        assert last is not None
        assert md5(last) == wanted[-1]
    decoder.close()


def test_arguments_that_mean_nothing_are_refused(server: str) -> None:
    for options, error in (
        ({"backend": "cuda"}, zcgpu.InvalidArgumentError),
        ({"backend": 1}, zcgpu.InvalidArgumentError),
        ({"device": 7}, zcgpu.WrongTypeError),
        ({"lease_budget": 0}, zcgpu.InvalidArgumentError),
        ({"lease_budget": 65}, zcgpu.InvalidArgumentError),
        ({"lease_budget": "many"}, zcgpu.WrongTypeError),
    ):
        with pytest.raises(error):
            zcgpu.Decoder("vp9", **options)
