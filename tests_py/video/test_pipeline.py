"""Pipelines: what is seen when, who holds it, and how they end."""

import os
from typing import Any

import numpy as np
import pytest
from children import output_of
from side_by_side import together, until_closed
from video import media
from video.packets import extradata, md5, packets

import zcgpu

NAME = "h264_b.mp4"
PATIENCE = 200000
"""So often a pipeline is asked for what a thread makes; never reached where it is made."""


def until(pipeline: zcgpu.Pipeline, condition: Any) -> None:
    """Asks until the worker has come so far."""
    for _ in range(PATIENCE):
        if condition(pipeline.stats()):
            return
        os.sched_yield()
    raise AssertionError(pipeline.stats())


def ready(count: int) -> Any:
    """So many frames are decoded, or the source has ended."""
    return lambda facts: facts["source"]["frames_waiting"] >= count


def test_frames_are_shown_when_they_are_due() -> None:
    expected = [it.md5 for it in media.framemd5(NAME)]
    with zcgpu.Pipeline(zcgpu.open_video(media.file(NAME)), latency=0.5, ahead=3) as pipeline:
        until(pipeline, ready(3))
        assert pipeline.frame(100.0) is None
        seen = []
        for tick in range(40):
            until(pipeline, lambda facts, n=tick: facts["source"]["frames_decoded"] > n)
            frame = pipeline.frame(100.5 + tick / 25 + 1e-6)
            seen.append(md5(frame))
            assert pipeline.frame(100.5 + tick / 25 + 2e-6) is frame
        assert seen == expected
        facts = pipeline.stats()
        assert facts["presenter"]["shown"] == 40
        assert facts["presenter"]["repeated"] >= 40
        assert facts["presenter"]["late"] == 0
        assert facts["lag"]["count"] == 40
        assert facts["lag"]["most"] < 1e-3
    assert pipeline.closed


def test_late_frames_are_dropped_and_counted() -> None:
    expected = [it.md5 for it in media.framemd5(NAME)]
    with zcgpu.Pipeline(zcgpu.open_video(media.file(NAME)), ahead=4) as pipeline:
        until(pipeline, ready(4))
        assert md5(pipeline.frame(0.0)) == expected[0]
        assert md5(pipeline.frame(0.125)) == expected[3]
        assert pipeline.stats()["presenter"]["late"] == 2


def test_what_is_taken_less_what_is_released_is_held() -> None:
    with zcgpu.Pipeline(zcgpu.open_video(media.file(NAME)), ahead=4, cache=3) as pipeline:
        until(pipeline, ready(4))
        for tick in range(60):
            pipeline.frame(tick / 25)
            facts, roles = pipeline.stats(), pipeline.roles()
            assert facts["taken"] - facts["released"] == sum(roles.values())
            assert roles.get("presenter", 0) <= 5
            assert roles.get("cache", 0) <= 3
        frame = pipeline.frame(99.0)
        assert frame is not None
        assert frame.holders["presenter"] == 2
        assert frame.holders["cache"] == 1
    assert frame.holders == {"presenter": 1}


def test_packets_flow_through_a_decoder_and_the_gate() -> None:
    expected = [it.md5 for it in media.framemd5(NAME)]
    some = packets(NAME)
    head = extradata(NAME, b"avcC")
    decoder = zcgpu.Decoder("h264", head, time_base=(1, 12800), backlog=256, ahead=64)
    with zcgpu.Pipeline(decoder, ahead=64) as pipeline:
        assert pipeline.frame(0.0) is None
        assert pipeline.wants_keyframe(0.0)
        assert not pipeline.wants_keyframe(0.1)
        for it in some:
            assert decoder.send(it.data, pts=it.pts, dts=it.dts)
        decoder.finish()
        until(pipeline, ready(40))
        assert [md5(pipeline.frame(tick / 25 + 1e-6)) for tick in range(40)] == expected
        assert pipeline.stats()["presenter"]["late"] == 0
    assert pipeline.closed
    decoder.close()


def test_a_flush_keeps_what_is_shown_and_goes_on_in_the_source() -> None:
    with zcgpu.Pipeline(zcgpu.open_video(media.file(NAME)), ahead=4) as pipeline:
        until(pipeline, ready(4))
        first = pipeline.frame(0.0)
        pipeline.flush()
        assert pipeline.frame(50.0) is not None
        assert pipeline.stats()["presenter"]["flushed"] == 3
        assert first is not None


def test_a_step_back_decodes_nothing() -> None:
    expected = [it.md5 for it in media.framemd5(NAME)]
    with zcgpu.Pipeline(zcgpu.open_video(media.file(NAME)), ahead=4, cache=3) as pipeline:
        assert pipeline.past(0) is None
        for tick in range(6):
            until(pipeline, lambda facts, n=tick: facts["source"]["frames_decoded"] > n)
            pipeline.frame(tick / 25 + 1e-6)
        decoded = pipeline.stats()["source"]["frames_received"]
        for steps in (1, 2, 0):
            frame = pipeline.past(steps)
            assert md5(frame) == expected[5 - steps]
            assert frame is not None
            assert frame.holders["cache"] == 1
        assert pipeline.past(3) is None
        assert pipeline.past(2**31 - 1) is None
        assert md5(pipeline.past(1)) == expected[4]
        facts = pipeline.stats()
        assert facts["source"]["frames_received"] == decoded
        assert (facts["cache"]["kept"], facts["cache"]["hits"]) == (3, 4)
        with pytest.raises(zcgpu.InvalidArgumentError):
            pipeline.past(-1)
        with pytest.raises(zcgpu.WrongTypeError):
            pipeline.past(0.5)  # type: ignore[arg-type]


