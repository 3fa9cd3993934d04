"""Planes of a device's memory as textures: the GPU copies them, and nothing is uploaded."""

from typing import Any

import numpy as np
import pytest
from sources import FILTER
from video import media

import zcgpu


@pytest.mark.parametrize("name", ["vp9.webm", "vp9_odd.webm", "vp9_10.webm"])
def test_they_are_the_samples_that_ffmpeg_decodes(
    opened: Any, context: zcgpu.Context, name: str
) -> None:
    with (
        opened(name) as video,
        zcgpu.open_video(media.file(name), backend="software") as software,
    ):
        uploads = context.validate()["uploads"]
        for number in range(4):
            frame = video[number]
            textures = [np.asarray(frame.texture(plane)) for plane in range(2)]
            luma, blue, red = map(np.asarray, software[number].planes)
            shift = 6 if luma.dtype == np.uint16 else 0
            assert (textures[0] == luma << shift).all()
            assert (textures[1] == np.stack([blue, red], axis=-1) << shift).all()
        stats = video.stats()
        assert context.validate()["uploads"] == uploads
        assert stats["downloads"] == 0
        assert stats["plane_textures"] == {"drawn": 8, "uploaded": 0, "reason": None}


def test_shaders_read_them_upright_and_they_outlive_the_surface(
    opened: Any, context: zcgpu.Context
) -> None:
    scene = context.scene(FILTER)
    with opened(lease_budget=1) as video:
        frame = video[0]
        luma = np.asarray(frame.planes[0]).copy()
        texture = frame.texture(0)
        frame.close()
        for number in range(1, 12):  # each is decoded into what the others gave back
            video[number].close()
        scene.inputs["inputImage"] = texture
        shown = np.asarray(scene.render(luma.shape[1], luma.shape[0]))
        assert (shown[..., 0] == luma).all()


def test_a_plane_that_there_is_not_is_an_error_before_anything_is_copied(
    opened: Any, context: zcgpu.Context
) -> None:
    with opened() as video:
        with pytest.raises(zcgpu.OutOfRangeError, match="plane 2 of nv12, which has 2"):
            video[0].texture(2)
        assert video.stats()["downloads"] == 0


def test_what_cannot_be_imported_is_uploaded_and_the_reason_told(
    opened: Any, context: zcgpu.Context
) -> None:
    with opened(faults={"no_export": 1}) as video:
        frame = video[0]
        assert (np.asarray(frame.texture(1)) == np.asarray(frame.planes[1])).all()
        assert video.stats()["plane_textures"]["uploaded"] == 1
        assert "Planes as textures: 1 were uploaded, since backend failure" in video.explain()
