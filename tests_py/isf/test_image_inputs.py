"""Image inputs as ISF has them: companions, origin, edges, floats, alpha, kinds, how many."""

from typing import Any

import numpy as np
import pytest
from expected import assert_shows, linear, noise, positions
from sources import FILTER, colour, image, shader

import zcgpu

WIDE = noise(2, 6)
FLOATS: dict[str, Any] = {"passes": [{"FLOAT": True}]}
KEPT: list[dict[str, Any]] = [{"TARGET": "kept", "WIDTH": "6", "HEIGHT": "2"}, {"FLOAT": True}]


def numbers(context: zcgpu.Context, expression: str, **inputs: Any) -> list[float]:
    """What a shader with the image `picture` and the buffer `kept` (6 x 2) computes."""
    source = shader(
        f"gl_FragColor = PASSINDEX == 0 ? vec4(1.0) : vec4({expression});",
        inputs=[image("picture")],
        passes=KEPT,
    )
    pixels = np.asarray(context.scene(source).render(3, 3, inputs=inputs))
    numbers: list[float] = pixels[1, 1].tolist()
    return numbers


@pytest.mark.parametrize("name", ["picture", "kept"])
def test_an_image_and_a_buffer_have_their_companions(each_rung: zcgpu.Context, name: str) -> None:
    given = {"picture": WIDE}
    assert numbers(each_rung, f"_{name}_imgSize, IMG_SIZE({name})", **given) == [6, 2, 6, 2]
    assert numbers(each_rung, f"_{name}_imgRect", **given) == [0, 0, 1, 1]
    assert numbers(each_rung, f"_{name}_flip ? 1.0 : 0.0", **given) == [0, 0, 0, 0]


def test_an_image_that_is_not_set_is_one_black_pixel(each_rung: zcgpu.Context) -> None:
    assert numbers(each_rung, "_picture_imgSize, IMG_SIZE(picture)") == [1, 1, 1, 1]
    assert numbers(each_rung, "_picture_imgRect") == [0, 0, 1, 1]
    assert numbers(each_rung, "IMG_NORM_PIXEL(picture, vec2(0.7))") == [0, 0, 0, 0]
    assert numbers(each_rung, "IMG_PIXEL(picture, vec2(40.0, -7.0))") == [0, 0, 0, 0]


def test_0_0_is_the_bottom_left_of_a_picture(each_rung: zcgpu.Context) -> None:
    for x, y in ((0, 0), (5, 0), (0, 1), (5, 1)):
        place = f"vec2({x}.5, {y}.5)"
        seen = numbers(each_rung, f"IMG_PIXEL(picture, {place})", picture=WIDE)
        assert (np.rint(np.array(seen) * 255) == WIDE[1 - y, x]).all()


@pytest.mark.parametrize("name", ["picture", "kept"])
def test_beyond_its_edges_an_image_goes_on_as_its_edge(
    each_dialect: zcgpu.Context, name: str
) -> None:
    shown = "vec4(0.0, 0.0, 0.0, 1.0)" if name == "picture" else "IMG_THIS_NORM_PIXEL(picture)"
    source = shader(
        f"gl_FragColor = PASSINDEX == 0 ? {shown} "
        f": IMG_NORM_PIXEL({name}, isf_FragNormCoord * 3.0 - 1.0);",
        inputs=[image("picture")],
        passes=[{"TARGET": "kept", "WIDTH": "6", "HEIGHT": "2"}, {}],
    )
    frame = each_dialect.scene(source).render(18, 6, inputs={"picture": WIDE})
    x, y = positions(18, 6)
    assert_shows(frame, linear(WIDE, x * 3 - 1, y * 3 - 1), steps=2)


def test_a_picture_of_floats_keeps_what_is_beyond_0_and_1(each_rung: zcgpu.Context) -> None:
    picture = np.array([[[-3.0, 7.5, 0.25, 2.0]]], np.float32)
    assert numbers(each_rung, "IMG_THIS_PIXEL(picture)", picture=picture) == [-3, 7.5, 0.25, 2]


