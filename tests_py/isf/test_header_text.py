"""The header: where it stands in a file, how loosely it may be written, what it says."""

from typing import Any

import numpy as np
import pytest
from sources import colour, shader

import zcgpu

CODE = "void main() { gl_FragColor = vec4(v); }"
HEADER = '/*{"ISFVSN": "2", "INPUTS": [{"NAME": "v", "TYPE": "float", "DEFAULT": 0.2}]}*/'


@pytest.mark.parametrize(
    "text",
    [
        HEADER + CODE,
        "\ufeff" + HEADER + "\n" + CODE,
        " \t\r\n\r\n" + HEADER + "\r\n" + CODE + "\r\n",
        "\ufeff\r\n" + HEADER.replace(", ", ",\r\n") + CODE,
        HEADER.replace("/*{", "/*\n{\n").replace("}*/", "}\n\n*/\n") + CODE,
    ],
)
def test_the_header_is_the_first_comment_whatever_stands_around_it(
    each_dialect: zcgpu.Context, text: str
) -> None:
    assert (np.asarray(each_dialect.scene(text).render(1, 1)) == 51).all()


def test_control_characters_may_stand_in_a_headers_text(context: zcgpu.Context) -> None:
    text = HEADER.replace('"ISFVSN"', '"CREDIT": "a\tb\nc\x01d", "ISFVSN"')
    scene = context.scene(text + CODE)
    assert scene.info.credit == "a\tb\nc\x01d"
    assert (np.asarray(scene.render(1, 1)) == 51).all()


def test_every_key_is_told(context: zcgpu.Context) -> None:
    header = (
        '{"ISFVSN": "2", "VSN": "1.3", "DESCRIPTION": "d", "CREDIT": "c",'
        ' "CATEGORIES": ["Blur", "Film"], "KEYWORDS": ["k"]}'
    )
    info = context.scene(f"/*{header}*/ void main() {{}}").info
    told = (info.isf_version, info.version, info.description, info.credit)
    assert told == ("2", "1.3", "d", "c")
    assert (info.categories, info.keywords) == (("Blur", "Film"), ("k",))
    assert context.scene("/*{}*/ void main() {}").info.isf_version is None


def test_what_other_hosts_write_is_no_matter(each_dialect: zcgpu.Context) -> None:
    declared: list[dict[str, Any]] = [
        {"NAME": "n", "TYPE": "int", "DEFAULT": 51, "Label": "Count", "GROUP": "g", "FLAGS": "x"},
        {"NAME": "m", "TYPE": "float", "DEFAULT": 0.2, "STEP": 0.1, "DESCRIPTION": "how much"},
    ]
    source = shader(
        "gl_FragColor = IMG_THIS_PIXEL(kept) + vec4(float(n) / 255.0, m, 0.0, 0.0);",
        inputs=declared,
        passes=[{"TARGET": "kept", "persistent": True}],
    )
    scene = each_dialect.scene(source)
    assert [entry.type for entry in scene.info.inputs] == ["long", "float"]
    assert scene.info.inputs[0].label == "Count"
    for step in (51, 102):
        assert np.asarray(scene.render(1, 1))[0, 0].tolist() == [step, step, 0, 0]


def test_a_longs_values_have_a_label_each(context: zcgpu.Context) -> None:
    declared = {"NAME": "n", "TYPE": "long", "VALUES": [3, 5], "LABELS": ["three", "five"]}
    scene = context.scene(colour("vec4(0.0)", inputs=[{**declared, "IDENTITY": 5}]))
    (entry,) = scene.info.inputs
    assert (entry.values, entry.labels, entry.identity) == ((3, 5), ("three", "five"), 5)
    assert scene.inputs["n"] == 0  # although it is none of them
    with pytest.raises(zcgpu.OutOfRangeError):
        scene.inputs["n"] = 4


@pytest.mark.parametrize("bound", [{"MIN": 0.75}, {"MAX": 0.25}])
def test_one_bound_alone_is_none(context: zcgpu.Context, bound: dict[str, float]) -> None:
    scene = context.scene(colour("vec4(v)", inputs=[{"NAME": "v", "TYPE": "float", **bound}]))
    assert scene.inputs["v"] == 0.5
    scene.inputs["v"] = 0.2
    scene.inputs["v"] = 0.8
    assert (np.asarray(scene.render(1, 1)) == 204).all()
