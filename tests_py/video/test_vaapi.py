"""Videos decoded by a device: VA-API for real, under a driver that decodes on the CPU (va/)."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from children import QUIET, python
from va import zcsw
from video import media
from video.surfaces import md5

import zcgpu

FILES = ("vp9.webm", "vp9_10.webm", "vp9_odd.webm")
SURFACES = {"yuv420p": "nv12", "yuv420p10le": "p010le"}
Opener = Callable[..., zcgpu.Video]


@pytest.fixture
def opened(server: str, monkeypatch: pytest.MonkeyPatch) -> Opener:
    """Opens a video by the driver on the X display, with faults if they are named."""

    def opened(name: str = "vp9.webm", faults: dict[str, int] | None = None, **options: Any) -> Any:
        for variable, value in zcsw.environment(**(faults or {})).items():
            monkeypatch.setenv(variable, value)
        options = {"backend": "vaapi", "device": server, **options}
        return zcgpu.open_video(media.file(name), **options)

    return opened


def expected(name: str) -> list[str]:
    return [picture.md5 for picture in media.framemd5(name)]


def software(name: str = "vp9.webm") -> AbstractContextManager[zcgpu.Video]:
    return zcgpu.open_video(media.file(name), backend="software")


# -- What is decoded --


@pytest.mark.parametrize("fault", [{}, {"late": 1}, {"no_derive": 1}], ids=str)
@pytest.mark.parametrize("name", FILES)
def test_every_frame_is_the_one_that_ffmpeg_decodes(
    opened: Opener, name: str, fault: dict[str, int]
) -> None:
    with opened(name, fault) as video:
        frames = [(frame.format, md5(frame)) for frame in video]
        assert (video.backend, video.stats()["detached"]) == ("vaapi", 0)
        assert video.stats()["downloads"] == len(frames)
    surface = SURFACES[video.pixel_format]
    assert frames == [(surface, it) for it in expected(name)]


def test_frames_are_exact_in_any_order(opened: Opener) -> None:
    wanted = expected("vp9.webm")
    with opened() as video:
        numbers = [7, 3, 20, 0, len(wanted) - 1, 11, 12]
        assert [md5(video[number]) for number in numbers] == [wanted[it] for it in numbers]
        assert video.backend == "vaapi"


def test_nothing_is_copied_before_somebody_looks(opened: Opener) -> None:
    with opened() as video:
        frames = [video[number] for number in range(4)]
        assert video.stats()["downloads"] == 0
        assert [len(frame.holders) for frame in frames] == [1] * 4
        frames[2].planes  # noqa: B018
        frames[2].planes  # noqa: B018
        assert video.stats()["downloads"] == 1


def test_frames_outlive_decoder_device_and_file(opened: Opener) -> None:
    video = opened()
    frames = [video[number] for number in (2, 5)]
    video.close()
    assert [md5(frame) for frame in frames] == [expected("vp9.webm")[it] for it in (2, 5)]
    assert video.backend == "vaapi"


# -- The lease budget --


@pytest.mark.parametrize("budget", [1, 4])
def test_more_frames_may_be_held_than_the_device_can_spare(opened: Opener, budget: int) -> None:
    wanted = expected("vp9.webm")
    with opened(lease_budget=budget) as video:
        frames = list(video)
        stats = video.stats()
        assert (len(frames), stats["failures"]) == (len(wanted), 0)
        assert stats["detached"] == stats["downloads"] == len(wanted) - budget
        assert [md5(frame) for frame in frames] == wanted


def test_a_frame_that_cannot_be_moved_exhausts_the_pool_and_no_packet_is_lost(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = expected("vp9.webm")
    with opened(faults={"no_sync_after": 4}, lease_budget=3) as video:
        frames = [video[number] for number in range(2)]
        frames[0].planes  # noqa: B018
        with pytest.raises(zcgpu.PoolExhausted, match="3 pictures are held") as caught:
            frames.extend(video[number] for number in range(2, 8))
        assert "3 by presenter" in str(caught.value)
        assert "HW busy" in str(caught.value)
        assert "lease_budget" in str(caught.value)
        while frames:
            frames.pop().close()
        assert video[4].index == 4
    assert len(wanted) > 8


# -- What goes wrong --


@pytest.mark.parametrize(
    ("options", "fault", "why"),
    [
        ({"device": ":987"}, {}, "there is no X display :987"),
        ({"device": "/nowhere"}, {}, "/nowhere: No such file"),
        ({"device": "/dev/null"}, {}, "/dev/null is no GPU's render node"),
        ({}, {"no_init": 1}, "init failed"),
        ({}, {"no_sync": 1}, "waiting for the device: HW busy"),
        ({}, {"surfaces": 3}, "or has no memory for its surfaces"),
        ({}, {"decode_errors": 1}, "Input/output error"),
        ({"name": "h264.mp4"}, {}, "cannot decode h264"),
        ({"name": "vp9_444.webm"}, {}, "cannot decode vp9 Profile 1"),
    ],
    ids=str,
)
def test_a_device_that_cannot_is_an_error_or_the_cpu_takes_over(
    opened: Opener, options: dict[str, Any], fault: dict[str, int], why: str
) -> None:
    name = options.get("name", "vp9.webm")
    with pytest.raises(zcgpu.MediaError) as caught:
        opened(faults=fault, **options)
    assert why in str(caught.value)
    with opened(faults=fault, **{**options, "backend": "auto"}) as video:
        assert video.backend == "software"
        assert video.explain().startswith("software: the CPU decodes, since ")
        assert why in video.explain()
        assert why in video.stats()["backend_reason"]
        assert video.stats()["zero_copy"]["state"] == "software"
        assert [md5(frame) for frame in video] == expected(name)


@pytest.mark.parametrize("number", [2, 9, 15])
def test_a_device_that_fails_in_the_middle_hands_over_to_the_cpu(
    opened: Opener, number: int
) -> None:
    with opened(faults={"decode_errors": number}, backend="auto") as video:
        assert video.backend == "vaapi"
        assert [md5(frame) for frame in video] == expected("vp9.webm")
        assert video.backend == "software"
        assert "Input/output error" in video.explain()
    with opened(faults={"decode_errors": number}, backend="auto") as video:
        last = len(expected("vp9.webm")) - 1
        assert md5(video[last]) == expected("vp9.webm")[last]
        assert md5(video[3]) == expected("vp9.webm")[3]


def test_a_device_that_must_decode_and_fails_is_an_error_of_that_frame(opened: Opener) -> None:
    wanted = expected("vp9.webm")
    with opened(faults={"decode_errors": 6}) as video:
        assert [md5(video[number]) for number in range(5)] == wanted[:5]
        with pytest.raises(zcgpu.MediaError, match=r"frame 5, at 0\.2 s"):
            video[5]
        assert video.backend == "vaapi"


def test_the_device_of_a_display_without_a_gpu_is_the_cpu() -> None:
    with zcgpu.open_video(media.file("vp9.webm")) as video:
        assert video.backend == "software"
        assert "no context was given" in video.explain()


def test_no_device_at_all_is_an_error_that_says_so() -> None:
    if any(Path("/dev/dri").glob("renderD*")):
        pytest.skip("this machine has a render node")
    with pytest.raises(zcgpu.MediaError, match="no render node in /dev/dri"):
        zcgpu.open_video(media.file("vp9.webm"), backend="vaapi")


def test_libva_prints_nothing_and_leaves_nothing_behind(server: str) -> None:
    done = python(
        f"""
        {QUIET}
        import os, zcgpu
        path, device = {str(media.file("vp9.webm"))!r}, {server!r}
        def descriptors():
            return len(os.listdir("/proc/self/fd"))
        def once(leave):
            with zcgpu.open_video(path, backend="vaapi", device=device) as video:
                frames = [video[number] for number in range(20)]
                kept = frames[-1].planes
            del frames, kept
        once(1)
        before = descriptors()
        for _ in range(5):
            once(1)
        assert descriptors() == before, (before, descriptors())
        """,
        environment=zcsw.environment(),
    )
    # The driver complains of what is left behind in a display that is closed.
    assert (done.returncode, done.stderr) == (0, "")


def test_a_server_that_goes_away_does_not_end_the_program(server: str) -> None:
    done = python(
        f"""
        {QUIET}
        import zcgpu
        from benchmarks.xvfb import display
        with display() as name:
            video = zcgpu.open_video({str(media.file("vp9.webm"))!r}, backend="vaapi", device=name)
            frame = video[3]
        rest = [plane.shape for plane in video[9].planes]
        video.close()
        frame.close()
        print("to its end")
        """,
        environment={**zcsw.environment(), "PYTHONPATH": os.getcwd()},
    )
    assert (done.returncode, done.stdout) == (0, "to its end\n"), done.stderr


# -- The road to the GPU, where memory of devices cannot be imported --


def test_pictures_are_those_of_software_decoding_and_their_road_is_told(
    opened: Opener, context: zcgpu.Context
) -> None:
    with software() as one, opened() as other:
        for number in (0, 5, 9):
            wanted = np.asarray(one[number].rgb(context=context))
            assert (np.asarray(other[number].rgb(context=context)) == wanted).all()
        road = other.stats()["zero_copy"]
        assert (road["state"], road["reason"]) == ("hw_download", "no capability")
        assert (road["presented"], road["copied"], road["imported"]) == (3, 3, 0)
        assert road["reasons"]["no capability"] == 3
        assert "EGL_EXT_image_dma_buf_import" in other.explain()
        assert other.stats()["downloads"] == 3


def test_auto_decodes_on_the_cpu_for_a_context_that_could_only_copy(
    context: zcgpu.Context,
) -> None:
    with zcgpu.open_video(media.file("vp9.webm"), context=context) as video:
        assert video.backend == "software"
        assert "render node" in video.explain() or "dma_buf_import" in video.explain()
        video[0].rgb()
        road = video.stats()["zero_copy"]
        assert (road["state"], road["copied"]) == ("software", 1)
        assert road["reasons"]["software decoding"] == 1
