"""IMPORTED: pictures that come with a shader, found beside it and nowhere else."""

import json
import os
from pathlib import Path
from typing import Any

import commands
import numpy as np
import pytest
from children import output_of
from expected import assert_shows, linear, noise, positions
from PIL import Image
from sources import colour

import zcgpu

SIDES = [np.full((2, 2, 4), 40 * n, np.uint8) for n in range(6)]
CUBE_NAMES = ["right.png", "left.png", "top.png", "bottom.png", "front.png", "back.png"]
POSTSCRIPT = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n%%EOF\n"
"""PIL would run another program for it."""
SHOW = "IMG_THIS_PIXEL(noise)"


def text(
    imported: Any, expression: str = SHOW, inputs: Any = (), passes: Any = (), before: str = ""
) -> str:
    """A shader that imports; the entry stands in line 3."""
    whole = {"INPUTS": list(inputs), "PASSES": list(passes) or [{}]}
    header = json.dumps(whole)[:-1] + ',\n\n"IMPORTED": ' + json.dumps(imported) + "}"
    return f"/*{header}*/\n{before}\nvoid main() {{ gl_FragColor = {expression}; }}\n"


def written(folder: Path, imported: Any, expression: str = SHOW, **rest: Any) -> Path:
    """The same as a file, in a folder of its own."""
    place = folder / "shaders"
    place.mkdir(exist_ok=True)
    (place / "a.fs").write_text(text(imported, expression, **rest), "utf-8")
    return place / "a.fs"


def picture(path: Path, seed: int = 7) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(noise(5, 7, seed=seed)).save(path)
    return path


def one(path: str) -> dict[str, Any]:
    return {"noise": {"PATH": path}}


@pytest.mark.parametrize(
    "imported", [one("noise.png"), [{"NAME": "noise", "PATH": "noise.png"}], one("./noise.png")]
)
def test_a_picture_beside_the_shader_is_read(
    each_rung: zcgpu.Context, tmp_path: Path, imported: Any
) -> None:
    path = written(tmp_path, imported)
    picture(path.with_name("noise.png"))
    scene = each_rung.scene(path)
    assert (np.asarray(scene.render(7, 5)) == noise(5, 7)).all()
    assert list(scene.inputs) == []
    assert [(it.name, it.type, len(it.paths)) for it in scene.info.imports] == [
        ("noise", "image", 1)
    ]
    scaled = scene.render(13, 9)
    assert_shows(scaled, linear(noise(5, 7), *positions(13, 9)), steps=2)


def test_a_picture_in_a_folder_below_is_read(context: zcgpu.Context, tmp_path: Path) -> None:
    path = written(tmp_path, one("art/../art/deep/noise.png"))
    picture(path.parent / "art" / "deep" / "noise.png")
    assert (np.asarray(context.scene(path).render(7, 5)) == noise(5, 7)).all()


def test_the_place_is_the_shaders_and_not_the_programs(
    context: zcgpu.Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, one("noise.png"))
    picture(path.with_name("noise.png"))
    picture(tmp_path / "noise.png", seed=1)
    monkeypatch.chdir(tmp_path)
    for shader in ("shaders/a.fs", Path("shaders/a.fs"), path):
        assert (np.asarray(context.scene(shader).render(7, 5)) == noise(5, 7)).all()
    monkeypatch.chdir(path.parent)
    assert (np.asarray(context.scene("a.fs").render(7, 5)) == noise(5, 7)).all()


def test_a_cube_is_read_from_six_files(each_rung: zcgpu.Context, tmp_path: Path) -> None:
    sky = {"sky": {"TYPE": "cube", "PATH": CUBE_NAMES}}
    rays = "(isf_FragNormCoord.x < 0.5 ? vec3(0.0, -1.0, 0.1) : vec3(0.1, 0.0, -1.0))"
    path = written(tmp_path, sky, f"textureCube(sky, {rays})")
    for name, side in zip(CUBE_NAMES, SIDES, strict=True):
        Image.fromarray(side).save(path.with_name(name))
    pixels = np.asarray(each_rung.scene(path).render(2, 1))
    assert pixels[0, :, 0].tolist() == [120, 200]


