"""Cube inputs: six pictures around a point, looked up by direction."""

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from expected import Numbers, assert_shows, noise, positions, rgba
from numpy.typing import NDArray
from PIL import Image
from sources import COUNTER, FILTER, colour, image

import zcgpu

SIDE = 4
FACES = [noise(SIDE, SIDE, seed=seed) for seed in range(6)]
"""Each side differs from the others, and from itself turned or mirrored."""
COLOURS = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 0, 255), (0, 255, 255)]
SKY: dict[str, Any] = {"inputs": [{"NAME": "sky", "TYPE": "cube"}]}
TABLE = {
    (0, 1): ((2, -1), (1, -1)),
    (0, -1): ((2, 1), (1, -1)),
    (1, 1): ((0, 1), (2, 1)),
    (1, -1): ((0, 1), (2, -1)),
    (2, 1): ((0, 1), (1, -1)),
    (2, -1): ((0, -1), (1, -1)),
}
"""Table 8.19 of OpenGL 4.5: a direction's longest component and its sign, in the order of sides;
which component s is, with its sign, and which t."""


def plain(colour: tuple[int, ...]) -> NDArray[np.uint8]:
    return np.full((SIDE, SIDE, 4), (*colour, 255), np.uint8)


def looked_up(faces: list[NDArray[Any]], directions: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
    """What each direction sees, and where that mixes texels of one side only.

    Row 0 of each side is t = 0. The formulas are those of section 8.13 of OpenGL 4.5.
    """
    longest = np.argmax(np.abs(directions), axis=-1)
    seen = np.zeros((*directions.shape[:-1], 4))
    inside = np.zeros(directions.shape[:-1], bool)
    for face, ((axis, sign), ((s_axis, s_sign), (t_axis, t_sign))) in zip(
        faces, TABLE.items(), strict=True
    ):
        size = len(face)
        here = (longest == axis) & (np.sign(directions[..., axis]) == sign)
        rays = directions[here]
        length = np.abs(rays[:, axis])
        x = (s_sign * rays[:, s_axis] / length + 1) / 2 * size - 0.5
        y = (t_sign * rays[:, t_axis] / length + 1) / 2 * size - 0.5
        inside[here] = (x >= 0) & (x <= size - 1) & (y >= 0) & (y <= size - 1)
        i, j = np.floor(x).astype(int), np.floor(y).astype(int)
        mixed = np.zeros((len(rays), 4))
        for di, wx in ((0, 1 - (x - i)), (1, x - i)):
            for dj, wy in ((0, 1 - (y - j)), (1, y - j)):
                texel = face[np.clip(j + dj, 0, size - 1), np.clip(i + di, 0, size - 1)]
                mixed += (wx * wy)[:, None] * texel / 255
        seen[here] = mixed
    return seen, inside


@pytest.mark.parametrize("axis", ["xyz", "yzx", "zxy"])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_direction_sees_what_gls_table_says(
    each_rung: zcgpu.Context, axis: str, sign: int
) -> None:
    # A plane across the direction of `axis`'s third letter, wide enough to see all sides but one.
    source = colour(
        f"textureCube(sky, vec3(isf_FragNormCoord * 6.0 - 3.0, {sign}.0).{axis})", **SKY
    )
    frame = each_rung.scene(source).render(61, 61, inputs={"sky": FACES})
    x, y = (6 * it - 3 for it in positions(61, 61))
    plane = [x, y, np.full_like(x, sign)]
    directions = np.stack([plane["xyz".index(letter)] for letter in axis], axis=-1)
    expected, inside = looked_up(FACES, directions)
    assert inside.mean() > 0.5
    # Drivers filter bytes with weights of eight bits.
    difference = np.abs(np.asarray(frame) - expected * 255)[inside]
    assert difference.max() < 2


def test_each_side_is_upright_as_seen_from_inside(each_dialect: zcgpu.Context) -> None:
    top_and_bottom = np.concatenate([plain((255, 0, 0))[:2], plain((0, 0, 255))[:2]])
    for forward in ("vec3(1, y, 0)", "vec3(-1, y, 0)", "vec3(0, y, 1)", "vec3(0, y, -1)"):
        source = colour(
            f"textureCube(sky, {forward})",
            before="#define y (isf_FragNormCoord.y > 0.5 ? 0.6 : -0.6)",
            **SKY,
        )
        pixels = np.asarray(
            each_dialect.scene(source).render(1, 2, inputs={"sky": [top_and_bottom] * 6})
        )
        assert pixels[:, 0].tolist() == [[255, 0, 0, 255], [0, 0, 255, 255]], forward


def test_sides_are_mixed_across_their_edges(each_rung: zcgpu.Context) -> None:
    source = colour("textureCube(sky, vec3(1.0, 0.0, 1.0))", **SKY)
    frame = each_rung.scene(source).render(1, 1, inputs={"sky": [plain(it) for it in COLOURS]})
    right, front = np.array(COLOURS[0]), np.array(COLOURS[4])
    expected = rgba(*(right + front) / 510, 1.0).reshape(1, 1, 4)
    assert_shows(frame, expected, steps=1.0)


def test_an_unset_cube_is_transparent_black(each_rung: zcgpu.Context) -> None:
    source = colour("textureCube(sky, vec3(isf_FragNormCoord - 0.5, -0.2)) + vec4(0.2)", **SKY)
    scene = each_rung.scene(source)
    assert scene.inputs["sky"] is None
    assert (np.asarray(scene.render(5, 5)) == 51).all()
    scene.inputs["sky"] = FACES
    assert not (np.asarray(scene.render(5, 5)) == 51).all()
    scene.inputs["sky"] = None
    assert (np.asarray(scene.render(5, 5)) == 51).all()


def test_a_cube_tells_its_size(each_dialect: zcgpu.Context) -> None:
    source = colour("vec4(_sky_imgSize, 0.0, 0.0) / 255.0", **SKY)
    scene = each_dialect.scene(source)
    assert np.asarray(scene.render(1, 1)).ravel().tolist() == [1, 1, 0, 0]
    scene.inputs["sky"] = FACES
    assert np.asarray(scene.render(1, 1)).ravel().tolist() == [SIDE, SIDE, 0, 0]


def test_cubes_and_pictures_side_by_side_do_not_mix(each_dialect: zcgpu.Context) -> None:
    names = ["a", "b", "c"]
    sums = " + ".join(
        f"IMG_THIS_PIXEL({n}) * {2 * i + 1}.0 + textureCube({n}{n}, vec3(1.0)) * {2 * i + 2}.0"
        for i, n in enumerate(names)
    )
    cubes = [{"NAME": 2 * n, "TYPE": "cube"} for n in names]
    scene = each_dialect.scene(colour(sums, inputs=[*map(image, names), *cubes]))
    for i, name in enumerate(names):
        scene.inputs[name] = np.full((1, 1, 4), i + 1, np.uint8)
        scene.inputs[2 * name] = [np.full((1, 1, 4), 2 + i, np.uint8)] * 6
    expected = sum((2 * i + 1) * (i + 1) + (2 * i + 2) * (2 + i) for i in range(3))
    for _ in range(2):
        assert (np.asarray(scene.render(2, 2)) == expected).all()
    for name in names:
        scene.inputs[2 * name] = None
    assert (np.asarray(scene.render(2, 2)) == sum((2 * i + 1) * (i + 1) for i in range(3))).all()


def test_a_cubes_pixels_are_its_sides_one_below_the_other(each_rung: zcgpu.Context) -> None:
    cube = each_rung.cube(FACES)
    assert (cube.faces, cube.dtype, cube.shape) == (6, "uint8", (6 * SIDE, SIDE, 4))
    assert repr(cube) == "<zcgpu.Frame cube of 4x4 uint8>"
    assert (np.asarray(cube).reshape(6, SIDE, SIDE, 4) == np.stack(FACES)).all()


def test_a_cube_is_of_floats_where_a_side_is(each_rung: zcgpu.Context) -> None:
    faces: list[Any] = [np.full((2, 2, 4), 51 * n, np.uint8) for n in range(5)]
    cube = each_rung.cube([*faces, np.full((2, 2, 4), -7.5, np.float32)])
    pixels = np.asarray(cube).reshape(6, 2, 2, 4)
    assert cube.dtype == "float32"
    for n in range(5):
        np.testing.assert_allclose(pixels[n], 0.2 * n, atol=1e-6)
    assert (pixels[5] == -7.5).all()


def test_sides_may_be_frames_paths_and_images(context: zcgpu.Context, tmp_path: Path) -> None:
    Image.fromarray(FACES[0]).save(tmp_path / "right.png")
    faces = [tmp_path / "right.png", Image.fromarray(FACES[1]), context.frame(FACES[2]), *FACES[3:]]
    assert (np.asarray(context.cube(faces)) == np.concatenate(FACES)).all()
    assert (np.asarray(context.cube(np.stack(FACES))) == np.concatenate(FACES)).all()
    assert (np.asarray(context.cube(iter(FACES))) == np.concatenate(FACES)).all()


def test_sides_may_be_drawn(each_dialect: zcgpu.Context) -> None:
    scene = each_dialect.scene(COUNTER)
    drawn = [scene.render(2, 2) for _ in range(6)]
    cube = each_dialect.cube(drawn)
    for frame in drawn:
        frame.close()
    assert np.asarray(cube)[::2, 0, 0].tolist() == [1, 2, 3, 4, 5, 6]


def test_an_input_gives_its_cube_back(each_dialect: zcgpu.Context) -> None:
    scene = each_dialect.scene(colour("textureCube(sky, vec3(1.0, 0.0, 0.0))", **SKY))
    with each_dialect.cube([plain(it) for it in COLOURS]) as cube:
        scene.inputs["sky"] = cube
    assert cube.closed
    again = scene.inputs["sky"]
    assert again.faces == 6
    assert np.asarray(scene.render(1, 1)).ravel().tolist() == [255, 0, 0, 255]


def test_a_cube_is_leased_and_counted_as_other_frames(context: zcgpu.Context) -> None:
    before = zcgpu.census()["frames"]
    cube = context.cube(FACES)
    assert zcgpu.census()["frames"] == before + 1
    bytes_ = 6 * SIDE * SIDE * 4
    pool = context.pool()
    held = [h for h in pool.holdings() if h.height == 6 * SIDE]
    assert [(h.count, h.bytes) for h in held] == [(1, bytes_)]
    with cube.lease("cache") as lease:
        cube.close()
        assert (np.asarray(lease.frame()) == np.concatenate(FACES)).all()


REFUSED: dict[str, tuple[Any, type[Exception], str]] = {
    "five": (FACES[:5], zcgpu.WrongTypeError, "cube is six square pictures .* 5 are given"),
    "seven": ([*FACES, FACES[0]], zcgpu.WrongTypeError, "7 or more are given"),
    "one path": ("sky.png", zcgpu.WrongTypeError, "not one str"),
    "one picture": (Image.fromarray(FACES[0]), zcgpu.WrongTypeError, "not one Image"),
    "a number": (7.5, zcgpu.WrongTypeError, "six square pictures"),
    "not square": ([noise(4, 5)] * 6, zcgpu.SizeError, r"square and of one size; \+x is 5 x 4"),
    "one larger": (
        [*FACES[:5], noise(8, 8)],
        zcgpu.SizeError,
        r"of one size; \+x is 4 x 4 pixels, -z is 8 x 8",
    ),
    "missing": (["gone.png"] * 6, zcgpu.FileError, "gone.png: there is no such picture"),
    "numbers": ((1.0, 2.0), zcgpu.WrongTypeError, "'sky' is a cube: it takes six square pictures"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_cube_is_refused_and_changes_nothing(context: zcgpu.Context, name: str) -> None:
    value, error, message = REFUSED[name]
    scene = context.scene(colour("textureCube(sky, vec3(1.0))", **SKY))
    scene.inputs["sky"] = FACES
    before = np.asarray(scene.render(2, 2)).copy()
    with pytest.raises(error, match=message):
        scene.inputs["sky"] = value
    with pytest.raises(error, match=message):
        scene.render(2, 2, inputs={"sky": value})
    assert (np.asarray(scene.render(2, 2)) == before).all()


def test_cubes_and_pictures_are_not_taken_for_each_other(context: zcgpu.Context) -> None:
    picture, cube = context.frame(FACES[0]), context.cube(FACES)
    scene = context.scene(colour("textureCube(sky, vec3(1.0))", **SKY))
    with pytest.raises(zcgpu.WrongTypeError, match=r"it takes six .*, not a picture"):
        scene.inputs["sky"] = picture
    with pytest.raises(zcgpu.WrongTypeError, match=r"'inputImage' is an image: .* not a cube"):
        context.scene(FILTER).inputs["inputImage"] = cube
    with pytest.raises(zcgpu.WrongTypeError, match=r"side -y is a picture, not a cube"):
        context.cube([picture, picture, picture, cube, picture, picture])


def test_a_side_of_another_context_is_refused(
    context: zcgpu.Context, other_context: zcgpu.Context
) -> None:
    with pytest.raises(zcgpu.WrongContextError, match=r"side -x: this frame lives in another"):
        context.cube([FACES[0], other_context.frame(FACES[1]), *FACES[2:]])
    cube = other_context.cube(FACES)
    scene = context.scene(colour("textureCube(sky, vec3(1.0))", **SKY))
    with pytest.raises(zcgpu.WrongContextError):
        scene.inputs["sky"] = cube


def test_a_cube_of_an_ended_generation_is_stale(each_dialect: zcgpu.Context) -> None:
    scene = each_dialect.scene(colour("textureCube(sky, vec3(1.0, 0.0, 0.0))", **SKY))
    cube, face = each_dialect.cube(FACES), each_dialect.frame(FACES[0])
    scene.inputs["sky"] = cube
    each_dialect.reinitialize()
    for use in (
        lambda: scene.render(2, 2),
        lambda: np.asarray(cube),
        lambda: each_dialect.cube([face] * 6),
    ):
        with pytest.raises(zcgpu.StaleError, match="generation 1"):
            use()
    scene.inputs["sky"] = [plain(it) for it in COLOURS]
    assert np.asarray(scene.render(1, 1)).ravel().tolist() == [255, 0, 0, 255]


def test_sides_without_end_are_refused(context: zcgpu.Context) -> None:
    side = np.zeros((1, 1, 4), np.uint8)
    with pytest.raises(zcgpu.WrongTypeError, match="7 or more are given"):
        context.cube(itertools.repeat(side))