def test_a_broken_source_is_told_and_what_was_shown_stays() -> None:
    video = zcgpu.open_video(media.file(NAME))
    with zcgpu.Pipeline(video, ahead=2) as pipeline:
        until(pipeline, ready(2))
        frame = pipeline.frame(0.0)
        video.close()
        assert pipeline.frame(1.0) is not None
        # What was decoded before comes first, and then the reason.
        until(pipeline, lambda facts: bool(pipeline.frame(20.0)) and facts["problem"] is not None)
        assert "closed" in (pipeline.problem or "")
        assert frame is not None


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"latency": -1}, zcgpu.InvalidArgumentError),
        ({"latency": float("nan")}, zcgpu.InvalidArgumentError),
        ({"latency": 1e9}, zcgpu.InvalidArgumentError),
        ({"latency": "soon"}, zcgpu.WrongTypeError),
        ({"ahead": 65}, zcgpu.InvalidArgumentError),
        ({"ahead": 0.5}, zcgpu.WrongTypeError),
        ({"cache": -1}, zcgpu.InvalidArgumentError),
        ({"cache": 65}, zcgpu.InvalidArgumentError),
        ({"context": 7}, zcgpu.WrongTypeError),
    ],
)
def test_pipelines_that_cannot_be_are_refused(
    options: dict[str, Any], error: type[zcgpu.Error]
) -> None:
    with zcgpu.open_video(media.file(NAME)) as video, pytest.raises(error):
        zcgpu.Pipeline(video, **options)


def test_a_source_is_a_video_or_a_decoder_that_is_open() -> None:
    with pytest.raises(zcgpu.WrongTypeError, match=r"a zcgpu\.Video or Decoder"):
        zcgpu.Pipeline("film.mp4")  # type: ignore[arg-type]
    video = zcgpu.open_video(media.file(NAME))
    video.close()
    with pytest.raises(zcgpu.ClosedError, match="source is closed"):
        zcgpu.Pipeline(video)


def test_a_closed_pipeline_says_so_and_its_frames_stay() -> None:
    video = zcgpu.open_video(media.file(NAME))
    pipeline = zcgpu.Pipeline(video)
    until(pipeline, ready(1))
    frame = pipeline.frame(0.0)
    pipeline.close()
    pipeline.close()
    with pytest.raises(zcgpu.ClosedError):
        next(iter(video))
    attempts: list[Any] = [
        lambda: pipeline.frame(0.0), pipeline.flush, pipeline.roles, pipeline.stats,
        lambda: pipeline.wants_keyframe(0.0), pipeline.past,
    ]  # fmt: skip
    for attempt in attempts:
        with pytest.raises(zcgpu.ClosedError, match="this pipeline is closed"):
            attempt()
    assert md5(frame) == media.framemd5(NAME)[0].md5
    assert repr(pipeline) == "<zcgpu.Pipeline closed>"
    video.close()


def test_times_that_are_none_are_refused() -> None:
    with zcgpu.Pipeline(zcgpu.open_video(media.file(NAME))) as pipeline:
        for now in (float("nan"), float("inf")):
            with pytest.raises(zcgpu.InvalidArgumentError):
                pipeline.frame(now)
        with pytest.raises(zcgpu.WrongTypeError):
            pipeline.frame("now")  # type: ignore[arg-type]


def test_threads_may_show_ask_and_close_at_once() -> None:
    for _ in range(5):
        pipeline = zcgpu.Pipeline(zcgpu.open_video(media.file(NAME)))
        acts = [
            lambda n, it=pipeline: it.frame(n / 50),
            lambda n, it=pipeline: (it.stats(), it.roles()),
            lambda n, it=pipeline: it.flush() if n % 50 == 7 else None,
            lambda n, it=pipeline: it.close() if n == 100 else it.frame(n / 50),
        ]
        together([until_closed(act, turns=300) for act in acts])
        pipeline.source.close()


def test_a_child_of_a_fork_is_refused_and_ends() -> None:
    program = """
        import os, sys, zcgpu
        pipeline = zcgpu.Pipeline(zcgpu.open_video(sys.argv[1]))
        while pipeline.frame(0.0) is None: os.sched_yield()
        child = os.fork()
        if child == 0:
            for act in (lambda: pipeline.frame(1.0), pipeline.stats, pipeline.flush,
                        lambda: pipeline.wants_keyframe(0.0)):
                try:
                    act()
                    os._exit(1)
                except zcgpu.ForkError: pass
            pipeline.close()
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        pipeline.close()
    """
    assert output_of(program, str(media.file(NAME))) == "0\n"


def test_a_program_may_end_in_the_middle() -> None:
    program = """
        import sys, warnings, zcgpu
        warnings.simplefilter("ignore")
        sys.kept = [zcgpu.Pipeline(zcgpu.open_video(sys.argv[1])) for _ in range(4)]
    """
    assert output_of(program, str(media.file(NAME))) == ""


def test_a_pipeline_that_is_dropped_open_is_told_of() -> None:
    held = [zcgpu.Pipeline(zcgpu.open_video(media.file(NAME)))]
    video = held[0].source
    with pytest.warns(ResourceWarning, match="Pipeline made at"):
        held.clear()
    video.close()
    assert np.all(zcgpu.census()["pipelines"] == 0)
