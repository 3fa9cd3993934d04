"""Pictures of files as image inputs: whatever PIL or FFmpeg reads."""

from pathlib import Path

import numpy as np
import pytest
from video import media
from video.recipes import STILLS

import zcgpu
from zcgpu.cli import main

COPY = (
    '/*{"INPUTS": [{"NAME": "film", "TYPE": "image"}]}*/'
    " void main() { gl_FragColor = IMG_THIS_PIXEL(film); }"
)


def converted(name: str) -> np.ndarray:
    """The picture as ffmpeg converts it: (height, width, 4) uint8."""
    path = media.file(name)
    probe = ["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries"]
    size = media.output_of([*probe, "stream=width,height", "-of", "csv=p=0", str(path)])
    width, height = map(int, size.split(b",")[:2])
    flags = ["-sws_flags", "accurate_rnd+full_chroma_int+bitexact", "-pix_fmt", "rgba"]
    raw = media.output_of([*media.QUIET, "-i", str(path), *flags, "-f", "rawvideo", "-"])
    return np.frombuffer(raw, np.uint8).reshape(height, width, 4)


#: Pillow reads these in its own way, or not at all what ffmpeg writes.
PILLOWS = {"still.jpg", "still_odd.jpg", "still_lossy.webp", "still.sgi"}


@pytest.mark.parametrize("name", [name for name in STILLS if name not in PILLOWS])
def test_a_still_of_any_format_is_an_image_input(context: zcgpu.Context, name: str) -> None:
    expected = converted(name)
    with context.scene(COPY) as scene:
        scene.inputs["film"] = media.file(name)
        height, width = expected.shape[:2]
        with scene.render(width, height) as frame:
            pixels = np.array(frame)
    if pixels.dtype == np.float32:
        pixels = np.rint(pixels * 255)
    assert np.abs(pixels.astype(int) - expected).max() <= 1


def test_a_frame_of_a_video_is_an_image_input(context: zcgpu.Context) -> None:
    with context.scene(COPY) as scene, zcgpu.open_video(media.file("h264.mp4")) as video:
        with video[3] as frame, frame.rgb(context) as upright:
            expected = np.array(upright)
            scene.inputs["film"] = frame
        with scene.render(video.width, video.height) as drawn:
            np.testing.assert_array_equal(np.array(drawn), expected)


def test_a_film_is_no_still_and_is_told_so(context: zcgpu.Context) -> None:
    with context.scene(COPY) as scene, pytest.raises(zcgpu.FileError, match=r"zcgpu\.open_video"):
        scene.inputs["film"] = media.file("h264.mp4")


def test_what_nobody_can_read_is_told_with_the_reason(
    context: zcgpu.Context, tmp_path: Path
) -> None:
    path = tmp_path / "notes.png"
    path.write_text("no picture at all")
    with (
        context.scene(COPY) as scene,
        pytest.raises(zcgpu.FileError, match=r"notes\.png: no picture that PIL or FFmpeg can read"),
    ):
        scene.inputs["film"] = path


@pytest.mark.parametrize("option", ["--image", "--input"])
def test_the_command_line_draws_a_film(tmp_path: Path, option: str) -> None:
    shader = tmp_path / "copy.fs"
    shader.write_text(COPY)
    film = media.file("h264.mp4")
    with zcgpu.open_video(film) as video:
        size = f"{video.width}x{video.height}"
        with zcgpu.Context() as context, video.frame_at(0.4) as frame, frame.rgb(context) as rgb:
            expected = np.array(rgb)
    output = tmp_path / "out.png"
    arguments = [str(shader), option, f"film={film}", "--size", size, "--time", "0.4"]
    assert main(["render", *arguments, "-o", str(output), "--quiet"]) == 0
    from PIL import Image

    np.testing.assert_array_equal(np.asarray(Image.open(output).convert("RGBA")), expected)
