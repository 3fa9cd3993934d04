"""A film that vgem's memory holds, and GL of another card: the wrong device, by the whole road."""

from typing import Any

import pytest
from va import zcsw
from video import media
from vm.cards import node_of
from vm.shown import differ, wanted

import zcgpu


@pytest.fixture
def options(monkeypatch: pytest.MonkeyPatch, context: zcgpu.Context) -> dict[str, Any]:
    for variable, value in zcsw.environment(drm=str(node_of("vgem"))).items():
        monkeypatch.setenv(variable, value)
    device = str(node_of("vgem", "renderD"))
    return {"backend": "vaapi", "device": device, "context": context}


def test_its_frames_are_copied_and_it_says_why(
    options: dict[str, Any], context: zcgpu.Context
) -> None:
    pictures = wanted("vp9.webm", context)
    with zcgpu.open_video(media.file("vp9.webm"), **options) as video:
        for number in range(3):
            assert differ(video[number].rgb(), pictures[number]) <= 1
        road = video.stats()["zero_copy"]
        assert (road["state"], road["reason"], road["copied"]) == (
            "hw_download",
            "import failure",
            3,
        )
        assert "EGL_BAD_ALLOC: it is memory of another device" in video.explain()


def test_required_is_blocked_and_says_whose_memory_it_is(
    options: dict[str, Any], context: zcgpu.Context
) -> None:
    with pytest.raises(zcgpu.DmabufError, match="it is memory of another device"):
        zcgpu.open_video(media.file("vp9.webm"), zero_copy="require", **options)
