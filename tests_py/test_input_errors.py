"""Inputs that do not fit: the message says what would, and nothing is changed."""

from typing import Any

import numpy as np
import pytest
from sources import colour, number
from test_inputs import DEFAULTS, EVERY

import zcgpu


@pytest.fixture
def scene(context: zcgpu.Context) -> zcgpu.Scene:
    return context.scene(colour("vec4(speed)", inputs=EVERY))


WRONG_TYPES = [
    ("go", 1, "'go' is an event: it takes True or False"),
    ("on", 2, "'on' is a bool: it takes True or False"),
    ("on", 1.0, "'on' is a bool: it takes True or False, not a float"),
    ("mode", 1.0, r"'mode' is a long: it takes one of 1 \(a\), 2 \(b\), 4 \(c\), not a float"),
    ("mode", True, "'mode' is a long"),
    ("steps", "3", "'steps' is a long: it takes an integer from -3 to 12"),
    ("speed", "fast", r"'speed' is a float: it takes a number from 0\.0 to 4\.0"),
    ("speed", b"1", "'speed' is a float"),
    ("speed", True, "'speed' is a float: .*, not a bool"),
    ("speed", (1.0, 2.0), "'speed' is a float: .*, not 2 numbers"),
    ("speed", 1j, "'speed' is a float"),
    ("speed", object(), "'speed' is a float"),
    ("speed", np.zeros((3, 3)), "'speed' is a float"),
    ("at", 1.0, r"'at' is a point2D: it takes two numbers \(x, y\), not a float"),
    ("at", (1, 2, 3), "'at' is a point2D: .*, not 3 numbers"),
    ("at", (1,), "'at' is a point2D"),
    ("at", (), "'at' is a point2D"),
    ("at", ("a", "b"), "'at' is a point2D"),
    ("at", "12", "'at' is a point2D"),
    ("tint", (1, 2), r"'tint' is a color: it takes three or four numbers \(r, g, b\[, a\]\)"),
    ("tint", (1, 2, 3, 4, 5), "'tint' is a color"),
    ("tint", "#ff0000", "'tint' is a color"),
    ("inputImage", 3, "'inputImage' is an image: it takes a path, a PIL image, an array"),
    ("inputImage", True, "'inputImage' is an image"),
    ("inputImage", (1, 2), "'inputImage' is an image"),
    ("inputImage", object(), "a picture is a path, a PIL image, an array .* not object"),
]

OUT_OF_RANGE = [
    ("mode", 3, r"'mode' takes one of 1 \(a\), 2 \(b\), 4 \(c\), not 3"),
    ("mode", 2**80, "'mode' takes one of"),
    ("steps", 13, "'steps' takes an integer from .*, not 13"),
    ("steps", -4, "'steps' takes an integer from"),
    ("speed", -0.001, r"'speed' takes a number from 0\.0 to 4\.0; -0\.001 is outside"),
    ("speed", 4.001, "'speed' takes a number"),
    ("speed", 5, "'speed' takes a number"),
    ("speed", float("nan"), "'speed' takes a number .* not nan"),
    ("speed", float("inf"), "'speed' takes a number"),
    ("speed", 10**400, "'speed' takes a number"),
    ("at", (0, float("nan")), "'at' takes two numbers .*component 1 is nan"),
    ("tint", (0, 0, float("inf")), "'tint' takes .*component 2 is inf"),
]


@pytest.mark.parametrize(("name", "value", "message"), WRONG_TYPES)
def test_a_wrong_type_is_told_what_would_fit(
    scene: zcgpu.Scene, name: str, value: Any, message: str
) -> None:
    with pytest.raises(zcgpu.WrongTypeError, match=message):
        scene.inputs[name] = value
    with pytest.raises(zcgpu.WrongTypeError, match=message):
        scene.render(1, 1, inputs={name: value})
    assert dict(scene.inputs.items()) == DEFAULTS