def test_imports_targets_and_inputs_do_not_mix(each_dialect: zcgpu.Context, tmp_path: Path) -> None:
    imported = {"one": {"PATH": "1.png"}, "two": {"PATH": "2.png"}}
    path = written(
        tmp_path,
        imported,
        "PASSINDEX == 0 ? IMG_THIS_PIXEL(one) : "
        "vec4(IMG_THIS_PIXEL(kept).r, IMG_THIS_PIXEL(two).g, IMG_THIS_PIXEL(given).b, 1.0)",
        inputs=[{"NAME": "given", "TYPE": "image"}],
        passes=[{"TARGET": "kept"}, {}],
    )
    for n in (1, 2):
        picture(path.with_name(f"{n}.png"), seed=n)
    frame = each_dialect.scene(path).render(7, 5, inputs={"given": noise(5, 7, seed=3)})
    pixels = np.asarray(frame)
    for n in range(3):
        assert (pixels[:, :, n] == noise(5, 7, seed=n + 1)[:, :, n]).all()


def test_companions_and_size_are_the_pictures(each_dialect: zcgpu.Context, tmp_path: Path) -> None:
    for expression, pixel in {
        "vec4(IMG_SIZE(noise), _noise_imgSize)": [7, 5, 7, 5],
        "_noise_imgRect": [0, 0, 1, 1],
        "vec4(_noise_flip ? 1.0 : 0.0)": [0, 0, 0, 0],
    }.items():
        path = written(tmp_path, one("noise.png"), expression, passes=[{"FLOAT": True}])
        picture(path.with_name("noise.png"))
        assert np.asarray(each_dialect.scene(path).render(1, 1)).ravel().tolist() == pixel


@pytest.mark.parametrize("how", ["reinitialize", "simulate_loss"])
def test_imports_come_again_in_the_next_generation(
    each_dialect: zcgpu.Context, tmp_path: Path, how: str
) -> None:
    sky = {"sky": {"TYPE": "cube", "PATH": CUBE_NAMES}}
    both = f"{SHOW} * 0.5 + textureCube(sky, vec3(0.1, -1.0, 0.0)) * 0.5"
    path = written(tmp_path, one("noise.png") | sky, both)
    files = [picture(path.with_name("noise.png"))]
    for name, side in zip(CUBE_NAMES, SIDES, strict=True):
        files.append(path.with_name(name))
        Image.fromarray(side).save(files[-1])
    scene = each_dialect.scene(path)
    expected = noise(5, 7) / 510 + 120 / 510
    assert_shows(scene.render(7, 5), expected, steps=1)
    for file in files:  # they are not read again
        file.unlink()
    for _ in range(2):
        if how == "simulate_loss":
            each_dialect.simulate_loss()
        each_dialect.reinitialize()
        for _ in range(2):
            assert_shows(scene.render(7, 5), expected, steps=1)


def test_a_16_bit_picture_keeps_its_depth(each_dialect: zcgpu.Context, tmp_path: Path) -> None:
    path = written(tmp_path, one("deep.png"), passes=[{"FLOAT": True}])
    Image.fromarray(np.full((2, 2), 12345, np.uint16)).save(path.with_name("deep.png"))
    scene = each_dialect.scene(path)
    for _ in range(2):
        np.testing.assert_allclose(np.asarray(scene.render(2, 2))[..., 0], 12345 / 65535, atol=1e-6)
        each_dialect.reinitialize()


def test_a_scene_lets_its_imports_go(context: zcgpu.Context, tmp_path: Path) -> None:
    path = written(tmp_path, one("noise.png"))
    picture(path.with_name("noise.png"))
    for _ in range(3):
        with context.scene(path) as scene:
            scene.render(7, 5).close()
    context.pool().cleanup()  # the GPU has a hold while it draws
    assert context.pool().statistics.live_count == 0


