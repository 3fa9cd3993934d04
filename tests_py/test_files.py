"""Pictures on disk: what is written, what cannot be read, what cannot be written."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from expected import noise
from PIL import Image
from sources import FILTER, GRADIENT

import zcgpu


@pytest.mark.parametrize(
    ("name", "format", "exact"),
    [
        ("a.png", "PNG", True),
        ("a.tif", "TIFF", True),
        ("a.tiff", "TIFF", True),
        ("a.webp", "WEBP", False),
        ("a.jpg", "JPEG", False),
        ("a.jpeg", "JPEG", False),
        ("A.PNG", "PNG", True),
    ],
)
def test_every_format_is_written_and_read_back(
    context: zcgpu.Context, tmp_path: Path, name: str, format: str, exact: bool
) -> None:
    smooth = np.full((40, 60, 4), 255, np.uint8)
    smooth[:, :, 0] = np.arange(60) * 4
    smooth[:, :, 1] = np.arange(40)[:, None] * 6
    context.frame(smooth).save(tmp_path / name)
    with Image.open(tmp_path / name) as picture:
        assert picture.format == format
        pixels = np.asarray(picture.convert("RGBA")).astype(int)
    assert np.abs(pixels - smooth).max() <= (0 if exact else 12)
    assert os.listdir(tmp_path) == [name]


def test_png_keeps_transparent_pixels_colour(context: zcgpu.Context, tmp_path: Path) -> None:
    context.frame(noise(5, 7)).save(str(tmp_path / "a.png"))
    with Image.open(tmp_path / "a.png") as picture:
        np.testing.assert_array_equal(np.asarray(picture), noise(5, 7))


def test_a_saved_picture_has_the_usual_permissions(context: zcgpu.Context, tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    context.frame(noise(2, 2)).save(tmp_path / "a.png")
    modes = {os.stat(tmp_path / name).st_mode for name in ("plain", "a.png")}
    assert len(modes) == 1


def test_a_notebook_gets_a_png(context: zcgpu.Context) -> None:
    frame = context.frame(noise(5, 7))
    png = frame._repr_png_()
    assert png is not None
    assert png.startswith(b"\x89PNG\r\n")
    frame.close()
    assert frame._repr_png_() is None


@pytest.mark.parametrize("name", ["a.bmp", "a.exr", "a.png.gz"])
def test_an_ending_that_cannot_be_written_is_told_those_that_can(
    context: zcgpu.Context, tmp_path: Path, name: str
) -> None:
    expected = r"give it one of \.jpeg, \.jpg, \.png, \.tif, \.tiff, \.webp"
    with pytest.raises(zcgpu.InvalidArgumentError, match=expected):
        context.frame(noise(2, 2)).save(tmp_path / name)
    with pytest.raises(zcgpu.InvalidArgumentError, match="the name has no ending"):
        context.frame(noise(2, 2)).save(tmp_path / "a")
    assert os.listdir(tmp_path) == []


def test_a_missing_folder_is_named(context: zcgpu.Context, tmp_path: Path) -> None:
    folder = tmp_path / "missing"
    path = folder / "a.png"
    expected = rf"{path}: cannot write into {folder} \(No such file or directory\)"
    with pytest.raises(zcgpu.OutputError, match=expected):
        context.frame(noise(2, 2)).save(path)
    with pytest.raises(OSError, match=expected):
        context.frame(noise(2, 2)).save(path)


def test_a_file_in_place_of_the_folder_is_named(context: zcgpu.Context, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(zcgpu.OutputError, match=r"cannot write into .*/file \(Not a directory\)"):
        context.frame(noise(2, 2)).save(tmp_path / "file" / "a.png")


def test_a_folder_in_place_of_the_file_is_left_alone(
    context: zcgpu.Context, tmp_path: Path
) -> None:
    (tmp_path / "a.png").mkdir()
    with pytest.raises(zcgpu.OutputError, match=r"a\.png: cannot write \(Is a directory\)"):
        context.frame(noise(2, 2)).save(tmp_path / "a.png")
    assert os.listdir(tmp_path) == ["a.png"]


def test_a_failed_save_leaves_the_old_picture(context: zcgpu.Context, tmp_path: Path) -> None:
    path = tmp_path / "a.webp"
    path.write_bytes(b"the old one")
    too_wide = context.scene(FILTER).render(16384, 1)
    with pytest.raises(zcgpu.OutputError, match=r"a\.webp: cannot write .*limit of 16383 pixels"):
        too_wide.save(path)
    assert path.read_bytes() == b"the old one"
    assert os.listdir(tmp_path) == ["a.webp"]


def test_a_missing_picture_is_named(context: zcgpu.Context, tmp_path: Path) -> None:
    path = tmp_path / "missing.png"
    for picture in (path, str(path)):
        with pytest.raises(zcgpu.FileError, match=f"{path}: there is no such picture"):
            context.scene(FILTER).inputs["inputImage"] = picture
    with pytest.raises(FileNotFoundError):
        context.frame(path)


def test_a_file_that_is_no_picture_is_named(context: zcgpu.Context, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_text("no picture")
    with pytest.raises(zcgpu.FileError, match=f"{path}: no picture that PIL or FFmpeg can read"):
        context.frame(path)
    with pytest.raises(zcgpu.FileError, match=r"cannot read the picture \(Is a directory\)"):
        context.frame(tmp_path)


def test_half_a_picture_is_refused(context: zcgpu.Context, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.fromarray(noise(64, 64)).save(path)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(zcgpu.FileError, match=f"{path}: cannot read the picture"):
        context.frame(path)


def test_a_picture_larger_than_pil_trusts_is_a_file_error(
    context: zcgpu.Context, tmp_path: Path
) -> None:
    path = tmp_path / "bomb.png"
    Image.new("1", (20000, 10000)).save(path)
    with pytest.raises(zcgpu.FileError, match="cannot read the picture"):
        context.frame(path)


def test_saving_never_touches_the_umask(
    context: zcgpu.Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(mask: int) -> int:
        raise AssertionError(f"umask({mask})")

    monkeypatch.setattr(os, "umask", refuse)
    context.scene(GRADIENT).render(2, 2).save(tmp_path / "a.png")
    assert (tmp_path / "a.png").stat().st_mode & 0o111 == 0


def test_a_shader_whose_name_is_no_utf_8_is_opened(context: zcgpu.Context, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.fs")
    with open(path, "w") as file:
        file.write(GRADIENT)
    context.scene(path).close()
    with open(path, "w") as file:
        file.write("no header")
    with pytest.raises(zcgpu.HeaderError, match=r"caf\\xe9\.fs:1"):
        context.scene(path)


def test_a_name_that_no_file_can_have_is_told(context: zcgpu.Context) -> None:
    name = "a\ud800"
    scene = context.scene("/*{}*/ void main() {}")
    opened: list[Callable[[], object]] = [
        lambda: context.scene(name),
        lambda: context.scene(scene_text(), imports=name),
        lambda: zcgpu.Audio.open(name),
        lambda: scene.inputs.apply(name),
    ]
    for open_it in opened:
        with pytest.raises(zcgpu.FileError, match=r"a\\ud800"):
            open_it()


def scene_text() -> str:
    """A shader that imports a picture."""
    return '/*{"IMPORTED": {"p": {"PATH": "p.png"}}}*/ void main() {}'


def test_a_device_without_an_end_is_no_shader(context: zcgpu.Context) -> None:
    with pytest.raises(zcgpu.FileError, match="/dev/zero: more than 67108864 bytes"):
        context.scene("/dev/zero")
