"""Drawing decoded frames into what a host has bound: colours, shape, holders, and what fails."""

from collections.abc import Iterator

import host_gl
import hosts
import numpy as np
import pytest
from benchmarks.xvfb import display
from va import zcsw
from video import media
from video.canvases import BACK, canvas, counts, shown

import zcgpu

NAME = "h264_b.mp4"
SHAPES = (
    *(NAME, "h264_turned.mp4", "h264_upside_down.mp4"),
    *("hevc_10.mkv", "h264_rgb.mkv", "vp9_odd.webm"),
)


@pytest.fixture
def drawing() -> Iterator[zcgpu.Renderer]:
    """A renderer in a host's context, which is current."""
    with (
        hosts.context(hosts.OPENGL, (4, 5), hosts.CORE),
        zcgpu.Context.from_current() as context,
        context.renderer() as renderer,
    ):
        yield renderer


def differs(frame: zcgpu.VideoFrame) -> int:
    """By how much what is shown differs from the picture that the CPU makes of the frame."""
    picture = np.asarray(frame).astype(int)
    height, width = picture.shape[:2]
    return int(abs(shown(width, height) - picture).max())


@pytest.mark.parametrize(
    "name",
    [
        NAME,
        "h264_turned.mp4",
        "h264_upside_down.mp4",
        "hevc_10.mkv",
        "h264_rgb.mkv",
        "vp9_odd.webm",
    ],
)
def test_a_decoded_frame_is_drawn_upright_in_its_colours(
    drawing: zcgpu.Renderer, name: str
) -> None:
    with zcgpu.open_video(media.file(name)) as video:
        for number in (0, 7):
            frame = video[number]
            canvas(frame.width, frame.height)
            before = host_gl.state()
            drawing.draw(frame)
            drawing.draw(frame)
            assert host_gl.state() == before
            assert differs(frame) <= 1
            assert frame.holders == {"presenter": 1}
    assert drawing.stats() == counts(drawn=4)
    assert host_gl.errors() == []


def test_samples_that_are_no_squares_are_drawn_in_their_shape(drawing: zcgpu.Renderer) -> None:
    with zcgpu.open_video(media.file("h264_wide.mp4")) as video:
        frame = video[0]
        # Of 64 x 48 samples, each 4/3 as wide as high, 85 1/3 x 48 remain: 16:9.
        canvas(160, 90)
        drawing.draw(frame)
        assert (shown(160, 90)[..., 3] == 255).all()
        canvas(160, 90)
        drawing.draw(frame, sample_aspect=1)
        # 4:3 in 90 rows is 120 wide: 20 remain on either side.
        assert (shown(160, 90)[:, :20] == BACK).all()
        assert (shown(160, 90)[:, 140:] == BACK).all()
        assert (shown(160, 90)[:, 20:140, 3] == 255).all()


def test_a_turned_picture_of_no_squares_is_drawn_in_its_shape(drawing: zcgpu.Renderer) -> None:
    recipe = "-i {h264_wide.mp4} -c copy -metadata:s:v rotate=90"
    with zcgpu.open_video(media.made("wide_turned.mp4", recipe)) as video:
        canvas(90, 160)
        drawing.draw(video[0])
        assert (shown(90, 160)[..., 3] == 255).all()


def test_a_frame_that_is_closed_is_dropped_and_counted(drawing: zcgpu.Renderer) -> None:
    with zcgpu.open_video(media.file(NAME)) as video:
        canvas(64, 48)
        frame, other = video[0], video[1]
        frame.close()
        with pytest.raises(zcgpu.ClosedError, match="this video frame is closed"):
            drawing.draw(frame)
        picture = other.rgb(drawing.context)
        picture.close()
        with pytest.raises(zcgpu.ClosedError, match="this frame is closed"):
            drawing.draw(picture)
        assert drawing.stats()["dropped"] == 2
        assert (shown(64, 48) == BACK).all()
        drawing.draw(other)
        assert differs(other) <= 1


def test_a_frame_is_drawn_in_each_generation_of_a_context(drawing: zcgpu.Renderer) -> None:
    with zcgpu.open_video(media.file(NAME)) as video:
        frame = video[3]
        for _ in range(3):
            canvas(64, 48)
            drawing.draw(frame)
            assert differs(frame) <= 1
            drawing.context.reinitialize()
    assert drawing.stats()["drawn"] == 3


def test_frames_may_go_once_they_are_drawn(drawing: zcgpu.Renderer) -> None:
    with zcgpu.open_video(media.file(NAME)) as video:
        for number in range(6):
            canvas(64, 48)
            frame = video[number]
            expected = np.asarray(frame).astype(int)
            drawing.draw(frame)
            frame.close()
            assert abs(shown(64, 48) - expected).max() <= 1


# -- Of a device --


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for variable, value in zcsw.environment().items():
        monkeypatch.setenv(variable, value)
    with display() as name:
        assert name, "there is no Xvfb: scripts/setup installs it"
        yield name


@pytest.mark.parametrize("name", ["vp9.webm", "vp9_10.webm"])
def test_a_devices_frame_is_drawn_as_software_decodes_it(
    drawing: zcgpu.Renderer, server: str, name: str
) -> None:
    path = media.file(name)
    with (
        zcgpu.open_video(path, backend="vaapi", device=server) as video,
        zcgpu.open_video(path, backend="software") as other,
    ):
        for number in (0, 5, 9):
            frame = video[number]
            canvas(64, 48)
            drawing.draw(frame)
            assert differs(other[number]) <= 1
            assert frame.holders == {"presenter": 1}
        assert video.backend == "vaapi"
        # This machine's GL cannot import: each is copied once, which the renderer need not mind.
        assert video.stats()["downloads"] == 3
    assert drawing.stats()["fallbacks"] == 0


def test_a_device_that_fails_is_told_and_the_next_frame_is_drawn(
    drawing: zcgpu.Renderer, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, value in zcsw.environment(no_sync_after=4).items():
        monkeypatch.setenv(variable, value)
    path = media.file("vp9.webm")
    with (
        zcgpu.open_video(path, backend="vaapi", device=server) as video,
        zcgpu.open_video(path, backend="software") as other,
    ):
        canvas(64, 48)
        drawing.draw(video[0])
        failing = video[1]
        with pytest.raises(zcgpu.MediaError, match="HW busy"):
            drawing.draw(failing)
        assert failing.holders == {"presenter": 1}
        drawing.draw(other[1])
        assert differs(other[1]) <= 1
        assert video[2].index == 2
    stats = drawing.stats()
    assert (stats["drawn"], stats["failed"]) == (2, 1)