def test_alpha_comes_and_goes_as_it_is(each_rung: zcgpu.Context) -> None:
    picture = np.array([[(200, 100, 50, 0), (200, 100, 50, 51), (200, 100, 50, 255)]], np.uint8)
    frame = each_rung.scene(FILTER).render(3, 1, inputs={"inputImage": picture})
    assert (np.asarray(frame) == picture).all()


def test_an_image_may_be_the_scenes_own_frame_while_it_feeds_back(
    each_dialect: zcgpu.Context,
) -> None:
    source = shader(
        "gl_FragColor = IMG_THIS_PIXEL(inputImage) * 2.0 + IMG_THIS_PIXEL(kept);",
        inputs=[image("inputImage")],
        passes=[{"TARGET": "kept", "PERSISTENT": True}],
    )
    scene = each_dialect.scene(source)
    frame, kept = each_dialect.frame(np.full((1, 1, 4), 1, np.uint8)), 0
    for _ in range(4):
        expected = 2 * int(np.asarray(frame)[0, 0, 0]) + kept
        frame = scene.render(1, 1, inputs={"inputImage": frame})
        kept = expected
        assert (np.asarray(frame) == expected).all()


@pytest.mark.parametrize(
    ("inputs", "kind"),
    [
        ([], "generator"),
        ([image("picture")], "generator"),
        ([image("inputImage")], "filter"),
        ([image("startImage"), image("endImage")], "generator"),
        (
            [image("startImage"), image("endImage"), {"NAME": "progress", "TYPE": "float"}],
            "transition",
        ),
        ([{"NAME": "inputImage", "TYPE": "float"}], "generator"),
    ],
)
def test_the_kind_is_known_by_the_inputs(inputs: list[dict[str, Any]], kind: str) -> None:
    assert zcgpu.describe(colour("vec4(1.0)", inputs=inputs)).kind == kind


def many(count: int, used: int) -> str:
    """A shader with so many images in a line each, which adds up the first ones."""
    names = [f"image{n}" for n in range(count)]
    total = " + ".join(f"IMG_THIS_PIXEL({name})" for name in names[:used])
    return colour(total, inputs=[image(name) for name in names])


def test_as_many_images_as_there_are_units_are_read(each_dialect: zcgpu.Context) -> None:
    limit = each_dialect.info["max_images"]
    scene = each_dialect.scene(many(limit + 40, used=limit))
    for n in range(limit):
        scene.inputs[f"image{n}"] = np.full((1, 1, 4), n % 7, np.uint8)
    assert (np.asarray(scene.render(1, 1)) == sum(n % 7 for n in range(limit))).all()


@pytest.mark.parametrize("surplus", [1, 900])
def test_more_images_than_units_are_refused_in_their_place(
    each_dialect: zcgpu.Context, surplus: int
) -> None:
    limit = each_dialect.info["max_images"]
    source = many(limit + surplus, used=limit + surplus)
    with pytest.raises(zcgpu.HeaderError) as told:
        each_dialect.scene(source)
    message = str(told.value)
    assert f"reads {limit + surplus} images, this driver lets it read {limit}" in message
    assert f"'image{limit}' is the first too many" in message
    assert f'"image{limit}"' in "".join(source.split("\n")[told.value.line - 1 :][:3])


def test_a_companion_counts_as_its_image(each_dialect: zcgpu.Context) -> None:
    limit = each_dialect.info["max_images"]
    names = [f"image{n}" for n in range(limit + 1)]
    total = " + ".join(f"_{name}_imgSize.xyxy" for name in names)
    with pytest.raises(zcgpu.HeaderError, match=f"reads {limit + 1} images"):
        each_dialect.scene(colour(total, inputs=[image(name) for name in names]))
