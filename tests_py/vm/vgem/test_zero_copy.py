"""From file to texture without a copy: libavcodec, libva, DMA-BUF, EGLImage, shader."""

import os
from typing import Any

import pytest
from vm.shown import differ, wanted

import zcgpu


@pytest.mark.parametrize(
    ("name", "fault"),
    [("vp9.webm", {}), ("vp9_10.webm", {"late": 1}), ("vp9_odd.webm", {"no_size": 1})],
    ids=str,
)
def test_sixty_frames_are_drawn_from_the_memory_they_were_decoded_into(
    opened: Any, context: zcgpu.Context, name: str, fault: dict[str, int]
) -> None:
    pictures = wanted(name, context)
    descriptors = set()
    uploads = context.validate()["uploads"]
    with opened(name, fault) as video:
        for turn in range(60):
            number = turn % len(pictures)
            assert differ(video[number].rgb(), pictures[number]) <= 1, number
            if turn >= 30:
                descriptors.add(len(os.listdir("/proc/self/fd")))
        stats = video.stats()
        road = stats["zero_copy"]
        assert (road["state"], road["imported"], road["copied"]) == ("zero_copy", 60, 0)
        assert (road["activations"], stats["downloads"], stats["detached"]) == (1, 0, 0)
        assert "zero_copy: 60 frames in a row" in video.explain()
        assert context.validate()["uploads"] == uploads
    assert len(descriptors) == 1


@pytest.mark.parametrize(
    ("fault", "reason", "words"),
    [
        ({"no_export": 1}, "backend failure", "hands its memory out to nobody"),
        ({"modifier": "0x0300000000000001"}, "import failure", "without a copy"),
        ({"drm": ""}, "import failure", "is no DMA-BUF"),
    ],
    ids=str,
)
def test_what_cannot_be_imported_is_copied_with_the_reason(
    opened: Any, context: zcgpu.Context, fault: dict[str, Any], reason: str, words: str
) -> None:
    pictures = wanted("vp9.webm", context)
    with opened(faults=fault) as video:
        for number in range(14):
            assert differ(video[number].rgb(), pictures[number]) <= 1
        road = video.stats()["zero_copy"]
        assert (road["state"], road["reason"]) == ("hw_download", reason)
        assert (road["copied"], road["imported"], road["probes"]) == (14, 0, 1)
        assert video.stats()["downloads"] == 14
        assert words in video.explain()


def test_frames_are_shown_after_their_video_and_in_another_generation(
    opened: Any, context: zcgpu.Context
) -> None:
    pictures = wanted("vp9.webm", context)
    video = opened()
    frames = [video[number] for number in range(4)]
    assert differ(frames[0].rgb(), pictures[0]) <= 1
    context.reinitialize()
    assert differ(frames[1].rgb(), pictures[1]) <= 1
    road = video.stats()["zero_copy"]
    assert (road["imported"], road["copied"], road["streak"]) == (2, 0, 1)
    video.close()
    assert differ(frames[2].rgb(), pictures[2]) <= 1
    assert differ(frames[3].rgb(), pictures[3]) <= 1


def test_a_surface_stays_until_the_gpu_has_read_it(opened: Any, context: zcgpu.Context) -> None:
    pictures = wanted("vp9.webm", context)
    with opened(lease_budget=1) as video:
        shown = [video[number].rgb() for number in range(len(pictures))]
        for seen, picture in zip(shown, pictures, strict=True):
            assert differ(seen, picture) <= 1
