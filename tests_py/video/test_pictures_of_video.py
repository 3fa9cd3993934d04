"""A video's frame as a picture: in a context, as planes in textures, as an array, in a file."""

from __future__ import annotations

from pathlib import Path

import children
import numpy as np
import pytest
from PIL import Image
from video.color_files import Word, write
from video.color_reference import LAYOUTS, Array, Layout, samples
from video.media import QUIET, output_of

import zcgpu
from zcgpu.errors import (
    ClosedError,
    InvalidArgumentError,
    OutOfRangeError,
    WrongTypeError,
)

NV12 = LAYOUTS["nv12"]
DEEP = LAYOUTS["yuv420p10le"]


def made(folder: Path, layout: Layout = NV12, width: int = 13, height: int = 7) -> Path:
    (path,) = write(folder, layout, samples(layout, width, height, 7), [Word("bt709", False)])
    return path


def planes_of(layout: Layout, width: int = 13, height: int = 7) -> list[Array]:
    return samples(layout, width, height, 7)


def test_a_plane_is_a_texture_as_it_is(each_dialect: zcgpu.Context, tmp_path: Path) -> None:
    for layout, dtype in ((NV12, np.uint8), (DEEP, np.uint16)):
        with zcgpu.open_video(made(tmp_path, layout), context=each_dialect) as video:
            frame = video[0]
            for index, plane in enumerate(planes_of(layout)):
                texture = frame.texture(index)
                array = np.asarray(texture)
                assert array.dtype == dtype
                assert texture.shape == array.shape == plane.shape
                assert np.array_equal(array, plane)
                assert np.array_equal(np.from_dlpack(texture), plane)


def test_a_shader_reads_a_plane_the_right_way_up(
    each_dialect: zcgpu.Context, tmp_path: Path
) -> None:
    source = (
        '/*{"INPUTS": [{"NAME": "inputImage", "TYPE": "image"}]}*/ '
        "void main() { gl_FragColor = IMG_THIS_PIXEL(inputImage); }"
    )
    luma = planes_of(NV12)[0]
    with (
        zcgpu.open_video(made(tmp_path), context=each_dialect) as video,
        each_dialect.scene(source) as scene,
    ):
        scene.inputs["inputImage"] = video[0].texture(0)
        for _ in range(2):
            shown = np.asarray(scene.render(13, 7))
            assert np.array_equal(shown[..., 0], luma)
            assert not shown[..., 1:3].any()


def test_a_picture_is_the_same_in_every_way(context: zcgpu.Context, tmp_path: Path) -> None:
    with zcgpu.open_video(made(tmp_path), context=context) as video:
        frame = video[0]
        array = np.asarray(frame)
        assert array.shape == (7, 13, 4)
        assert not array.flags.writeable
        assert np.array_equal(np.asarray(frame.rgb()), array)
        assert np.array_equal(np.asarray(frame.to_pil()), array)
        assert frame.to_numpy().flags.writeable
        frame.save(tmp_path / "picture.png")
        with Image.open(tmp_path / "picture.png") as picture:
            assert np.array_equal(np.asarray(picture), array)
        shown = frame._repr_png_()
        assert shown is not None
        assert shown.startswith(b"\x89PNG")
        plane = frame.texture(0)
        assert plane.to_pil().mode == "L"
        assert frame.texture(1)._repr_png_() is None
        with pytest.raises(WrongTypeError, match="two components"):
            frame.texture(1).to_pil()


def test_a_picture_outlives_frame_and_video(context: zcgpu.Context, tmp_path: Path) -> None:
    video = zcgpu.open_video(made(tmp_path))
    frame = video[0]
    picture, plane = frame.rgb(context), frame.texture(0, context)
    array = np.asarray(frame)
    frame.close()
    video.close()
    assert np.array_equal(np.asarray(picture), array)
    assert np.array_equal(np.asarray(plane), planes_of(NV12)[0])
    with pytest.raises(ClosedError):
        frame.rgb(context)


