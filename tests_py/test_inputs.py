"""Inputs of every type: what they hold, what fits, and for how long."""

import gc
from typing import Any

import numpy as np
import pytest
from children import output_of
from expected import noise
from sources import colour, image, number

import zcgpu

EVERY: list[dict[str, Any]] = [
    {"NAME": "go", "TYPE": "event"},
    {"NAME": "on", "TYPE": "bool", "DEFAULT": False},
    {"NAME": "mode", "TYPE": "long", "VALUES": [1, 2, 4], "LABELS": ["a", "b", "c"], "DEFAULT": 2},
    {"NAME": "steps", "TYPE": "long", "MIN": -3, "MAX": 12, "DEFAULT": 5},
    {"NAME": "speed", "TYPE": "float", "MIN": 0.0, "MAX": 4.0, "DEFAULT": 0.25},
    {"NAME": "at", "TYPE": "point2D", "DEFAULT": [0.5, 0.25]},
    {"NAME": "tint", "TYPE": "color", "DEFAULT": [1.0, 0.5, 0.25, 0.75]},
    image("inputImage"),
]
DEFAULTS = {
    "go": False,
    "on": False,
    "mode": 2,
    "steps": 5,
    "speed": 0.25,
    "at": (0.5, 0.25),
    "tint": (1.0, 0.5, 0.25, 0.75),
    "inputImage": None,
}


@pytest.fixture
def scene(context: zcgpu.Context) -> zcgpu.Scene:
    return context.scene(colour("vec4(speed)", inputs=EVERY))


def drawn(context: zcgpu.Context, expression: str, inputs: dict[str, Any]) -> list[float]:
    """Four numbers that a shader with every input says, given some of them."""
    source = colour(expression, inputs=EVERY, passes=[{"FLOAT": True}])
    pixels = context.scene(source).render(1, 1, inputs=inputs).to_numpy()
    return [float(component) for component in pixels[0, 0]]


def test_inputs_begin_with_the_headers_defaults(scene: zcgpu.Scene) -> None:
    assert dict(scene.inputs.items()) == DEFAULTS


def test_inputs_without_a_default_begin_as_isf_says(context: zcgpu.Context) -> None:
    declared: list[dict[str, Any]] = [{key: it[key] for key in ("NAME", "TYPE")} for it in EVERY]
    declared.append({"NAME": "span", "TYPE": "float", "MIN": 2.0, "MAX": 6.0})
    scene = context.scene(colour("vec4(1.0)", inputs=declared))
    assert dict(scene.inputs.items()) == {
        "go": False,
        "on": True,
        "mode": 0,
        "steps": 0,
        "speed": 0.5,
        "at": (0.0, 0.0),
        "tint": (0.0, 0.0, 0.0, 0.0),
        "inputImage": None,
        "span": 4.0,
    }


def test_inputs_are_a_mapping_in_the_headers_order(scene: zcgpu.Scene) -> None:
    inputs = scene.inputs
    assert list(inputs) == inputs.keys() == list(DEFAULTS)
    assert inputs.values() == list(DEFAULTS.values())
    assert len(inputs) == 8
    assert "speed" in inputs
    assert "sped" not in inputs
    assert 3 not in inputs
    assert "'speed': 0.25" in repr(inputs)


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("go", True, True),
        ("on", True, True),
        ("on", 1, True),
        ("on", 0, False),
        ("on", np.bool_(True), True),
        ("mode", 4, 4),
        ("mode", np.int64(1), 1),
        ("mode", np.uint8(4), 4),
        ("steps", -3, -3),
        ("steps", 12, 12),
        ("speed", 4, 4.0),
        ("speed", 0, 0.0),
        ("speed", 3.5, 3.5),
        ("speed", np.float32(0.5), 0.5),
        ("speed", np.float64(0.125), 0.125),
        ("speed", np.int64(2), 2.0),
        ("speed", np.array(1.5), 1.5),
        ("at", (3, -4.5), (3.0, -4.5)),
        ("at", [1, 2], (1.0, 2.0)),
        ("at", np.array([0.25, 0.5], np.float32), (0.25, 0.5)),
        ("tint", (0.25, 0.5, 0.75), (0.25, 0.5, 0.75, 1.0)),
        ("tint", [0, 0, 0, 0], (0.0, 0.0, 0.0, 0.0)),
        ("tint", np.array([1.0, 0.5, 0.25, 0.0]), (1.0, 0.5, 0.25, 0.0)),
    ],
)
def test_a_value_that_fits_is_kept(scene: zcgpu.Scene, name: str, value: Any, kept: Any) -> None:
    scene.inputs[name] = value
    assert scene.inputs[name] == kept
    assert type(scene.inputs[name]) is type(kept)
    others = {key: held for key, held in DEFAULTS.items() if key != name}
    assert {key: scene.inputs[key] for key in others} == others


@pytest.mark.parametrize("name", DEFAULTS)
def test_none_puts_the_default_back(scene: zcgpu.Scene, name: str) -> None:
    new = {"mode": 4, "steps": 1, "speed": 1.0, "at": (0, 0), "tint": (1, 1, 1)}
    scene.inputs[name] = noise(2, 2) if name == "inputImage" else new.get(name, True)
    assert scene.inputs[name] != DEFAULTS[name]
    scene.inputs[name] = None
    assert scene.inputs[name] == DEFAULTS[name]


def test_update_sets_several(scene: zcgpu.Scene) -> None:
    scene.inputs.update({"speed": 3.0, "mode": 1})
    assert (scene.inputs["speed"], scene.inputs["mode"]) == (3.0, 1)


