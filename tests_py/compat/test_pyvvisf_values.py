"""Values, sizes and buffers, without much drawing."""

from typing import Any

import numpy as np
import pytest
from compat.pixels import assert_shows, drawn, of, scene_of
from expected import noise, positions, rgba
from PIL import Image
from sources import FILTER, GRADIENT, colour

import zcgpu
import zcgpu.compat.pyvvisf as pyvvisf
from zcgpu.compat.pyvvisf import ISFVal, ISFValType


@pytest.mark.parametrize(
    ("value", "kind", "double", "boolean", "long", "text"),
    [
        (pyvvisf.ISFNullVal(), "None_", 0.0, False, 0, "None"),
        (pyvvisf.ISFEventVal(True), "Event", 1.0, True, 1, "Event/None"),
        (pyvvisf.ISFEventVal(), "Event", 0.0, False, 0, "Event/None"),
        (pyvvisf.ISFBoolVal(True), "Bool", 1.0, True, 1, "true"),
        (pyvvisf.ISFLongVal(-3), "Long", -3.0, False, -3, "-3"),
        (pyvvisf.ISFFloatVal(2.75), "Float", 2.75, True, 2, "2.750000"),
        (pyvvisf.ISFPoint2DVal(1, 2), "Point2D", 0.0, False, 0, "(1.00, 2.00)"),
        (pyvvisf.ISFColorVal(0, 1, 0.5, 1), "Color", 0.0, False, 0, "{0.00, 1.00, 0.50, 1.00}"),
        (pyvvisf.ISFImageVal(None), "Image", 0.0, False, 0, ""),
    ],
)
def test_a_value_is_read_as_any_kind(
    value: ISFVal, kind: str, double: float, boolean: bool, long: int, text: str
) -> None:
    assert value.type() is ISFValType[kind]
    assert (value.get_double_val(), value.get_float_val()) == (double, double)
    assert (value.get_bool_val(), value.get_long_val()) == (boolean, long)
    assert (str(value), value.get_val_string()) == (text, text)
    asked = {name: getattr(value, f"is_{name}_val")() for name in ["null", "event", "bool", "long"]}
    asked |= {name: getattr(value, f"is_{name}_val")() for name in ["float", "color", "image"]}
    true = {"None_": "null", "Point2D": "point2d"}.get(kind, kind.lower())
    assert [name for name, is_so in asked.items() if is_so] == [true] * (true in asked)


@pytest.mark.parametrize(
    "make",
    [
        lambda: pyvvisf.ISFFloatVal("0.5"),  # type: ignore[arg-type]
        lambda: pyvvisf.ISFLongVal(0.5),  # type: ignore[arg-type]
        lambda: pyvvisf.ISFLongVal(2**31),
        lambda: pyvvisf.ISFBoolVal(2),  # type: ignore[arg-type]
        lambda: pyvvisf.ISFBoolVal("yes"),  # type: ignore[arg-type]
        lambda: pyvvisf.ISFColorVal(1, 1, 1, None),  # type: ignore[arg-type]
        lambda: pyvvisf.ISFPoint2DVal(10**400, 0),
        lambda: pyvvisf.ISFImageVal("picture.png"),  # type: ignore[arg-type]
        lambda: ISFVal(ISFValType.Color, 1.0, 1.0),
        lambda: ISFVal(ISFValType.None_, 1.0),
        lambda: ISFVal("Float", 1.0),  # type: ignore[arg-type]
    ],
)
def test_a_value_of_the_wrong_kind_is_a_type_error(make: Any) -> None:
    with pytest.raises(TypeError):
        make()


def test_numbers_of_numpy_are_numbers() -> None:
    real: Any = np.float32(0.5)
    whole: Any = np.int16(7)
    true: Any = np.bool_(True)
    assert pyvvisf.ISFFloatVal(real).get_double_val() == 0.5
    assert pyvvisf.ISFLongVal(whole).get_long_val() == 7
    assert pyvvisf.ISFBoolVal(true).get_bool_val() is True