# -- where pictures may lie


@pytest.mark.parametrize("written_as", ["../secret.png", "art/../../secret.png", "absolute"])
def test_a_path_out_of_the_folder_is_refused(
    context: zcgpu.Context, tmp_path: Path, written_as: str
) -> None:
    secret = picture(tmp_path / "secret.png")
    path = written(tmp_path, one(str(secret) if written_as == "absolute" else written_as))
    (path.parent / "art").mkdir()
    with pytest.raises(zcgpu.FileError) as told:
        context.scene(path)
    message = str(told.value)
    assert message.startswith(f"{path}:3: error: the imported picture 'noise': {secret}: ")
    assert f"it lies outside of {path.parent}" in message
    assert "imports=FOLDER" in message
    for allowed in (tmp_path, "/"):
        shown = context.scene(path, imports=allowed).render(7, 5)
        assert (np.asarray(shown) == noise(5, 7)).all()


def test_a_link_out_of_the_folder_is_refused(context: zcgpu.Context, tmp_path: Path) -> None:
    picture(tmp_path / "secret.png")
    for name in ("link.png", "art/secret.png", "way/round.png"):
        path = written(tmp_path, one(name))
        (path.parent / "link.png").unlink(missing_ok=True)
        (path.parent / "link.png").symlink_to("../secret.png")
        (path.parent / "art").unlink(missing_ok=True)
        (path.parent / "art").symlink_to(tmp_path)
        (path.parent / "way").mkdir(exist_ok=True)
        (path.parent / "way" / "round.png").unlink(missing_ok=True)
        (path.parent / "way" / "round.png").symlink_to("../link.png")
        with pytest.raises(zcgpu.FileError, match="it lies outside of"):
            context.scene(path)
        shown = context.scene(path, imports=tmp_path).render(7, 5)
        assert (np.asarray(shown) == noise(5, 7)).all()


def test_a_link_within_the_folder_is_followed(context: zcgpu.Context, tmp_path: Path) -> None:
    path = written(tmp_path, one("link.png"))
    picture(path.parent / "art" / "noise.png")
    (path.parent / "link.png").symlink_to("art/noise.png")
    assert (np.asarray(context.scene(path).render(7, 5)) == noise(5, 7)).all()
    (tmp_path / "elsewhere").symlink_to(path.parent)  # the folder itself is reached by one
    shown = context.scene(tmp_path / "elsewhere" / "a.fs").render(7, 5)
    assert (np.asarray(shown) == noise(5, 7)).all()


def test_a_folder_whose_name_begins_alike_is_another(
    context: zcgpu.Context, tmp_path: Path
) -> None:
    path = written(tmp_path, one("../shaders-of-others/noise.png"))
    picture(tmp_path / "shaders-of-others" / "noise.png")
    with pytest.raises(zcgpu.FileError, match="it lies outside of"):
        context.scene(path)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: None, "there is no such picture"),
        (lambda path: path.mkdir(), "it is no file"),
        (lambda path: os.mkfifo(path), "it is no file"),
        (lambda path: path.write_bytes(b"not a picture"), "no picture that PIL can read"),
        (lambda path: path.write_bytes(b""), "no picture that PIL can read"),
        (lambda path: path.write_bytes(POSTSCRIPT), "no picture that PIL can read"),
        (lambda path: path.symlink_to("noise.png"), "there is no such picture"),
    ],
    ids=["missing", "folder", "pipe", "text", "empty", "PostScript", "loop"],
)
def test_what_is_no_picture_is_told_with_its_path_and_place(
    context: zcgpu.Context, tmp_path: Path, make: Any, reason: str
) -> None:
    path = written(tmp_path, one("noise.png"))
    wanted = path.with_name("noise.png")
    make(wanted)
    before = zcgpu.census()
    with pytest.raises(zcgpu.FileError) as told:
        context.scene(path)
    message = str(told.value)
    assert message.startswith(f"{path}:3: error: the imported picture 'noise': {wanted}: ")
    assert reason in message
    assert zcgpu.census() == before


