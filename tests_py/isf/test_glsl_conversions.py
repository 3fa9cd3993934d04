"""Numbers of other types than their surroundings', where a driver converts none: ANGLE is one."""

import json

import angle
import pytest
from children import QUIET
from expected import assert_shows, rgba
from sources import colour

import zcgpu

BEFORE = """
    float last(int count) { if (count > 99) return 0; return count - 1; }
    float half_of(float x) { return x * 0.5; }
    uint third(uint n) { uint at = 3; if (n > 2) at = 2; return at; }
    int n = 51;
    const int TWO = 2;
"""
"""Functions and globals that need conversions."""

CASES = {
    "results": ("vec4(last(52), last(100), last(n * TWO), 9)", (51, 0, 0, 9)),
    "operands": ("vec4(n) * (TWO + level) - n / level * TWO", (-76.5, -76.5, -76.5, -76.5)),
    "divisions": (
        "vec4(n / TWO, level * n / TWO, 7 / 2 * level, n / 2.0)",
        (25, 12.75, 1.5, 25.5),
    ),
    "arguments": ("vec4(half_of(n), max(0, level), pow(TWO, 3), mod(n, 2.0))", (25.5, 0.5, 8, 1)),
    "choices": ("vec4(level < n ? 1 : level, n > level ? n : level, 0, 0)", (1, 51, 0, 0)),
    "without a sign": ("vec4(third(5u) + 1, third(0u), float(7u - n / 51), 0)", (3, 3, 6, 0)),
}
"""Expressions, and what they are where level is 0.5."""

ABOVE = 100.2
"""What is added to what is shown, as nothing below 0 can be."""

STATEMENTS = """
    const vec2 moved = vec2(level) * 2; float sum = 0;
    for (int i = 1; i <= 3; i++) { sum += i; sum -= level * i; }
    int counts[2]; counts[0] = 4; counts[1] = 5; float first = counts[0]; ivec2 v = ivec2(6, 7);
"""


def text(expression: str, statements: str = "") -> str:
    level = {"NAME": "level", "TYPE": "float", "DEFAULT": 0.5}
    shown = f"(({expression}) + {ABOVE}) / 255.0"
    source = colour(shown, inputs=[level], before=BEFORE)
    return source.replace("gl_FragColor", f"{statements} gl_FragColor", 1)


ALL = {name: (text(expression), wanted) for name, (expression, wanted) in CASES.items()}
ALL["statements"] = (
    text("vec4(moved, sum, first + v.y)", STATEMENTS),
    # 2 * 0.5, 1 + 2 + 3 less half of it, 4 + 7
    (1, 1, 3, 11),
)


@pytest.mark.parametrize("kind", ALL)
def test_every_driver_draws_what_desktop_opengl_converts(
    each_rung: zcgpu.Context, kind: str
) -> None:
    source, wanted = ALL[kind]
    with each_rung.scene(source) as scene:
        assert_shows(scene.render(1, 1), rgba(*[[[(c + ABOVE) / 255]] for c in wanted]))


def test_so_does_one_without_implicit_conversions() -> None:
    program = f"""
        import sys, json, zcgpu
        {QUIET}
        with zcgpu.Context(dialect="es") as context:
            for text in json.loads(sys.argv[1]):
                with context.scene(text) as scene:
                    print(*scene.render(1, 1).to_numpy()[0, 0])
    """
    lines = angle.output_of(
        program, json.dumps([source for source, _ in ALL.values()])
    ).splitlines()
    assert len(lines) == len(ALL)
    for line, (_, wanted) in zip(lines, ALL.values(), strict=True):
        shown = [int(word) for word in line.split()]
        assert all(abs(a - b - ABOVE) < 0.51 for a, b in zip(shown, wanted, strict=True)), line
