"""VP9 by the VA driver, whose surfaces are vgem's memory: every frame is the one ffmpeg decodes."""

import hashlib
import os
from collections.abc import Callable

import numpy as np
import pytest
from va import zcsw
from vm.cards import node_of
from vm.prepared import FRAMES, checksums, film

import zcgpu

NODE = str(node_of("vgem", "renderD"))
Driver = Callable[..., None]


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> Driver:
    """Has libva open our driver from now on, with faults that are named as in faults.h."""

    def begin(**faults: str | int) -> None:
        environment = zcsw.environment(**{"drm": str(node_of("vgem")), **faults})
        for name, value in environment.items():
            monkeypatch.setenv(name, value)

    begin()
    return begin


def checksum(frame: zcgpu.VideoFrame) -> str:
    samples = b"".join(np.ascontiguousarray(plane).tobytes() for plane in frame.planes)
    return hashlib.md5(samples).hexdigest()


@pytest.mark.parametrize("name", ["nv12", "nv12_odd", "p010"])
def test_planes_are_what_ffmpeg_decodes(driver: Driver, name: str) -> None:
    with zcgpu.open_video(film(name), backend="vaapi", device=NODE) as video:
        assert [checksum(frame) for frame in video] == checksums(name)
        assert video.backend == "vaapi"


def test_descriptors_are_as_many_after_each_frame(driver: Driver) -> None:
    counts = []
    with zcgpu.open_video(film("nv12"), backend="vaapi", device=NODE) as video:
        for frame in video:
            checksum(frame)
            frame.close()
            counts.append(len(os.listdir("/proc/self/fd")))
    assert len(counts) == FRAMES
    assert len(set(counts[20:])) == 1


@pytest.mark.parametrize(
    "fault",
    [
        {"no_export": 1},
        {"no_composed": 1},
        {"no_separate": 1},
        {"no_size": 1},
        {"no_derive": 1},
        {"late": 1},
        {"modifier": "0x100000000000002"},
        {"drm": ""},
    ],
    ids=str,
)
def test_frames_are_right_whatever_else_the_driver_cannot(
    driver: Driver, fault: dict[str, str | int]
) -> None:
    driver(**fault)
    with zcgpu.open_video(film("nv12"), backend="vaapi", device=NODE) as video:
        assert [checksum(frame) for frame in video] == checksums("nv12")


def test_a_driver_that_does_not_start_is_an_error_or_the_processors_work(driver: Driver) -> None:
    driver(no_init=1)
    with pytest.raises(zcgpu.Error, match=NODE):
        zcgpu.open_video(film("nv12"), backend="vaapi", device=NODE)
    with zcgpu.open_video(film("nv12"), backend="auto", device=NODE) as video:
        assert checksum(video[0])
        assert video.backend == "software"
        assert NODE in video.explain()


def test_a_device_that_cannot_be_waited_for_is_refused_at_once(driver: Driver) -> None:
    driver(no_sync=1)
    with pytest.raises(zcgpu.MediaError, match="HW busy"):
        zcgpu.open_video(film("nv12"), backend="vaapi", device=NODE)


def test_what_the_device_spoils_is_an_error_and_no_picture(driver: Driver) -> None:
    driver(decode_errors=5)
    right = 0
    with zcgpu.open_video(film("nv12"), backend="vaapi", device=NODE) as video:
        frames = iter(video)
        for wanted in checksums("nv12"):
            try:
                assert checksum(next(frames)) == wanted
                right += 1
            except (zcgpu.MediaError, StopIteration):
                continue
    assert right == 4


def test_frames_outlive_video_and_device(driver: Driver) -> None:
    with zcgpu.open_video(film("nv12"), backend="vaapi", device=NODE, lease_budget=4) as video:
        kept = [video[i] for i in range(4)]
    assert [checksum(frame) for frame in kept] == checksums("nv12")[:4]
