"""Looking pictures up: the IMG_* functions, filtering, images of another size."""

import numpy as np
import pytest
from expected import assert_shows, linear, noise, positions, rgba
from sources import FILTER, colour, image, shader

import zcgpu

INPUT = {"inputs": [image("inputImage")]}


@pytest.mark.parametrize("size", [(7, 5), (14, 10), (3, 2), (1, 1), (19, 4)])
@pytest.mark.parametrize(
    "expression",
    [
        "IMG_THIS_PIXEL(inputImage)",
        "IMG_THIS_NORM_PIXEL(inputImage)",
        "IMG_NORM_THIS_PIXEL(inputImage)",
        "IMG_NORM_PIXEL(inputImage, isf_FragNormCoord)",
        "IMG_PIXEL(inputImage, isf_FragNormCoord * IMG_SIZE(inputImage))",
    ],
)
def test_images_of_another_size_are_filtered_linearly(
    context: zcgpu.Context, size: tuple[int, int], expression: str
) -> None:
    scene = context.scene(colour(expression, **INPUT))
    scene.inputs["inputImage"] = noise(5, 7)
    # Drivers filter bytes with weights of eight bits.
    assert_shows(scene.render(*size), linear(noise(5, 7), *positions(*size)), steps=2)


def test_every_rung_filters_alike(each_rung: zcgpu.Context) -> None:
    scene = each_rung.scene(FILTER)
    scene.inputs["inputImage"] = noise(3, 4)
    assert_shows(scene.render(13, 9), linear(noise(3, 4), *positions(13, 9)), steps=2)


def test_float_images_are_filtered_exactly(each_rung: zcgpu.Context) -> None:
    picture = np.random.default_rng(5).normal(0, 10, (3, 4, 4)).astype(np.float32)
    source = colour("IMG_THIS_PIXEL(inputImage)", passes=[{"FLOAT": True}], **INPUT)
    frame = each_rung.scene(source).render(13, 9, inputs={"inputImage": picture})
    np.testing.assert_allclose(
        np.asarray(frame), linear(picture, *positions(13, 9)), rtol=1e-3, atol=0.02
    )


def test_img_pixel_counts_the_images_pixels_from_the_bottom(each_rung: zcgpu.Context) -> None:
    picture = noise(5, 7)
    scene = each_rung.scene(colour("IMG_PIXEL(inputImage, vec2(2.5, 0.5))", **INPUT))
    scene.inputs["inputImage"] = picture
    assert (np.asarray(scene.render(20, 30)) == picture[4, 2]).all()


def test_img_norm_pixel_is_clamped_to_the_edge(each_rung: zcgpu.Context) -> None:
    picture = noise(5, 7)
    expression = "IMG_NORM_PIXEL(inputImage, isf_FragNormCoord * 5.0 - 2.0)"
    scene = each_rung.scene(colour(expression, **INPUT))
    scene.inputs["inputImage"] = picture
    x, y = positions(10, 10)
    frame = scene.render(10, 10)
    assert_shows(frame, linear(picture, x * 5 - 2, y * 5 - 2), steps=2)
    corners = np.asarray(frame)[[0, 0, -1, -1], [0, -1, 0, -1]]
    np.testing.assert_array_equal(corners, picture[[0, 0, -1, -1], [0, -1, 0, -1]])


def test_img_size_is_the_images(each_rung: zcgpu.Context) -> None:
    expression = "vec4(IMG_SIZE(inputImage), _inputImage_imgSize)"
    source = colour(expression, passes=[{"FLOAT": True}], **INPUT)
    frame = each_rung.scene(source).render(3, 2, inputs={"inputImage": noise(5, 7)})
    assert np.asarray(frame)[0, 0].tolist() == [7, 5, 7, 5]


def test_img_functions_work_inside_a_macro_and_each_other(context: zcgpu.Context) -> None:
    source = shader(
        "gl_FragColor = LOOK(inputImage, IMG_NORM_PIXEL(map, isf_FragNormCoord).rg);",
        before="#define LOOK(image, place) IMG_NORM_PIXEL(image, place)",
        inputs=[image("inputImage"), image("map")],
    )
    places = np.zeros((1, 2, 4), np.float32)
    places[0, 0, :2] = 2.5 / 7, 1.5 / 5
    places[0, 1, :2] = 6.5 / 7, 4.5 / 5
    scene = context.scene(source)
    frame = scene.render(2, 1, inputs={"inputImage": noise(5, 7), "map": places})
    pixels = np.asarray(frame)[0].astype(int)
    assert np.abs(pixels - noise(5, 7)[[3, 0], [2, 6]]).max() <= 1


def test_an_unset_image_is_one_transparent_black_pixel(each_rung: zcgpu.Context) -> None:
    source = colour(
        "vec4(IMG_SIZE(inputImage), IMG_NORM_PIXEL(inputImage, vec2(0.3)).ra)",
        passes=[{"FLOAT": True}],
        **INPUT,
    )
    assert np.asarray(each_rung.scene(source).render(3, 3))[1, 1].tolist() == [1, 1, 0, 0]


def test_one_picture_serves_two_scenes(context: zcgpu.Context) -> None:
    frame = context.frame(noise(5, 7))
    swapped = context.scene(colour("IMG_THIS_PIXEL(inputImage).bgra", **INPUT))
    plain = context.scene(FILTER)
    for scene in (swapped, plain):
        scene.inputs["inputImage"] = frame
    np.testing.assert_array_equal(plain.render(7, 5), noise(5, 7))
    np.testing.assert_array_equal(swapped.render(7, 5), noise(5, 7)[:, :, [2, 1, 0, 3]])
    np.testing.assert_array_equal(plain.render(7, 5), noise(5, 7))


def test_many_images_at_once_do_not_mix(each_dialect: zcgpu.Context) -> None:
    names = [f"image{n}" for n in range(8)]
    sums = " + ".join(f"IMG_THIS_PIXEL({name}) * {n + 1}.0" for n, name in enumerate(names))
    source = colour(sums, inputs=[image(name) for name in names])
    scene = each_dialect.scene(source)
    for n, name in enumerate(names):
        scene.inputs[name] = np.full((1, 1, 4), n, np.uint8)
    expected = sum(n * (n + 1) for n in range(8))
    assert (np.asarray(scene.render(2, 2)) == expected).all()


def test_a_transition_mixes_its_images(each_dialect: zcgpu.Context) -> None:
    source = colour(
        "mix(IMG_THIS_PIXEL(startImage), IMG_THIS_PIXEL(endImage), progress)",
        inputs=[image("startImage"), image("endImage"), {"NAME": "progress", "TYPE": "float"}],
    )
    scene = each_dialect.scene(source)
    assert scene.info.kind == "transition"
    start, end = noise(5, 7, seed=1), noise(5, 7, seed=2)
    scene.inputs.update({"startImage": start, "endImage": end})
    for progress in (0.0, 0.25, 1.0):
        scene.inputs["progress"] = progress
        mixed = ((1 - progress) * start.astype(float) + progress * end.astype(float)) / 255
        assert_shows(scene.render(7, 5), rgba(*np.moveaxis(mixed, 2, 0)))


def test_a_filter_and_a_generator_are_told_apart(context: zcgpu.Context) -> None:
    assert context.scene(FILTER).info.kind == "filter"
    assert context.scene(colour("vec4(1.0)")).info.kind == "generator"
