"""Sizes of passes: what RENDERSIZE and IMG_SIZE are where WIDTH and HEIGHT are expressions."""

import math
from typing import Any

import numpy as np
import pytest
from sources import number, shader

import zcgpu

SHOWS_SIZES = """
  if (PASSINDEX == 0) gl_FragColor = vec4(RENDERSIZE, 0.0, 1.0);
  else gl_FragColor = vec4(IMG_NORM_PIXEL(buffer1, vec2(0.5)).xy, IMG_SIZE(buffer1));
"""
"""The last pass is a float picture of RENDERSIZE in the first, and of IMG_SIZE of its buffer."""


def sizes(
    context: zcgpu.Context,
    width: Any,
    height: Any,
    *,
    of: tuple[int, int] = (100, 60),
    declared: Any = (),
    inputs: Any = None,
) -> tuple[int, int]:
    target = {"TARGET": "buffer1", "WIDTH": width, "HEIGHT": height, "FLOAT": True}
    text = shader(SHOWS_SIZES, inputs=declared, passes=[target, {"FLOAT": True}])
    pixels = np.asarray(context.scene(text).render(*of, inputs=inputs))
    first = pixels[0, 0]
    assert (pixels == first).all()
    assert tuple(first[:2]) == tuple(first[2:])
    return int(first[0]), int(first[1])


EXPRESSIONS = [
    ("$WIDTH", 100),
    ("$HEIGHT/3.0", 20),
    ("floor($WIDTH/7)", 14),
    ("max(floor($WIDTH*0.02),1.0)", 2),
    ("$WIDTH*0.55", 55),
    ("$WIDTH/7", math.ceil(100 / 7)),
    ("2**5", 32),
    ("2^5 - 1", 31),
    ("sqrt($WIDTH*$WIDTH + $HEIGHT*$HEIGHT)", math.ceil(math.hypot(100, 60))),
    ("10*log2(8) + log(100)", 32),
    ("ceil(100*sin(pi/6))", math.ceil(100 * math.sin(math.pi / 6))),
    ("if($WIDTH > $HEIGHT, 8, 9)", 8),
    ("($WIDTH > 1000) + 3", 3),
    ("clamp($WIDTH, 1, 64)", 64),
    ("2$HEIGHT", 120),
    ("WIDTH/2", 50),
    ("0", 1),
    ("-5", 1),
    (12, 12),
    (12.25, 13),
    ("", 100),
]


@pytest.mark.parametrize(("expression", "expected"), EXPRESSIONS)
def test_a_width_is_what_its_expression_says(
    context: zcgpu.Context, expression: Any, expected: int
) -> None:
    assert sizes(context, expression, 8) == (expected, 8)


def test_both_dialects_size_alike(each_dialect: zcgpu.Context) -> None:
    assert sizes(each_dialect, "floor($WIDTH/4.0)", "$HEIGHT * 0.5 + 1", of=(41, 31)) == (10, 17)


INPUTS = [
    number("width"),
    number("scale"),
    {"NAME": "mode", "TYPE": "long", "MIN": 0, "MAX": 64},
    {"NAME": "wide", "TYPE": "bool", "DEFAULT": False},
    {"NAME": "go", "TYPE": "event"},
]


@pytest.mark.parametrize(
    ("expression", "values", "expected"),
    [
        ("$width", {"width": 7.0}, 7),
        ("$WIDTH - $width", {"width": 7.0}, 93),
        ("$WIDTH * $scale", {"scale": 0.25}, 25),
        ("$mode + 1", {"mode": 31}, 32),
        ("10 + 10 * $wide", {"wide": True}, 20),
        ("10 + 10 * $wide", {"wide": False}, 10),
        ("10 + 10 * $go", {"go": True}, 20),
        ("10 + 10 * $go", {}, 10),
    ],
)
def test_a_size_may_depend_on_inputs(
    context: zcgpu.Context, expression: str, values: Any, expected: int
) -> None:
    size = sizes(context, expression, 5, declared=INPUTS, inputs=values)
    assert size == (expected, 5)


@pytest.mark.parametrize(
    ("expression", "part", "hint"),
    [
        ("$WIDTH / flor(2)", "flor", "did you mean 'floor'?"),
        ("$WDTH", "$WDTH", "did you mean '$WIDTH'?"),
        ("$WIDTH / (2", None, None),
        ("random()", "random", "use an input"),
        ("$WIDTH & 3", "& 3", "write && for truth"),
    ],
)
def test_a_broken_expression_is_told_its_place_and_what_would_fit(
    expression: str, part: str | None, hint: str | None
) -> None:
    text = shader("", passes=[{"TARGET": "a", "WIDTH": expression}])
    with pytest.raises(zcgpu.HeaderError) as caught:
        zcgpu.describe(text)
    offset = text.index(expression) + (len(expression) if part is None else expression.index(part))
    line = text[:offset].count("\n") + 1
    column = offset - text[:offset].rfind("\n")
    assert (caught.value.line, caught.value.column) == (line, column)
    if hint is not None:
        assert (caught.value.problems[0].hint or "").startswith(hint)


@pytest.mark.parametrize("expression", ["1/0", "0/0", "1e9", "171!", "10**10**10", "sqrt(-1)"])
def test_a_size_that_is_none_is_refused_and_the_scene_stays_usable(
    context: zcgpu.Context, expression: str
) -> None:
    text = shader(
        "gl_FragColor = vec4(1.0);",
        inputs=[number("bad")],
        passes=[{"TARGET": "a", "WIDTH": f"if($bad, {expression}, 4)"}, {}],
    )
    scene = context.scene(text)
    with pytest.raises(zcgpu.SizeError, match=r"pass 0 .*WIDTH"):
        scene.render(4, 4, inputs={"bad": 1.0})
    assert (np.asarray(scene.render(4, 4)) == 255).all()