@pytest.mark.parametrize(("name", "value", "message"), OUT_OF_RANGE)
def test_a_number_out_of_range_is_told_the_range(
    scene: zcgpu.Scene, name: str, value: Any, message: str
) -> None:
    with pytest.raises(zcgpu.OutOfRangeError, match=message):
        scene.inputs[name] = value
    with pytest.raises(zcgpu.OutOfRangeError, match=message):
        scene.render(1, 1, inputs={name: value})
    assert dict(scene.inputs.items()) == DEFAULTS


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("sped", "no input 'sped'; did you mean 'speed'?"),
        ("Speed", "did you mean 'speed'?"),
        ("inputimage", "did you mean 'inputImage'?"),
        ("colour", "no input 'colour' (the inputs are go, on, mode, steps, speed, at, tint"),
        ("", "no input ''"),
        ("größe", "no input 'größe'"),
        ("x" * 5000, "no input 'xxx"),
    ],
)
def test_an_unknown_name_is_told_the_nearest_and_all(
    scene: zcgpu.Scene, name: str, message: str
) -> None:
    for attempt in (
        lambda: scene.inputs[name],
        lambda: scene.inputs.update({name: 1}),
        lambda: scene.render(1, 1, inputs={name: 1}),
    ):
        with pytest.raises(zcgpu.UnknownInputError) as caught:
            attempt()
        assert message in str(caught.value)
        assert isinstance(caught.value, KeyError)


def test_a_shader_without_inputs_says_so(context: zcgpu.Context) -> None:
    with pytest.raises(zcgpu.UnknownInputError, match="this shader has no inputs"):
        context.scene(colour("vec4(1.0)")).inputs["speed"] = 1.0


def test_a_name_that_is_no_text_is_refused(scene: zcgpu.Scene) -> None:
    with pytest.raises(zcgpu.WrongTypeError, match="the name of an input is a str, not 3"):
        scene.inputs[3] = 1.0  # type: ignore[index]
    with pytest.raises(TypeError, match="the name of an input is a str"):
        scene.inputs[[]] = 1.0  # type: ignore[index]


def test_inputs_of_a_call_must_be_a_mapping(scene: zcgpu.Scene) -> None:
    with pytest.raises(zcgpu.WrongTypeError, match="inputs is a mapping of names to values"):
        scene.render(1, 1, inputs=3)  # type: ignore[arg-type]


def test_update_sets_all_or_nothing(scene: zcgpu.Scene) -> None:
    with pytest.raises(zcgpu.OutOfRangeError):
        scene.inputs.update({"mode": 4, "speed": 99, "steps": 1})
    assert scene.inputs.values()[2:5] == [2, 5, 0.25]


def test_an_exception_of_a_values_own_passes_through(scene: zcgpu.Scene) -> None:
    class Grumpy:
        def __float__(self) -> float:
            raise ZeroDivisionError("not today")

    with pytest.raises(ZeroDivisionError, match="not today"):
        scene.inputs["speed"] = Grumpy()
    assert scene.inputs["speed"] == 0.25


def test_a_value_may_use_the_scene_while_it_is_converted(scene: zcgpu.Scene) -> None:
    class Meddler:
        def __float__(self) -> float:
            scene.inputs["speed"] = 1.0
            scene.render(2, 2)
            return 2.0

    scene.inputs["speed"] = Meddler()
    assert scene.inputs["speed"] == 2.0


def test_a_value_may_close_the_scene_while_it_is_converted(scene: zcgpu.Scene) -> None:
    class Vandal:
        def __float__(self) -> float:
            scene.close()
            return 2.0

    with pytest.raises(zcgpu.Error):
        scene.render(1, 1, inputs={"speed": Vandal()})
    assert scene.closed


def test_long_values_and_labels_are_carried_whole(context: zcgpu.Context) -> None:
    values = list(range(-500, 1500, 3))
    labels = [f"choice number {value}, of many" for value in values]
    declared = {"NAME": "mode", "TYPE": "long", "VALUES": values, "LABELS": labels, "DEFAULT": 1}
    scene = context.scene(colour("vec4(float(mode) / 255.0)", inputs=[declared]))
    (entry,) = scene.info.inputs
    assert (list(entry.values), list(entry.labels)) == (values, labels)
    scene.inputs["mode"] = 100
    assert np.asarray(scene.render(1, 1))[0, 0, 0] == 100
    with pytest.raises(zcgpu.OutOfRangeError) as caught:
        scene.inputs["mode"] = 0
    assert "-500 (choice number -500, of many)" in str(caught.value)
    assert str(caught.value).endswith("not 0")


def test_names_that_utf8_cannot_hold_are_refused(context: zcgpu.Context) -> None:
    scene = context.scene(colour("vec4(level)", inputs=[number("level")]))
    with pytest.raises(zcgpu.UnknownInputError, match=r"\\ud800"):
        scene.inputs["\ud800"] = 1.0
    for refuse in (scene.target, context.acquire, context.check_errors):
        with pytest.raises(zcgpu.InvalidArgumentError, match=r"\\ud800"):
            refuse("\ud800")
    with pytest.raises(zcgpu.WrongTypeError, match="operation is a str, not 1"):
        context.check_errors(1)  # type: ignore[arg-type]
