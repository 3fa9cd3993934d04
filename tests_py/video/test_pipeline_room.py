"""A pipeline over a video whose device has no room left: nothing ends, and no frame is lost."""

import os

import pytest
from benchmarks.xvfb import display
from va import zcsw
from video import media

import zcgpu

PATIENCE = 400000


def test_a_video_goes_on_where_it_was_once_frames_are_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The device may be waited for so often that no frame can be moved to memory.
    for variable, value in zcsw.environment(no_sync_after=4).items():
        monkeypatch.setenv(variable, value)
    with display() as name:
        assert name, "there is no Xvfb: scripts/setup installs it"
        video = zcgpu.open_video(
            media.file("vp9.webm"), backend="vaapi", device=name, lease_budget=3
        )
        with zcgpu.Pipeline(video, ahead=1, cache=0) as pipeline:
            held: list[zcgpu.VideoFrame] = []
            numbers: list[int | None] = []
            for now in range(PATIENCE):
                frame = pipeline.frame(float(now))
                if frame is not None and frame.index not in numbers:
                    numbers.append(frame.index)
                    if len(numbers) < 4:
                        held.append(frame)
                facts = pipeline.stats()
                if facts["failures"] > 3 and held:
                    assert "3 pictures are held" in facts["problem"]
                    while held:
                        held.pop().close()
                if facts["state"] == "ended" and facts["presenter"]["waiting"] == 0:
                    break
                os.sched_yield()
            assert numbers == list(range(len(media.framemd5("vp9.webm"))))
