"""Headers that nobody means: refused with a reason, or read, and never more than that."""

import json
from typing import Any

import numpy as np
import pytest

import zcgpu

BODY = "\nvoid main() { gl_FragColor = vec4(0.2); }"


def refusal(text: str) -> zcgpu.HeaderError:
    with pytest.raises(zcgpu.HeaderError) as caught:
        zcgpu.describe(text + BODY)
    error = caught.value
    assert error.line >= 1
    assert error.column >= 1
    assert len(str(error)) < 2000
    return error


def header(**members: Any) -> str:
    return f"/*{json.dumps(members)}*/"


def events(count: int) -> list[dict[str, str]]:
    return [{"NAME": f"e{n}", "TYPE": "event"} for n in range(count)]


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"INPUTS": events(1025)}, "1025 INPUTS; at most 1024 can be had"),
        ({"INPUTS": events(10_000)}, "10000 INPUTS; at most 1024 can be had"),
        ({"PASSES": [{}] * 500}, "500 PASSES; at most 256 can be had"),
        (
            {"PASSES": [{"TARGET": f"t{n}"} for n in range(10_000)]},
            "10000 PASSES; at most 256 can be had",
        ),
        (
            {"PERSISTENT_BUFFERS": [f"t{n}" for n in range(10_000)]},
            "10000 PERSISTENT_BUFFERS; at most 64 can be had",
        ),
        (
            {"IMPORTED": {f"i{n}": {"PATH": "a"} for n in range(10_000)}},
            "10000 IMPORTED; at most 64 can be had",
        ),
    ],
)
def test_too_many_are_counted(members: dict[str, Any], message: str) -> None:
    error = refusal(header(**members))
    assert message in error.problems[0].message


def test_a_header_of_fifty_megabytes_is_refused_by_its_length() -> None:
    text = "/*{" + " " * (50 << 20) + "}*/"
    assert "bytes; at most 8388608 are read" in refusal(text).problems[0].message
    text = '/*{"DESCRIPTION": "' + "a" * (2 << 20) + '"}*/'
    assert "the header has 2097175 bytes; at most 1048576" in refusal(text).problems[0].message


def test_a_vertex_shader_has_the_same_limit() -> None:
    with pytest.raises(zcgpu.HeaderError, match="the file has 9437184 bytes"):
        zcgpu.describe(f"/*{{}}*/{BODY}", vertex="void main() {}" + " " * (9 * 2**20 - 14))


def test_as_many_as_may_be_are_drawn(context: zcgpu.Context) -> None:
    text = header(INPUTS=events(1024), PASSES=[{}] * 256) + BODY
    scene = context.scene(text)
    assert len(scene.info.inputs) == 1024
    assert (np.asarray(scene.render(2, 2)) == 51).all()
    with pytest.raises(zcgpu.UnknownInputError) as caught:
        scene.inputs["e"] = True
    assert len(str(caught.value)) < 2000


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"PASSES": [{"TARGET": "a", "WIDTH": "' + "(" * 100_000 + '"}]}',
        '{"PASSES": [{"TARGET": "a", "WIDTH": "' + "-" * 100_000 + '1"}]}',
        '{"PASSES": [{"TARGET": "a", "WIDTH": "' + "2**" * 100_000 + '1"}]}',
        '{"PASSES": [{"TARGET": "a", "WIDTH": "' + "max(" * 100_000 + '1"}]}',
    ],
)
def test_what_is_nested_too_deep_is_refused(text: str) -> None:
    text = text if text.startswith("{") else '{"INPUTS": ' + text
    assert "within each other" in refusal(f"/*{text}*/").problems[0].message


LONG = "x" * 500_000


@pytest.mark.parametrize(
    "members",
    [
        {"INPUTS": [{"NAME": LONG + "é", "TYPE": "float"}]},
        {"INPUTS": [{"NAME": "a", "TYPE": LONG}]},
        {"INPUTS": [{"NAME": LONG}]},
        {"INPUTS": [{"NAME": "a", "TYPE": "float", "DEFAULT": LONG}]},
        {"ISFVSN": LONG},
        {"IMPORTED": {LONG: {}}},
        {"PASSES": [{"TARGET": LONG + "."}]},
        {"PASSES": [{"TARGET": "a", "WIDTH": "$" + LONG}]},
        {"PASSES": [{"TARGET": "a", "WIDTH": LONG}]},
        {"PASSES": [{"TARGET": "a", "WIDTH": LONG + "(2)"}]},
        {"PASSES": [{"TARGET": "a", "WIDTH": "0x" + LONG}]},
        {"INPUTS": [{"NAME": "e\u0301" * 200_000, "TYPE": "float"}]},
    ],
)
def test_of_a_huge_name_the_beginning_is_quoted(members: dict[str, Any]) -> None:
    refusal(header(**members).encode().decode())


def test_lone_surrogates_and_nul_are_text_like_any_other() -> None:
    info = zcgpu.describe('/*{"DESCRIPTION": "a\\ud800b\\u0000c", "CREDIT": "d\0e"}*/' + BODY)
    assert (info.description, info.credit) == ("a\ufffdb\0c", "d\0e")
    error = refusal('/*{\n"INPUTS": [{"NAME": "a\0b", "TYPE": "float"}]}*/')
    assert (error.line, error.column) == (2, 21)
    assert "cannot be the NAME of an input" in error.problems[0].message
    assert refusal("/*{\n\0 @}*/").column == 3


def test_a_long_expression_is_evaluated(context: zcgpu.Context) -> None:
    width = "0" + "+1" * 100_000 + "-99990"
    text = header(PASSES=[{"TARGET": "a", "WIDTH": width, "HEIGHT": 1}, {}]) + BODY
    scene = context.scene(text)
    scene.render(4, 4)
    target = scene.target("a")
    assert target is not None
    assert (target.width, target.height) == (10, 1)


def test_a_choice_of_many_is_told_in_part(context: zcgpu.Context) -> None:
    choice = {"NAME": "c", "TYPE": "long", "VALUES": list(range(100_000))}
    scene = context.scene(header(INPUTS=[choice]) + BODY)
    scene.inputs["c"] = 99_999
    with pytest.raises(zcgpu.OutOfRangeError, match=r"one of 0, 1, 2, .*, …, not 100000") as caught:
        scene.inputs["c"] = 100_000
    assert len(str(caught.value)) < 500


def test_more_buffers_than_the_driver_has_units_for_are_counted(
    each_dialect: zcgpu.Context,
) -> None:
    units = each_dialect.info["max_images"]

    def text(count: int) -> str:
        small = [{"TARGET": f"t{n}", "WIDTH": 1, "HEIGHT": 1} for n in range(count)]
        reads = "".join(f"c += IMG_NORM_PIXEL(t{n}, vec2(0.5));\n" for n in range(count))
        body = f"void main() {{ vec4 c = vec4(0.2);\n{reads}gl_FragColor = c; }}"
        return header(PASSES=[*small, {}]) + body

    told = f"the shader reads {units + 1} images, this driver lets it read {units}"
    with pytest.raises(zcgpu.HeaderError, match=told):
        each_dialect.scene(text(units + 1))
    # Those that are not read do not count.
    extra = text(units + 9).split("void main")[0] + text(units).split("*/")[1]
    each_dialect.scene(extra).render(2, 2)