def test_components_are_read_and_set() -> None:
    point, color = pyvvisf.ISFPoint2DVal(1, 2), pyvvisf.ISFColorVal(0.1, 0.2, 0.3, 0.4)
    point.set_point_val_by_index(1, 5)
    color.set_color_val_by_channel(3, 1)
    assert [point.get_point_val_by_index(n) for n in range(-1, 3)] == [0, 1, 5, 0]
    assert [color.get_color_val_by_channel(n) for n in range(5)] == [0.1, 0.2, 0.3, 1.0, 0]
    assert point.get_color_val_by_channel(0) == 0
    with pytest.raises(TypeError, match="no Point2D component 2"):
        point.set_point_val_by_index(2, 1)


def test_geometry_is_that_of_y_upwards() -> None:
    rect = pyvvisf.Rect(10, 20, -4, 6)
    assert (rect.min_x(), rect.max_x(), rect.mid_x()) == (6, 10, 8)
    assert (rect.min_y(), rect.max_y(), rect.mid_y()) == (20, 26, 23)
    corners = [rect.top_left(), rect.top_right(), rect.bot_left(), rect.bot_right(), rect.center()]
    assert [(it.x, it.y) for it in corners] == [(6, 26), (10, 26), (6, 20), (10, 20), (8, 23)]
    assert str(rect) == "Rect(10.000000, 20.000000, -4.000000x6.000000)"
    assert str(pyvvisf.Size(3, 4)) == "Size(3.000000, 4.000000)"
    assert str(pyvvisf.Point(3, 4)) == "Point(3.000000, 4.000000)"
    assert pyvvisf.Size().is_zero()
    assert pyvvisf.Rect().is_zero()
    assert not rect.is_zero()


@pytest.mark.parametrize(
    ("width", "height", "words"),
    [
        (0, 4, "Invalid size"),
        (4, -1, "must be positive"),
        (0.5, 4, "Invalid size"),
        (float("nan"), 4, "Invalid size"),
        (4, float("inf"), "Size too large"),
        (16385, 1, "maximum dimension is 16384"),
    ],
)
def test_a_size_that_cannot_be_drawn_is_a_value_error(
    width: float, height: float, words: str
) -> None:
    scene = scene_of(GRADIENT)
    with pytest.raises(ValueError, match=words):
        scene.create_and_render_a_buffer(pyvvisf.Size(width, height))
    with pytest.raises(ValueError, match=words):
        pyvvisf.GLBufferPool().create_buffer(pyvvisf.Size(width, height))
    with pytest.raises(TypeError, match="a Size"):
        scene.create_and_render_a_buffer((4, 4))  # type: ignore[arg-type]


def test_a_size_with_a_fraction_is_drawn_in_whole_pixels() -> None:
    buffer = drawn(GRADIENT, 1, 1)
    buffer = scene_of(GRADIENT).create_and_render_a_buffer(pyvvisf.Size(6.9, 4.5))
    assert (buffer.size.width, buffer.size.height) == (6, 4)
    x, y = positions(6, 4)
    assert_shows(buffer, rgba(x, y, 0.25, 1.0))


def test_a_buffer_tells_what_it_is() -> None:
    buffer = drawn(GRADIENT, 8, 5)
    other = drawn(GRADIENT, 8, 4)
    assert buffer.name not in (0, other.name)
    assert buffer.is_full_frame()
    assert (other.is_pot2d_tex(), buffer.is_pot2d_tex()) == (True, False)
    assert (other.is_npot2d_tex(), buffer.is_npot2d_tex()) == (False, True)
    assert buffer.calculate_backing_bytes_per_row() == 32
    assert buffer.calculate_backing_length() == 160
    assert buffer.get_description() == f"<GLBuffer T-2, {buffer.name}, 8x5>"
    assert buffer.desc.type is pyvvisf.GLBuffer.Type_Tex
    assert buffer.desc.pixelType is pyvvisf.GLBuffer.PixelType_UByte
    copy = buffer.alloc_shallow_copy()
    assert (copy.name, copy.size.width) == (buffer.name, 8)
    assert (of(copy) == of(buffer)).all()


def test_a_buffer_without_a_picture_says_where_pictures_come_from() -> None:
    buffer = pyvvisf.CreateGLBufferRef()
    assert (buffer.name, buffer.size.width) == (0, 0)
    for use in (
        buffer.to_pil_image,
        buffer.create_pil_image,
        lambda: drawn(FILTER, 2, 2, inputImage=pyvvisf.ISFImageVal(buffer)),
    ):
        with pytest.raises(RuntimeError, match="holds no picture"):
            use()
    with pytest.raises(AttributeError, match="from_pil_image"):
        buffer.name = 7


