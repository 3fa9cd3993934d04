"""Hardware frames that live while their context is lost, begins anew, or ends."""

import os
from typing import Any

import pytest
from sources import FILTER
from vm.shown import differ, wanted

import zcgpu


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


def test_a_loss_takes_imports_and_leaves_frames(opened: Any, context: zcgpu.Context) -> None:
    pictures = wanted("vp9.webm", context)
    with opened() as video:
        frames = [video[number] for number in range(4)]
        shown = [frame.rgb() for frame in frames[:2]]
        context.simulate_loss()
        with pytest.raises(zcgpu.ContextLostError):
            frames[2].rgb()
        with pytest.raises(zcgpu.ContextLostError):
            frames[2].texture(0)
        assert [frame.holders["presenter"] for frame in frames] == [1] * 4
        context.reinitialize()
        assert not any(seen.usable for seen in shown)
        shown = [frame.rgb() for frame in frames]
        for seen, picture in zip(shown, pictures, strict=False):
            assert differ(seen, picture) <= 1
        road = video.stats()["zero_copy"]
        # A loss is no failure of the imports: nothing was copied, and nothing is held against them.
        assert (road["copied"], road["dropped"], road["reason"]) == (0, 1, None)
        assert (road["imported"], road["streak"]) == (6, 4)
        video.close()
        context.simulate_loss()
        context.reinitialize()
        for frame, picture in zip(frames, pictures, strict=False):
            assert differ(frame.rgb(), picture) <= 1


def test_generations_leave_no_descriptors(opened: Any, context: zcgpu.Context) -> None:
    with opened() as video:
        counts = []
        for number in range(8):
            video[number].rgb().close()
            context.reinitialize()
            counts.append(descriptors())
        assert len(set(counts[2:])) == 1, counts


def test_a_scene_shows_the_video_again_after_a_loss(opened: Any, context: zcgpu.Context) -> None:
    pictures = wanted("vp9.webm", context)
    with opened() as video:
        scene = context.scene(FILTER)
        scene.inputs["inputImage"] = video
        height, width = pictures[0].shape[:2]
        for number in range(3):
            shown = scene.render(width, height, time=number / 25)
            assert differ(shown, pictures[number]) <= 1
        context.simulate_loss()
        context.reinitialize()
        uploads = context.validate()["uploads"]
        for number in range(2, 6):
            shown = scene.render(width, height, time=number / 25)
            assert differ(shown, pictures[number]) <= 1
        assert context.validate()["uploads"] == uploads
        scene.inputs["inputImage"] = None


def test_frames_are_drawn_in_two_contexts_at_once(opened: Any, context: zcgpu.Context) -> None:
    pictures = wanted("vp9.webm", context)
    with opened(lease_budget=2) as video, zcgpu.Context(dialect="es") as other:
        for number in range(10):
            frame = video[number]
            place = other if number % 2 else context
            assert differ(frame.rgb(place), pictures[number]) <= 1
        assert video.stats()["zero_copy"]["imported"] == 10
        assert video.stats()["detached"] == 0
