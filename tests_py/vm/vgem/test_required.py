"""zero_copy="require": no copy, or an exception that says why; "off": always one."""

from typing import Any

import numpy as np
import pytest
from vm.shown import differ, wanted

import zcgpu


def test_required_is_zero_copy_and_counts_what_it_shows_alone(
    opened: Any, context: zcgpu.Context
) -> None:
    pictures = wanted("vp9.webm", context)
    with opened(zero_copy="require") as video:
        assert video.stats()["zero_copy"]["presented"] == 0
        for number in range(14):
            assert differ(video[number].rgb(), pictures[number]) <= 1
        stats = video.stats()
        road = stats["zero_copy"]
        assert (road["state"], road["mode"]) == ("zero_copy", "require")
        assert (road["imported"], stats["downloads"]) == (14, 0)
        assert (stats["seeks"], stats["rewinds"]) == (0, 0)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"no_export": 1}, "backend failure: .*hands its memory out to nobody"),
        ({"modifier": "0x0300000000000001"}, "import failure: .*without a copy:\n  planes: EGL_"),
        ({"drm": ""}, "import failure: .*is no DMA-BUF"),
    ],
    ids=str,
)
def test_what_is_in_the_way_is_told_at_once(
    opened: Any, context: zcgpu.Context, fault: dict[str, Any], words: str
) -> None:
    with pytest.raises(zcgpu.DmabufError, match=f"(?s)allows no copy.*{words}"):
        opened(faults=fault, zero_copy="require")


def test_a_device_that_fails_later_is_an_error_and_no_copy(
    opened: Any, context: zcgpu.Context
) -> None:
    pictures = wanted("vp9.webm", context)
    with opened(faults={"no_sync_after": 6}, zero_copy="require") as video:
        # Looking at the first frame has waited twice, and trying it once.
        for number in range(3):
            assert differ(video[number].rgb(), pictures[number]) <= 1
        for number in range(3, 8):
            with pytest.raises(zcgpu.DmabufError, match=r"backend failure: .*HW busy"):
                video[number].rgb()
        stats = video.stats()
        assert (stats["zero_copy"]["copied"], stats["zero_copy"]["dropped"]) == (0, 5)
        assert stats["detached"] == 0
        assert "backend failure" in video.explain()


def test_the_cpu_does_not_take_over(opened: Any, context: zcgpu.Context) -> None:
    with opened(faults={"decode_errors": 4}, zero_copy="require", backend="auto") as video:
        assert video[2].rgb()
        with pytest.raises(zcgpu.MediaError, match=r"frame 3, at 0\.12 s"):
            video[3]
        assert video.backend == "vaapi"


def test_no_frame_is_moved_to_make_room(opened: Any, context: zcgpu.Context) -> None:
    with opened(zero_copy="require", lease_budget=2) as video:
        held = [video[0], video[1]]
        with pytest.raises(zcgpu.PoolExhausted, match='zero_copy="require" allows no copy'):
            video[2]
        held.pop().close()
        assert video[2].rgb()
        assert video.stats()["detached"] == 0


def test_off_copies_each_frame_and_says_that_it_was_told_to(
    opened: Any, context: zcgpu.Context
) -> None:
    pictures = wanted("vp9.webm", context)
    with opened(zero_copy="off") as video:
        for number in range(3):
            assert differ(video[number].rgb(), pictures[number]) <= 1
        luma = np.asarray(video[3].texture(0))
        assert (luma == np.asarray(video[3].planes[0])).all()
        stats = video.stats()
        assert (stats["zero_copy"]["state"], stats["zero_copy"]["reason"]) == (
            "hw_download",
            "forced",
        )
        assert (stats["zero_copy"]["imported"], stats["downloads"]) == (0, 5)
        assert stats["plane_textures"]["uploaded"] == 1
        assert 'zero_copy="off"' in video.explain()