@pytest.mark.parametrize(("mode", "pixel"), [("RGBA", (9, 8, 7, 6)), ("RGB", (9, 8, 7)), ("L", 9)])
def test_a_new_image_of_a_buffers_size_has_one_colour(mode: str, pixel: object) -> None:
    image = drawn(GRADIENT, 3, 2).create_pil_image(mode, (9, 8, 7, 6))
    assert (image.mode, image.size, image.getpixel((2, 1))) == (mode, (3, 2), pixel)


def test_a_new_image_of_an_unknown_mode_is_an_error() -> None:
    with pytest.raises(ValueError, match="'CMYK'"):
        drawn(GRADIENT, 3, 2).create_pil_image("CMYK")


def test_an_upload_takes_pil_images_of_any_mode() -> None:
    picture = noise(3, 4)
    gray = Image.fromarray(picture[..., 0])
    expected = np.dstack([picture[..., 0]] * 3 + [np.full((3, 4), 255, np.uint8)])
    assert (of(pyvvisf.GLBuffer.from_pil_image(gray)) == expected).all()
    with pytest.raises(TypeError, match="PIL image"):
        pyvvisf.GLBuffer.from_pil_image(picture)  # type: ignore[arg-type]


def test_an_image_input_shows_the_part_and_the_way_up_that_its_buffer_says() -> None:
    picture = noise(6, 8)
    buffer = pyvvisf.GLBuffer.from_pil_image(Image.fromarray(picture))
    buffer.srcRect = pyvvisf.Rect(2, 1, 5, 3)  # from the left and from below
    part = picture[2:5, 2:7]
    for flipped, expected in ((False, part), (True, part[::-1])):
        buffer.flipped = flipped
        shown = drawn(FILTER, 5, 3, inputImage=pyvvisf.ISFImageVal(buffer))
        assert (of(shown) == expected).all()
    buffer.srcRect = pyvvisf.Rect(4, 0, 5, 3)
    with pytest.raises(RuntimeError, match=r"srcRect .* is not within"):
        drawn(FILTER, 5, 3, inputImage=pyvvisf.ISFImageVal(buffer))


def test_floats_are_drawn_and_told() -> None:
    scene = scene_of(colour("vec4(2.0, 0.5, -1.0, 1.0)"))
    scene.set_always_render_to_float(True)
    buffer = scene.create_and_render_a_buffer(pyvvisf.Size(2, 2))
    assert scene.always_render_to_float()
    assert np.asarray(buffer.frame).tolist() == [[[2.0, 0.5, -1.0, 1.0]] * 2] * 2
    assert buffer.desc.pixelType is not pyvvisf.GLBuffer.PixelType_UByte
    assert buffer.calculate_backing_length() == 64
    assert (of(buffer) == (255, 128, 0, 255)).all()
    scene.set_always_render_to_float(False)
    assert (of(scene.create_and_render_a_buffer(pyvvisf.Size(1, 1))) == (255, 128, 0, 255)).all()


@pytest.mark.parametrize(
    "call",
    [
        pyvvisf.ISFBoolVal,
        pyvvisf.ISFLongVal,
        pyvvisf.ISFFloatVal,
        pyvvisf.ISFVal,
        pyvvisf.ISFImageVal,
        pyvvisf.ISFDoc,
        pyvvisf.check_gl_errors,
        lambda value: pyvvisf.ISFDoc(fs_contents=value),
        lambda value: pyvvisf.ISFScene().set_value_for_input_named(pyvvisf.ISFNullVal(), value),
        lambda value: pyvvisf.ISFScene().create_and_render_a_buffer(value),
    ],
)
@pytest.mark.parametrize("value", [10**5000, [0] * 100_000], ids=["huge", "long"])
def test_what_does_not_fit_is_told_however_long_it_is(call: Any, value: object) -> None:
    """Python makes no text of numbers with more than 4300 digits."""
    with pytest.raises(zcgpu.Error) as caught:
        call(value)
    assert len(str(caught.value)) < 400