def test_a_cube_with_a_missing_side_names_it(context: zcgpu.Context, tmp_path: Path) -> None:
    sky = {"sky": {"TYPE": "cube", "PATH": CUBE_NAMES}}
    path = written(tmp_path, sky, "textureCube(sky, vec3(1.0))")
    for name, side in zip(CUBE_NAMES, SIDES, strict=True):
        Image.fromarray(side).save(path.with_name(name))
    path.with_name("front.png").unlink()
    with pytest.raises(zcgpu.FileError, match=r"a\.fs:3: .*cube 'sky'.*front\.png: there is no"):
        context.scene(path)
    Image.fromarray(noise(3, 2)).save(path.with_name("front.png"))
    with pytest.raises(zcgpu.SizeError, match=r"a\.fs:3: .*cube 'sky'.*\+z is 2 x 3"):
        context.scene(path)


def test_a_picture_with_a_cut_end_is_refused(context: zcgpu.Context, tmp_path: Path) -> None:
    path = written(tmp_path, one("noise.png"))
    whole = picture(path.with_name("noise.png")).read_bytes()
    for length in (20, 45, len(whole) - 30):
        path.with_name("noise.png").write_bytes(whole[:length])
        with pytest.raises(zcgpu.FileError, match=r"a\.fs:3: .*noise\.png: "):
            context.scene(path)


