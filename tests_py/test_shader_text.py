"""What a shader's text says, read without a GPU."""

import json
from pathlib import Path

import pytest
from children import output_of
from sources import COUNTER, FILTER, colour, number

import zcgpu


def test_a_description_needs_no_context(tmp_path: Path) -> None:
    path = tmp_path / "level.fs"
    path.write_text(colour("vec4(level)", inputs=[number("level", IDENTITY=0.25)]))
    info = zcgpu.describe(path)
    assert (info.name, info.kind, info.inputs[0].identity) == ("level", "generator", 0.25)
    assert info.header == path.read_text().partition("*/")[0].removeprefix("/*")
    assert json.loads(info.header)["ISFVSN"] == "2"
    assert zcgpu.census()["contexts"] == 0


def test_a_description_opens_no_driver() -> None:
    program = """
        import zcgpu
        zcgpu.describe("/*{}*/ void main() { gl_FragColor = vec4(1.0); }")
        with open("/proc/self/maps") as maps:
            print("EGL" in maps.read())
    """
    assert output_of(program) == "False\n"


def test_a_description_is_that_of_the_compiled_scene(context: zcgpu.Context) -> None:
    for text in (FILTER, COUNTER):
        assert zcgpu.describe(text) == context.scene(text).info


def test_glsl_that_no_driver_has_seen_names_its_dialect() -> None:
    text = colour("vec4(level)", inputs=[number("level")])
    for dialect, first in (("gl", "#version 450 core"), ("es", "#version 310 es")):
        vertex, fragment = zcgpu.translate(text, dialect=dialect)
        assert (vertex.splitlines()[0], fragment.splitlines()[0]) == (first, first)
        assert "uniform float level;" in fragment
    with pytest.raises(zcgpu.InvalidArgumentError, match="'gl' or 'es'"):
        zcgpu.translate(text, dialect="metal")


def test_a_broken_body_is_described_and_a_broken_header_refused() -> None:
    assert zcgpu.describe("/*{}*/ void main() { nonsense").kind == "generator"
    with pytest.raises(zcgpu.HeaderError) as error:
        zcgpu.describe("/*{\n  nonsense }*/")
    assert (error.value.line, error.value.column) == (2, 3)


def test_both_functions_stay_functions_in_whichever_order_they_are_first_used() -> None:
    text = "/*{}*/ void main() {}"
    for first, then in (("describe", "translate"), ("translate", "describe")):
        program = f"import zcgpu; zcgpu.{first}({text!r}); zcgpu.{then}({text!r}); print('fine')"
        assert output_of(program) == "fine\n"