def test_an_input_cannot_be_deleted(scene: zcgpu.Scene) -> None:
    with pytest.raises(zcgpu.InvalidArgumentError, match="set it to None for its default"):
        del scene.inputs["speed"]  # type: ignore[attr-defined]


def test_the_shader_sees_every_type(each_dialect: zcgpu.Context) -> None:
    numbers = "vec4(speed, float(mode), float(steps), on ? 1.0 : 0.0)"
    assert drawn(each_dialect, numbers, {}) == [0.25, 2, 5, 0]
    given = {"speed": 3.5, "mode": 4, "steps": -2, "on": True}
    assert drawn(each_dialect, numbers, given) == [3.5, 4, -2, 1]
    assert drawn(each_dialect, "tint", {"tint": (0.5, 1, 0, 0.25)}) == [0.5, 1, 0, 0.25]
    assert drawn(each_dialect, "vec4(at, at)", {"at": (-2, 7.5)}) == [-2, 7.5, -2, 7.5]
    assert drawn(each_dialect, "vec4(go ? 1.0 : 0.0)", {"go": True}) == [1] * 4


def test_inputs_of_a_call_last_for_that_call(scene: zcgpu.Scene) -> None:
    scene.inputs["speed"] = 0.6
    assert np.asarray(scene.render(1, 1, inputs={"speed": 0.2}))[0, 0, 0] == 51
    assert scene.inputs["speed"] == 0.6
    assert np.asarray(scene.render(1, 1))[0, 0, 0] == 153
    target = np.zeros((1, 1, 4), np.uint8)
    assert scene.render_into(target, inputs={"speed": 0.4})[0, 0, 0] == 102
    assert scene.render_into(target)[0, 0, 0] == 153


def test_none_in_a_call_is_the_default_for_that_call(scene: zcgpu.Scene) -> None:
    scene.inputs["speed"] = 0.6
    pixels = np.asarray(scene.render(1, 1, inputs={"speed": None}))
    assert pixels[0, 0, 0] in (63, 64)
    assert scene.inputs["speed"] == 0.6


def test_a_float_without_a_range_takes_any_number(context: zcgpu.Context) -> None:
    source = colour("vec4(free)", inputs=[{"NAME": "free", "TYPE": "float"}])
    scene = context.scene(source)
    for value in (-1e6, 0.5, 3e8):
        scene.inputs["free"] = value
        assert scene.inputs["free"] == value


def test_a_default_outside_its_range_is_moved_into_it(context: zcgpu.Context) -> None:
    declared = [number("low", DEFAULT=-5, MIN=1, MAX=2), number("high", DEFAULT=5, MIN=1, MAX=2)]
    scene = context.scene(colour("vec4(low)", inputs=declared))
    assert scene.inputs.values() == [1.0, 2.0]


def test_info_tells_what_the_header_declares(scene: zcgpu.Scene) -> None:
    by_name = {entry.name: entry for entry in scene.info.inputs}
    assert list(by_name) == list(DEFAULTS)
    assert by_name["mode"].type == "long"
    assert by_name["mode"].values == (1, 2, 4)
    assert by_name["mode"].labels == ("a", "b", "c")
    assert (by_name["steps"].min, by_name["steps"].max) == (-3, 12)
    assert (by_name["speed"].min, by_name["speed"].max) == (0.0, 4.0)
    assert by_name["tint"].default == (1.0, 0.5, 0.25, 0.75)
    assert by_name["inputImage"].default is None


def test_get_gives_a_value_or_the_default(context: zcgpu.Context) -> None:
    inputs = context.scene("examples/shaders/plasma.fs").inputs
    assert inputs.get("speed") == inputs["speed"]
    assert inputs.get("nothing") is None
    assert inputs.get("nothing", 5) == 5


class Emptying:
    """A number that empties the list of items it is in, as a debugger's code might."""

    def __init__(self, value: float) -> None:
        self.value = value

    def __float__(self) -> float:
        for found in gc.get_objects():
            first = found[0] if type(found) is list and found else None
            if type(first) is tuple and len(first) == 2 and first[1] is self:
                found.clear()
        return self.value


@pytest.mark.parametrize("use", ["update", "render"])
def test_items_that_go_while_they_are_read_are_still_those_given(
    context: zcgpu.Context, use: str
) -> None:
    scene = context.scene(colour("vec4(a, b, 0.0, 1.0)", inputs=[number("a"), number("b")]))
    given = {"a": Emptying(0.2), "b": 0.4}
    if use == "update":
        scene.inputs.update(given)
        drawn = scene.render(1, 1)
    else:
        drawn = scene.render(1, 1, inputs=given)
    assert np.asarray(drawn)[0, 0].tolist() == [51, 102, 0, 255]


def test_a_class_put_in_the_place_of_ours_crashes_nothing() -> None:
    shown = output_of("""
        import zcgpu, zcgpu.inputs

        class Other(zcgpu.inputs.Inputs):
            pass  # it has a dictionary

        zcgpu.inputs.Inputs = Other
        with zcgpu.Context() as context:
            scenes = [context.scene("/*{}*/ void main() {}") for _ in range(8)]
            for scene in scenes:
                scene.inputs.note = scene
            print(len(scenes[0].inputs.__dict__))
            del scene, scenes
        import gc
        gc.collect()
        print(zcgpu.census()["scenes"])
    """)
    assert shown.split() == ["1", "0"]
