"""What is left of a pipeline that was closed and is still there, as C may have it."""

import os

import pytest
from crash import abi
from video import media

import zcgpu

PATIENCE = 20000
"""So often something is looked for that another thread does; never reached where it does it."""


def close(pipeline: zcgpu.Pipeline) -> None:
    """As C does: the handle stays, and so does all that the pipeline keeps."""
    (handle,) = (it.handle for it in zcgpu.diagnostics.live() if it.kind == "pipeline")
    abi.call("zcg_pipeline_close", abi.Handle(handle))


def threads() -> int:
    return len(os.listdir("/proc/self/task"))


@pytest.mark.parametrize("end", ["running", "ended"])
def test_it_holds_nothing_and_its_thread_has_ended(end: str) -> None:
    before = threads()
    video = zcgpu.open_video(media.file("h264_b.mp4"), threads=1)
    with zcgpu.Pipeline(video, ahead=3, cache=2) as pipeline:
        for tick in range(PATIENCE):
            frame = pipeline.frame(tick / 25 if end == "ended" else 0.0)
            facts = pipeline.stats()
            if facts["state"] == end and facts["presenter"]["waiting"] == (end == "running") * 3:
                break
            os.sched_yield()
        assert frame is not None
        assert facts["state"] == end
        assert sum(pipeline.roles().values()) > 1
        close(pipeline)
        assert pipeline.roles() == {}
        assert frame.holders == {"presenter": 1}
        facts = pipeline.stats()
        assert facts["state"] == "stopped"
        assert facts["taken"] == facts["released"]
        with pytest.raises(zcgpu.ClosedError):
            next(iter(video))
        for _ in range(PATIENCE):
            if threads() == before:
                break
            os.sched_yield()
        assert threads() == before


@pytest.mark.filterwarnings("error::ResourceWarning")
def test_what_a_closed_pipeline_has_closed_says_so() -> None:
    for source in (zcgpu.open_video(media.file("h264.mp4")), zcgpu.Decoder("h264")):
        zcgpu.Pipeline(source).close()
        assert source.closed
        assert "closed" in repr(source)