def test_bad_use_is_an_error(context: zcgpu.Context, tmp_path: Path) -> None:
    with zcgpu.open_video(made(tmp_path)) as video:
        frame = video[0]
        for use in (frame.rgb, frame.texture):
            with pytest.raises(InvalidArgumentError, match="has no context"):
                use()
        with pytest.raises(WrongTypeError):
            frame.rgb("gl")  # type: ignore[arg-type]
        for plane in (-1, 2, 2**40):
            with pytest.raises(OutOfRangeError, match="which has 2"):
                frame.texture(plane, context)
        with pytest.raises(TypeError):
            frame.texture("0", context)  # type: ignore[arg-type]
        closed = zcgpu.Context()
        closed.close()
        for use in (frame.rgb, frame.texture):
            with pytest.raises(ClosedError):
                use(context=closed)
    packed = made(tmp_path, LAYOUTS["rgb24"])
    with zcgpu.open_video(packed) as video, pytest.raises(WrongTypeError, match=r"rgb\(\)"):
        video[0].texture(0, context)


TURNED = """
    import sys
    import numpy as np
    import zcgpu
    with zcgpu.Context() as context, zcgpu.open_video(sys.argv[1], context=context) as video:
        frame = video[0]
        np.savez(sys.argv[2], gpu=np.asarray(frame.rgb()), memory=np.asarray(frame))
        print(frame.width, frame.height, frame.rotation)
"""


@pytest.mark.parametrize("road", ["shader", "cpu"])
def test_a_picture_is_upright(road: str, tmp_path: Path) -> None:
    """Turned as the container says; chroma is as fine as luma, so that turning is all."""
    plain = tmp_path / "plain.mp4"
    turned = tmp_path / "turned.mp4"
    encoding = ["-c:v", "libx264", "-qp", "0", "-pix_fmt", "yuv444p", "-frames:v", "1"]
    output_of([*QUIET, "-f", "lavfi", "-i", "testsrc2=s=32x18", *encoding, str(plain)])
    copy = ["-c", "copy", "-metadata:s:v", "rotate=90"]
    output_of([*QUIET, "-i", str(plain), *copy, str(turned)])
    with zcgpu.open_video(plain) as video:
        upright = np.asarray(video[0])
    store = tmp_path / "turned.npz"
    told = children.output_of(
        TURNED, str(turned), str(store), environment={"ZCGPU_VIDEO_CONVERT": road}
    )
    width, height, rotation = (int(word) for word in told.split())
    assert (width, height, rotation % 180) == (18, 32, 90)
    expected = np.rot90(upright, 1 if rotation == 270 else -1)
    found = np.load(store)
    for way in ("gpu", "memory"):
        assert np.abs(found[way].astype(int) - expected).max() <= 1


def test_what_is_guessed_is_told(tmp_path: Path) -> None:
    layout = LAYOUTS["yuv420p"]
    planes = samples(layout, 8, 8, 1)
    said, silent = write(tmp_path, layout, planes, [Word("bt2020nc", True, "topleft"), Word()])
    with zcgpu.open_video(said) as video:
        assert video.color.guessed == video[0].color.guessed == ()
        assert (video.color.matrix, video.color.range) == ("bt2020nc", "full")
    with zcgpu.open_video(silent) as video:
        color = video[0].color
        assert (color.matrix, color.range, color.siting) == ("smpte170m", "limited", "left")
        assert [guess.split(":")[0] for guess in color.guessed] == [
            "matrix smpte170m",
            "range limited",
            "chroma left",
        ]
        assert color.hdr is None


def test_high_dynamic_range_is_flagged(tmp_path: Path) -> None:
    path = tmp_path / "hdr.mkv"
    words = "range=tv:colorspace=bt2020nc:color_trc=smpte2084:color_primaries=bt2020"
    source = ["-f", "lavfi", "-i", "testsrc2=s=32x18", "-frames:v", "1", "-pix_fmt", "yuv420p10le"]
    output_of([*QUIET, *source, "-vf", f"setparams={words}", "-c:v", "ffv1", str(path)])
    with zcgpu.open_video(path) as video:
        assert video.color.hdr == video[0].color.hdr == "pq"


def test_a_wish_that_is_none_is_told() -> None:
    done = children.python(
        "import zcgpu; zcgpu.Context().close()", environment={"ZCGPU_VIDEO_CONVERT": "gpu"}
    )
    assert done.returncode == 0
    assert "ZCGPU_VIDEO_CONVERT is 'cpu' or 'shader', not 'gpu'" in done.stderr