@pytest.mark.parametrize(("width", "height"), [(200_000, 1), (1, 200_000), (30_000, 30_000)])
def test_a_picture_beyond_the_limits_is_refused_before_it_takes_memory(
    tmp_path: Path, width: int, height: int
) -> None:
    # Some hundred bytes that claim to be many more.
    path = written(tmp_path, one("bomb.png"))
    small = Image.new("1", (8, 8))
    small.save(path.with_name("bomb.png"))
    data = bytearray(path.with_name("bomb.png").read_bytes())
    data[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    import zlib

    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    path.with_name("bomb.png").write_bytes(data)
    program = """
import resource, sys, zcgpu
with zcgpu.Context() as context:
    import PIL.Image, numpy
    PIL.Image.init()
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        context.scene(sys.argv[1])
    except (zcgpu.FileError, zcgpu.SizeError) as error:
        print(error)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - used
    assert grown < 50_000, grown
"""
    told = output_of(program, str(path))
    assert told.startswith(f"{path}:3: error: the imported picture 'noise': ")
    assert "each side is 1 to" in told or "decompression bomb" in told


# -- what the caller brings


def test_a_text_finds_its_pictures_in_the_folder_that_it_is_given(
    each_dialect: zcgpu.Context, tmp_path: Path
) -> None:
    picture(tmp_path / "noise.png")
    source = text(one("noise.png"))
    for folder in (tmp_path, str(tmp_path)):
        shown = each_dialect.scene(source, imports=folder).render(7, 5)
        assert (np.asarray(shown) == noise(5, 7)).all()
    with pytest.raises(zcgpu.FileError, match=r"<source>:3: .*text has no folder; imports="):
        each_dialect.scene(source)
    with pytest.raises(zcgpu.FileError, match="it lies outside of"):
        each_dialect.scene(text(one("../a.png")), imports=tmp_path)


@pytest.mark.parametrize("given", ["array", "path", "image", "frame"])
def test_pictures_of_ones_own_are_taken_by_name(
    each_dialect: zcgpu.Context, tmp_path: Path, given: str
) -> None:
    own = {
        "array": noise(5, 7),
        "path": picture(tmp_path / "elsewhere" / "mine.png"),
        "image": Image.fromarray(noise(5, 7)),
        "frame": each_dialect.frame(noise(5, 7)),
    }[given]
    scene = each_dialect.scene(text(one("gone.png")), imports={"noise": own})
    assert (np.asarray(scene.render(7, 5)) == noise(5, 7)).all()
    each_dialect.reinitialize()
    assert (np.asarray(scene.render(7, 5)) == noise(5, 7)).all()


def test_what_is_not_named_is_read_from_the_folder(context: zcgpu.Context, tmp_path: Path) -> None:
    imported = {"noise": {"PATH": "noise.png"}, "other": {"PATH": "gone.png"}}
    path = written(tmp_path, imported, f"{SHOW} * IMG_THIS_PIXEL(other)")
    picture(path.with_name("noise.png"))
    white = np.full((1, 1, 4), 255, np.uint8)
    scene = context.scene(path, imports={"other": white})
    assert (np.asarray(scene.render(7, 5)) == noise(5, 7)).all()


def test_a_cube_of_ones_own_is_six_pictures(context: zcgpu.Context) -> None:
    sky = {"sky": {"TYPE": "cube", "PATH": CUBE_NAMES}}
    source = text(sky, "textureCube(sky, vec3(0.1, -1.0, 0.0))")
    pixels = np.asarray(context.scene(source, imports={"sky": SIDES}).render(1, 1))
    assert (pixels == 120).all()
    with pytest.raises(zcgpu.WrongTypeError, match=r"<source>:3: .*'sky': a cube is six .* 5 are"):
        context.scene(source, imports={"sky": SIDES[:5]})


REFUSED: dict[str, tuple[Any, type[Exception], str]] = {
    "unknown name": (
        {"nose": noise(2, 2)},
        zcgpu.InvalidArgumentError,
        "imports no picture 'nose' .the imported pictures are noise.",
    ),
    "no folder": ("gone", zcgpu.FileError, "imports: gone: there is no such folder"),
    "a number": (7, zcgpu.WrongTypeError, "imports is a folder, or a mapping"),
    "no picture": ({"noise": 7}, zcgpu.WrongTypeError, "'noise': a picture is a path"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_imports_that_do_not_fit_are_refused(context: zcgpu.Context, name: str) -> None:
    imports, error, message = REFUSED[name]
    before = zcgpu.census()
    with pytest.raises(error, match=message):
        context.scene(text(one("noise.png")), imports=imports)
    assert zcgpu.census() == before


def test_names_for_a_shader_without_imports_are_refused(context: zcgpu.Context) -> None:
    with pytest.raises(zcgpu.InvalidArgumentError, match=r"no picture 'noise' \(it imports none\)"):
        context.scene(colour("vec4(1.0)"), imports={"noise": noise(2, 2)})
    context.scene(colour("vec4(1.0)"), imports={}).close()


def test_a_frame_of_another_context_is_refused(
    context: zcgpu.Context, other_context: zcgpu.Context
) -> None:
    foreign = other_context.frame(noise(2, 2))
    with pytest.raises(zcgpu.WrongContextError, match="'noise': this frame lives in another"):
        context.scene(text(one("a.png")), imports={"noise": foreign})


def test_one_line_renders_with_imports(tmp_path: Path) -> None:
    path = written(tmp_path, one("noise.png"))
    picture(path.with_name("noise.png"))
    assert (np.asarray(zcgpu.render(path, 7, 5)) == noise(5, 7)).all()
    frame = zcgpu.render(text(one("noise.png")), 7, 5, imports=path.parent)
    assert (np.asarray(frame) == noise(5, 7)).all()


def test_check_tells_a_missing_picture_in_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, one("noise.png"))
    done = commands.zcgpu("check", path)
    wanted = path.with_name("noise.png")
    picture = f"the imported picture 'noise': {wanted}: there is no such picture"
    message = f"{path}:3:1: error: {picture} [import]\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, message, "")
