"""Pictures that go in: arrays of every fitting kind, files, PIL images, frames."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from expected import noise
from numpy.typing import NDArray
from PIL import Image
from sources import FILTER, GRADIENT, image, shader

import zcgpu


def shown(context: zcgpu.Context, picture: Any, width: int, height: int) -> NDArray[Any]:
    """What a filter that shows its image draws."""
    scene = context.scene(FILTER)
    scene.inputs["inputImage"] = picture
    return np.asarray(scene.render(width, height))


def test_an_array_of_4_channels_comes_out_as_it_went_in(each_rung: zcgpu.Context) -> None:
    picture = noise(5, 7)
    np.testing.assert_array_equal(shown(each_rung, picture, 7, 5), picture)


def test_an_array_of_3_channels_is_opaque(each_rung: zcgpu.Context) -> None:
    picture = noise(5, 7, 3)
    pixels = shown(each_rung, picture, 7, 5)
    np.testing.assert_array_equal(pixels[:, :, :3], picture)
    assert (pixels[:, :, 3] == 255).all()


@pytest.mark.parametrize("channels", [3, 4])
def test_floats_are_kept_as_they_are(each_rung: zcgpu.Context, channels: int) -> None:
    picture = np.random.default_rng(3).normal(0, 50, (3, 5, channels)).astype(np.float32)
    frame = each_rung.frame(picture)
    assert frame.dtype == "float32"
    np.testing.assert_array_equal(np.asarray(frame)[:, :, :channels], picture)
    source = shader(
        "gl_FragColor = IMG_THIS_PIXEL(inputImage);",
        inputs=[image("inputImage")],
        passes=[{"FLOAT": True}],
    )
    pixels = np.asarray(each_rung.scene(source).render(5, 3, inputs={"inputImage": frame}))
    np.testing.assert_allclose(pixels[:, :, :channels], picture, rtol=1e-5, atol=1e-4)
    if channels == 3:
        assert (pixels[:, :, 3] == 1).all()


def test_an_array_upside_down_is_taken_so(context: zcgpu.Context) -> None:
    picture = noise(5, 7)
    np.testing.assert_array_equal(context.frame(picture[::-1]), picture[::-1])
    np.testing.assert_array_equal(shown(context, picture[::-1], 7, 5), picture[::-1])


def test_a_window_into_a_larger_array_is_taken_so(context: zcgpu.Context) -> None:
    large = noise(20, 30)
    for window in (large[3:10, 5:18], large[::3, 4:9], large[15:2:-4, 1:30]):
        np.testing.assert_array_equal(context.frame(window), window)
    triple = noise(20, 30, 3)[2:7, 3:29]
    np.testing.assert_array_equal(np.asarray(context.frame(triple))[:, :, :3], triple)
    floats = noise(20, 30).astype(np.float32)[::-2, 3:8]
    np.testing.assert_array_equal(context.frame(floats), floats)


def test_an_array_of_one_row_or_one_column_is_taken(context: zcgpu.Context) -> None:
    picture = noise(9, 9)
    for part in (picture[4:5], picture[:, 3:4], picture[2:3, 6:7], picture[::-1][:1]):
        np.testing.assert_array_equal(context.frame(part), part)


def test_a_read_only_array_is_taken(context: zcgpu.Context) -> None:
    picture = noise(3, 4)
    picture.flags.writeable = False
    np.testing.assert_array_equal(context.frame(picture), picture)


def test_a_memoryview_is_taken(context: zcgpu.Context) -> None:
    picture = noise(3, 4)
    view = memoryview(picture.tobytes()).cast("B", (3, 4, 4))
    np.testing.assert_array_equal(context.frame(view), picture)


def test_what_becomes_an_array_is_taken(context: zcgpu.Context) -> None:
    class Picture:
        def __array__(self, dtype: Any = None, copy: Any = None) -> NDArray[np.uint8]:
            return noise(3, 4)

    np.testing.assert_array_equal(context.frame(Picture()), noise(3, 4))


def test_later_changes_of_the_array_do_not_show(context: zcgpu.Context) -> None:
    picture = noise(3, 4)
    scene = context.scene(FILTER)
    scene.inputs["inputImage"] = picture
    before = picture.copy()
    picture[:] = 0
    np.testing.assert_array_equal(scene.render(4, 3), before)


def test_a_frame_is_taken_without_a_copy_to_memory(each_rung: zcgpu.Context) -> None:
    gradient = each_rung.scene(GRADIENT).render(7, 5)
    np.testing.assert_array_equal(shown(each_rung, gradient, 7, 5), np.asarray(gradient))


def test_a_frame_given_to_a_scene_may_be_closed(context: zcgpu.Context) -> None:
    scene = context.scene(FILTER)
    with context.frame(noise(3, 4)) as frame:
        scene.inputs["inputImage"] = frame
    np.testing.assert_array_equal(scene.render(4, 3), noise(3, 4))


def test_a_scene_may_be_fed_its_own_last_frame(context: zcgpu.Context) -> None:
    source = shader(
        "gl_FragColor = IMG_THIS_PIXEL(inputImage) + vec4(0.2);", inputs=[image("inputImage")]
    )
    scene = context.scene(source)
    for n in range(1, 6):
        scene.inputs["inputImage"] = scene.render(2, 2)
        frame = scene.inputs["inputImage"]
        assert (np.asarray(frame) == 51 * n).all()


def test_an_image_input_gives_its_frame_back(context: zcgpu.Context) -> None:
    scene = context.scene(FILTER)
    assert scene.inputs["inputImage"] is None
    scene.inputs["inputImage"] = noise(3, 4)
    frame = scene.inputs["inputImage"]
    assert isinstance(frame, zcgpu.Frame)
    np.testing.assert_array_equal(frame, noise(3, 4))


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "L", "LA", "P", "1", "CMYK"])
def test_pil_images_of_every_mode_are_taken(context: zcgpu.Context, mode: str) -> None:
    with Image.fromarray(noise(3, 4)[:, :, 0]) as grey:
        picture = grey.convert(mode)
    np.testing.assert_array_equal(context.frame(picture), np.asarray(picture.convert("RGBA")))


@pytest.mark.parametrize("value", [0, 100, 256, 32768, 65535])
def test_16_bit_grays_are_scaled(context: zcgpu.Context, tmp_path: Path, value: int) -> None:
    picture = Image.fromarray(np.full((2, 3), value, np.uint16))
    path = tmp_path / "deep.png"
    picture.save(path)
    expected = np.rint(value / 65535 * 255)
    for source in (picture, path):
        pixels = shown(context, source, 3, 2)
        assert (pixels[:, :, :3] == expected).all()
        assert (pixels[:, :, 3] == 255).all()


def test_float_grays_are_taken_as_they_are(context: zcgpu.Context, tmp_path: Path) -> None:
    path = tmp_path / "deep.tif"
    Image.fromarray(np.full((2, 3), 0.25, np.float32)).save(path)
    assert (np.asarray(context.frame(path)) == (0.25, 0.25, 0.25, 1.0)).all()


def test_integers_without_a_white_are_refused(context: zcgpu.Context) -> None:
    picture = Image.fromarray(np.full((2, 2), 70000, np.int32))
    with pytest.raises(zcgpu.WrongTypeError, match="mode I does not say which number is white"):
        context.frame(picture)


@pytest.mark.parametrize("as_path", [str, Path])
@pytest.mark.parametrize("ending", [".png", ".tif", ".bmp"])
def test_picture_files_are_taken(
    context: zcgpu.Context, tmp_path: Path, ending: str, as_path: type
) -> None:
    path = tmp_path / f"picture{ending}"
    Image.fromarray(noise(5, 7, 3)).save(path)
    np.testing.assert_array_equal(shown(context, as_path(path), 7, 5)[:, :, :3], noise(5, 7, 3))


def test_a_png_keeps_its_alpha(context: zcgpu.Context, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    Image.fromarray(noise(5, 7)).save(path)
    np.testing.assert_array_equal(shown(context, path, 7, 5), noise(5, 7))


TURNS = {
    1: lambda it: it,
    2: lambda it: it[:, ::-1],
    3: lambda it: it[::-1, ::-1],
    4: lambda it: it[::-1],
    5: lambda it: it.swapaxes(0, 1),
    6: lambda it: np.rot90(it, -1),
    7: lambda it: it[::-1, ::-1].swapaxes(0, 1),
    8: lambda it: np.rot90(it),
}
"""What each EXIF orientation asks for: section 4.6.4 of EXIF 2.3."""


@pytest.mark.parametrize("orientation", TURNS)
def test_a_jpeg_is_turned_upright(context: zcgpu.Context, tmp_path: Path, orientation: int) -> None:
    blocks = np.kron(noise(2, 3, 3), np.ones((16, 16, 1), np.uint8))
    path = tmp_path / "photo.jpg"
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(blocks).save(path, quality=100, subsampling=0, exif=exif)
    pixels = np.asarray(context.frame(path)).astype(int)
    upright = TURNS[orientation](blocks).astype(int)
    assert pixels.shape == (*upright.shape[:2], 4)
    assert np.abs(pixels[:, :, :3] - upright).max() < 12


def test_none_takes_the_image_away(context: zcgpu.Context) -> None:
    scene = context.scene(FILTER)
    scene.inputs["inputImage"] = noise(3, 4)
    scene.inputs["inputImage"] = None
    assert scene.inputs["inputImage"] is None
    assert (np.asarray(scene.render(4, 3)) == 0).all()


def test_a_frame_of_another_context_is_refused(
    context: zcgpu.Context, other_context: zcgpu.Context
) -> None:
    scene = context.scene(FILTER)
    scene.inputs["inputImage"] = noise(3, 4)
    frame = other_context.frame(noise(3, 4, seed=8))
    with pytest.raises(zcgpu.WrongContextError, match=r"another context.*frame\.to_numpy"):
        scene.inputs["inputImage"] = frame
    with pytest.raises(zcgpu.WrongContextError):
        scene.render(4, 3, inputs={"inputImage": frame})
    np.testing.assert_array_equal(scene.render(4, 3), noise(3, 4))
    scene.inputs["inputImage"] = frame.to_numpy()
    np.testing.assert_array_equal(scene.render(4, 3), noise(3, 4, seed=8))


def test_a_closed_frame_is_refused(context: zcgpu.Context) -> None:
    frame = context.frame(noise(3, 4))
    frame.close()
    with pytest.raises(zcgpu.ClosedError, match="this frame is closed"):
        context.scene(FILTER).inputs["inputImage"] = frame
