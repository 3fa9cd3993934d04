"""Values that are kept in JSON, and values from a seed."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from commands import zcgpu as command
from expected import noise
from sources import colour, image, number

import zcgpu

EVERY: list[dict[str, Any]] = [
    {"NAME": "go", "TYPE": "event"},
    {"NAME": "on", "TYPE": "bool", "DEFAULT": False},
    {"NAME": "mode", "TYPE": "long", "VALUES": [1, 2, 4], "DEFAULT": 2},
    {"NAME": "steps", "TYPE": "long", "MIN": -3, "MAX": 12, "DEFAULT": 5},
    {"NAME": "speed", "TYPE": "float", "MIN": 4.0, "MAX": -2.0, "DEFAULT": 0.25},
    {"NAME": "plain", "TYPE": "float"},
    {"NAME": "at", "TYPE": "point2D", "MIN": [10, -1], "MAX": [20, 1]},
    {"NAME": "tint", "TYPE": "color", "DEFAULT": [1.0, 0.5, 0.25, 0.75]},
    image("inputImage"),
]
SOURCE = colour("vec4(plain, float(mode) / 255.0, tint.b, 1.0)", inputs=EVERY)


@pytest.fixture
def scene(context: zcgpu.Context) -> zcgpu.Scene:
    return context.scene(SOURCE)


def chance(seed: object, name: str, component: int = 0) -> float:
    """What docstrings say: the first 53 bits of a hash, as a part of 1."""
    digest = hashlib.sha256(f"{seed}\0{name}\0{component}".encode()).hexdigest()
    return int(bin(int(digest, 16))[2:].zfill(256)[:53], 2) / 2**53


def test_a_seed_means_the_same_values_everywhere(scene: zcgpu.Scene) -> None:
    assert scene.inputs.randomize(7) == {
        "go": False,
        "on": chance(7, "on") < 0.5,
        "mode": [1, 2, 4][int(chance(7, "mode") * 3)],
        "steps": -3 + int(chance(7, "steps") * 16),
        "speed": pytest.approx(-2 + 6 * chance(7, "speed"), abs=1e-12),
        "plain": chance(7, "plain"),
        "at": (
            pytest.approx(10 + 10 * chance(7, "at"), abs=1e-12),
            pytest.approx(-1 + 2 * chance(7, "at", 1), abs=1e-12),
        ),
        "tint": tuple(chance(7, "tint", n) for n in range(4)),
    }
    values = dict(scene.inputs.items())
    assert values["plain"] == chance(7, "plain")
    assert values["inputImage"] is None


def test_a_value_depends_on_its_own_name_alone(context: zcgpu.Context) -> None:
    one = context.scene(colour("vec4(1.0)", inputs=EVERY)).inputs.randomize("x")
    other = context.scene(colour("vec4(1.0)", inputs=EVERY[:0:-1])).inputs.randomize("x")
    assert {**other, "go": False} == one
    assert context.scene(SOURCE).inputs.randomize("y") != one


def test_random_values_lie_within_what_is_declared(scene: zcgpu.Scene) -> None:
    seen: dict[str, set[Any]] = {entry["NAME"]: set() for entry in EVERY}
    for seed in range(300):
        for name, value in scene.inputs.randomize(seed).items():
            seen[name].add(value)
    assert seen["on"] == {False, True}
    assert seen["mode"] == {1, 2, 4}
    assert seen["steps"] == set(range(-3, 13))
    assert -2 <= min(seen["speed"]) < -1.8
    assert 3.8 < max(seen["speed"]) <= 4
    assert seen["go"] == {False}


def test_only_and_except_choose_inputs(scene: zcgpu.Scene) -> None:
    scene.inputs["plain"] = 0.125
    assert set(scene.inputs.randomize(1, except_=["plain", "go"])) == {
        "on", "mode", "steps", "speed", "at", "tint"
    }  # fmt: skip
    assert scene.inputs["plain"] == 0.125
    assert set(scene.inputs.randomize(1, only={"mode"})) == {"mode"}
    fired = {scene.inputs.randomize(seed, only=["go"])["go"] for seed in range(20)}
    assert fired == {False, True}
    before = scene.inputs.items()
    for arguments in ({"only": ["nope"]}, {"except_": ["nope"]}):
        with pytest.raises(zcgpu.UnknownInputError, match="no input 'nope'"):
            scene.inputs.randomize(1, **arguments)
    wrong: list[dict[str, Any]] = [{"only": "mode"}, {"except_": "mode"}, {"only": 3}]
    for given in wrong:
        with pytest.raises(zcgpu.WrongTypeError, match="a collection of names"):
            scene.inputs.randomize(1, **given)
    with pytest.raises(zcgpu.InvalidArgumentError, match="'inputImage' is of type image"):
        scene.inputs.randomize(1, only=["plain", "inputImage"])
    with pytest.raises(zcgpu.WrongTypeError, match="a seed is"):
        scene.inputs.randomize(0.5)  # type: ignore[arg-type]
    assert scene.inputs.items() == before


def test_a_preset_comes_back_exactly(scene: zcgpu.Scene, tmp_path: Path) -> None:
    scene.inputs.randomize(3)
    scene.inputs["plain"] = 0.1 + 0.2
    scene.inputs["inputImage"] = noise(1, 1)
    values = {k: v for k, v in scene.inputs.items() if k not in ("go", "inputImage")}
    preset = scene.inputs.preset()
    assert preset["zcgpu"] == 1
    assert set(preset["inputs"]) == set(values)
    text = json.dumps(preset)
    assert json.loads(text) == preset
    (tmp_path / "p.json").write_text(text)
    for form in (preset, text, tmp_path / "p.json", str(tmp_path / "p.json")):
        scene.inputs.randomize(4)
        scene.inputs.apply(form)
        now = {k: v for k, v in scene.inputs.items() if k in values}
        assert now == values
    assert scene.inputs["inputImage"] is not None


BAD: dict[str, tuple[Any, type[zcgpu.Error], str]] = {
    "no object": ([1], zcgpu.InvalidArgumentError, r"FILE: no preset: one is \{\"zcgpu\": 1"),
    "no mark": ({"inputs": {}}, zcgpu.InvalidArgumentError, "FILE: no preset"),
    "another form": ({"zcgpu": 2, "inputs": {}}, zcgpu.InvalidArgumentError, "of form 1, not 2"),
    "no inputs": ({"zcgpu": 1}, zcgpu.InvalidArgumentError, "FILE: inputs: an object"),
    "unknown": ({"plian": 0.5}, zcgpu.UnknownInputError, "FILE: inputs: no input 'plian'; did you"),
    "type": ({"plain": "x"}, zcgpu.WrongTypeError, "FILE: inputs: input 'plain' .* not str"),
    "range": ({"steps": 99}, zcgpu.OutOfRangeError, "FILE: inputs: input 'steps' .* not 99"),
    "null": ({"plain": None}, zcgpu.WrongTypeError, "FILE: inputs: 'plain' is null"),
    "image": ({"inputImage": "a.png"}, zcgpu.InvalidArgumentError, "'inputImage' is of type image"),
    "event": ({"go": True}, zcgpu.InvalidArgumentError, "'go' is of type event"),
    "length": ({"at": [1]}, zcgpu.WrongTypeError, "input 'at'"),
}


@pytest.mark.parametrize("which", BAD)
def test_a_bad_preset_names_file_and_key_and_sets_nothing(
    scene: zcgpu.Scene, tmp_path: Path, which: str
) -> None:
    content, kind, message = BAD[which]
    if isinstance(content, dict) and "zcgpu" not in content and which != "no mark":
        content = {"zcgpu": 1, "inputs": {"plain": 0.75, "mode": 4, **content}}
    file = tmp_path / "p.json"
    file.write_text(json.dumps(content))
    before = scene.inputs.items()
    with pytest.raises(kind, match=message.replace("FILE", str(file))):
        scene.inputs.apply(file)
    assert scene.inputs.items() == before


@pytest.mark.parametrize(
    "text", ["{", "", "{]", "[" * 100_000, '{"zcgpu": 1, "inputs": {"plain": NaN}}', "\x00"]
)
def test_what_is_no_json_is_refused(scene: zcgpu.Scene, tmp_path: Path, text: str) -> None:
    file = tmp_path / "p.json"
    file.write_text(text)
    with pytest.raises((zcgpu.InvalidArgumentError, zcgpu.OutOfRangeError), match=str(file)):
        scene.inputs.apply(file)
    with pytest.raises(zcgpu.FileError, match=r"gone\.json"):
        scene.inputs.apply(tmp_path / "gone.json")


def test_what_does_not_fit_may_be_left_out(scene: zcgpu.Scene) -> None:
    values = {"plain": 0.75, "nope": 1, "steps": 99, "inputImage": "x", "tint": [0.5, 0.5, 0.5, 1]}
    done = scene.inputs.apply({"zcgpu": 1, "inputs": values}, strict=False)
    assert set(done) == {"plain", "tint"}
    assert (scene.inputs["plain"], scene.inputs["steps"]) == (0.75, 5)


def test_the_command_line_draws_seeds_and_presets(tmp_path: Path) -> None:
    from PIL import Image

    shader, saved, out = tmp_path / "a.fs", tmp_path / "p.json", tmp_path / "o.png"
    shader.write_text(SOURCE)

    def drawn(*arguments: str | Path) -> list[int]:
        done = command("render", shader, "-o", out, "--size", "2x2", *arguments)
        assert (done.returncode, done.stderr) == (0, "")
        pixel: list[int] = np.asarray(Image.open(out))[0, 0].tolist()
        return pixel

    expected = [chance(9, "plain") * 255, [1, 2, 4][int(chance(9, "mode") * 3)],
                chance(9, "tint", 2) * 255, 255]  # fmt: skip
    assert drawn("--seed", "9", "--save-preset", saved) == pytest.approx(expected, abs=0.51)
    assert drawn("--preset", saved) == pytest.approx(expected, abs=0.51)
    assert drawn("--preset", saved, "--input", "plain=0.2")[0] == 51
    saved.write_text('{"zcgpu": 1, "inputs": {"plain": 7, "nope": 1}}')
    done = command("render", shader, "-o", out, "--preset", saved)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{saved}: inputs: no input 'nope'" in done.stderr


def test_a_seed_that_cannot_be_written_and_names_that_are_none_are_refused(
    context: zcgpu.Context,
) -> None:
    inputs = context.scene(colour("vec4(0.2)", inputs=[number("level")])).inputs
    with pytest.raises(zcgpu.InvalidArgumentError, match="at most 4300 digits"):
        inputs.randomize(10**6000)
    with pytest.raises(zcgpu.WrongTypeError, match="except_ is a collection of names, not None"):
        inputs.randomize(1, except_=None)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", [np.arange(3), np.array(1), "1", None, [1]], ids=type)
def test_a_preset_has_a_number_as_its_form(scene: zcgpu.Scene, form: object) -> None:
    with pytest.raises(zcgpu.InvalidArgumentError, match="reads presets of form 1, not"):
        scene.inputs.apply({"zcgpu": form, "inputs": {}})


def test_names_may_be_an_array_of_them(scene: zcgpu.Scene) -> None:
    names = np.array(["mode", "plain"])
    assert set(scene.inputs.randomize(1, only=names)) == {"mode", "plain"}
    assert not {"mode", "plain"} & set(scene.inputs.randomize(1, except_=names))
    for argument in ("only", "except_"):
        with pytest.raises(zcgpu.WrongTypeError, match=f"{argument} is a collection of names"):
            scene.inputs.randomize(1, **{argument: np.array("mode")})
