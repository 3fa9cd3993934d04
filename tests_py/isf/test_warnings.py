"""What works here and not on every host: each rule with a shader that breaks it and one that does
not."""

import json
from typing import Any

import pytest

import zcgpu

PAINT = "void main() { gl_FragColor = vec4(1.0); }\n"
LEVEL: dict[str, Any] = {"NAME": "level", "TYPE": "float"}
USE = "void main() { gl_FragColor = vec4(level); }\n"


def isf(body: str = PAINT, **header: Any) -> str:
    return f"/*{json.dumps({'ISFVSN': '2', **header})}*/\n{body}"


def one(body: str = USE, **attributes: Any) -> str:
    return isf(body, INPUTS=[{**LEVEL, **attributes}])


def loop(code: str, before: str = "") -> str:
    start = f"{before}\nvoid main() {{\nfloat x = level * float(count);\n"
    body = f"{start}{code}\ngl_FragColor = vec4(x);\n}}\n"
    return isf(body, INPUTS=[{**LEVEL, "MIN": 0, "MAX": 8}, {"NAME": "count", "TYPE": "long"}])


A = {"TARGET": "a"}
READ_A = "void main() { gl_FragColor = IMG_THIS_PIXEL(a); }\n"
IMAGE = {"NAME": "image", "TYPE": "image"}


def sample(call: str) -> str:
    return isf(f"void main() {{ gl_FragColor = {call}; }}\n", INPUTS=[IMAGE])


RULES = [
    ("no-isfvsn", "/*{}*/\n" + PAINT, "{", isf()),
    ("loose-json", '/*{"ISFVSN": "2", // why\n}*/\n' + PAINT, "//", isf()),
    (
        "loose-json",
        '/*{"ISFVSN": "2",}*/\n' + PAINT,
        ",}",
        '/*{"ISFVSN": "2", "CREDIT": "a ,}"}*/\n' + PAINT,
    ),
    ("loose-json", one().replace("float", 'float", "MIN": 1., "X": "'), "1.,", one(MAX=1.5e-3)),
    ("v1-key", isf(READ_A, PERSISTENT_BUFFERS=["a"], PASSES=[A]), '["a"]', isf(READ_A)),
    ("type-name", one(TYPE="int"), '"int"', one(TYPE="long")),
    ("default-range", one(DEFAULT=3, MIN=0, MAX=1), "3,", one(DEFAULT=1, MIN=0, MAX=1)),
    ("min-max", one(MIN=3, MAX=1), "3,", one(MIN=1, MAX=3)),
    ("labels", one(TYPE="long", LABELS=["o"]), '["o"]', one(TYPE="long", LABELS=["o"], VALUES=[4])),
    ("reserved-name", isf("float sample = 1.0;\n" + PAINT), "sample", isf("float samp;\n" + PAINT)),
    ("reserved-name", one(NAME="half").replace("(level", "(half"), '"half"', one()),
    ("unused-input", one(PAINT), '"level"', one()),
    (
        "unused-input",
        isf(INPUTS=[IMAGE]),
        '"image"',
        isf("void main() { gl_FragColor = _image_imgRect; }\n", INPUTS=[IMAGE]),
    ),
    ("unread-target", isf(PASSES=[A, {}]), '"a"', isf(READ_A, PASSES=[A, {}])),
    ("early-read", isf(READ_A, PASSES=[A]), '"a"', isf(READ_A, PASSES=[{**A, "PERSISTENT": True}])),
    (
        "hidden-function",
        isf("float mod(float x) { return x; }\n" + PAINT),
        "mod",
        isf("float modulo(float x) { return x; }\n" + PAINT),
    ),
    (
        "global-start",
        isf("float t = TIME * 2.0;\n" + PAINT),
        "t =",
        isf("float t = sin(2.0);" + PAINT),
    ),
    (
        "global-start",
        isf("#define NOW (TIME)\nfloat t = NOW;\n" + PAINT),
        "t =",
        isf("#define TWO 2.0\nconst float one = 1.0;\nfloat t = one * TWO;\n" + PAINT),
    ),
    (
        "glsl-version",
        isf("#version 120\n" + PAINT),
        "version 120",
        isf("// #version 120\n" + PAINT),
    ),
    (
        "rect-texture",
        sample("texture2DRect(image, vec2(1.0))"),
        "texture2DRect",
        sample("IMG_SIZE(image).xyxy"),
    ),
    ("int-float", isf("float x = 1;\n" + PAINT), "1;", isf("int x = 1;\n" + PAINT)),
    (
        "int-float",
        one(USE.replace("level", "2 * level")),
        "2 *",
        one(USE.replace("level", "2.0 * level")),
    ),
    (
        "pixel-place",
        sample("IMG_PIXEL(image, isf_FragNormCoord)"),
        "IMG_PIXEL",
        sample("IMG_NORM_PIXEL(image, isf_FragNormCoord)"),
    ),
    (
        "pixel-place",
        sample("IMG_NORM_PIXEL(image, gl_FragCoord.xy)"),
        "IMG_NORM",
        sample("IMG_PIXEL(image, gl_FragCoord.xy)"),
    ),
    (
        "two-outputs",
        isf("out vec4 c;\n" + PAINT),
        "gl_FragColor",
        isf("out vec4 c;\n" + PAINT.replace("gl_FragColor", "c")),
    ),
    (
        "loop-bound",
        loop("while (true) { if (x > 1.0) break; }"),
        "while",
        loop("for (int i = 0; i < 8; i++) x += 1.0;"),
    ),
]


@pytest.mark.parametrize(("code", "source", "needle", "_good"), RULES)
def test_a_rule_that_is_broken_is_told_with_its_place(
    code: str, source: str, needle: str, _good: str
) -> None:
    problems = [problem for problem in zcgpu.check(source) if problem.code == code]
    assert len(problems) == 1
    (problem,) = problems
    before = source[: source.index(needle)]
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    assert (problem.severity, problem.line, problem.column) == ("warning", line, column)
    assert problem.end > problem.column


@pytest.mark.parametrize(("code", "_source", "_needle", "good"), RULES)
def test_a_rule_that_is_kept_is_not(code: str, _source: str, _needle: str, good: str) -> None:
    assert [problem.code for problem in zcgpu.check(good)] == []


def test_each_rule_has_a_shader_here() -> None:
    from pathlib import Path

    text = (Path(__file__).parents[2] / "docs" / "errors.md").read_text("utf-8")
    table = text.split("## Codes of warnings")[1].split("\n## ")[0]
    told = {line.split("`")[1] for line in table.splitlines() if line.startswith("| `")}
    assert {rule[0] for rule in RULES} == told


F = "float f(int n) { float s = 0.0; for (int i = 0; i < n; i++) s += 1.0; return s; }"


@pytest.mark.parametrize(
    ("code", "before"),
    [
        ("for (int i = 0; i < N; i++) x += 1.0;", "#define N 8"),
        ("for (int i = 0; i < N; i++) x += 1.0;", "const int M = 4;\n#define N (M * 2)"),
        ("for (int i = 8; i > 0; --i) x += 1.0;", ""),
        ("for (float t = 0.0; t < 1.0; t += 0.1) x += 1.0;", ""),
        ("for (float t = 1.0; t < 1000.0; t *= 2.0) x += 1.0;", ""),
        ("for (float t = 0.0; t < level; t += 0.5) x += 1.0;", ""),
        ("int n = int(level * 3.0); for (int i = 0; i < n; i++) x += 1.0;", ""),
        ("int n = 3; if (x > 1.0) n = 9; for (int i = 0; i < n; i++) x += 1.0;", ""),
        ("for (int i = 0; i < min(count, 9); i++) x += 1.0;", ""),
        ("x += f(3) + f(int(level));", F),
        ("for (int i = 0; i < 9; i++) for (int j = 0; j < i; j++) x += 1.0;", ""),
        ("for (int i = 0; i < 9 && x < 5.0; i++) x += 1.0;", ""),
        ("for (int i = 0; i < 9; i = i + 2) x += 1.0;", ""),
        ("int i = 9; while (i-- > 0) x += 1.0;", ""),
        ("while (x < 10.0) { x += 1.0; }", ""),
        ("do { x += 1.0; } while (x < 9.0);", ""),
        ("for (int i = 0; i < int(RENDERSIZE.x); i++) x += 1.0;", ""),
    ],
)
def test_a_loop_that_counts_towards_a_bound_is_fine(code: str, before: str) -> None:
    assert [it for it in zcgpu.check(loop(code, before)) if it.code == "loop-bound"] == []


@pytest.mark.parametrize(
    ("code", "before", "reason"),
    [
        ("for (;;) { x += 1.0; }", "", "never ends"),
        ("for (int i = 0; ; i++) { if (i > 3) break; }", "", "left from inside"),
        ("while (true) { x += 1.0; if (x > 9.0) break; }", "", "left from inside"),
        ("for (int i = 0; i > -8; i++) x += 1.0;", "", "away from its end"),
        ("for (int i = 0; i < 9; i--) x += 1.0;", "", "away from its end"),
        ("while (x < 10.0) { if (level > 2.0) x += 1.0; }", "", "counts nothing"),
        ("while (x < 10.0) { if (x > 3.0) continue; x += 1.0; }", "", "counts nothing"),
        ("for (int i = 0; i < count; i++) x += 1.0;", "", "is no constant"),
        ("for (float t = 0.0; t < 9.0; t += level) x += 1.0;", "", "counts nothing"),
        ("for (float t = 0.0; t < 9.0; t += 0.0) x += 1.0;", "", "counts nothing"),
        ("for (float t = 0.0; t < TIME; t += 1.0) x += 1.0;", "", "is no constant"),
        ("int n = int(TIME); for (int i = 0; i < n; i++) x += 1.0;", "", "is no constant"),
        ("x += f(int(TIME));", F, "is no constant"),
        ("int n = 3; n *= 2; for (int i = 0; i < n; i++) x += 1.0;", "", "is no constant"),
        ("for (int i = 0; i < 9; i++) { i = 0; }", "", "counts nothing"),
        ("for (int i = 0; i < 9; i++) { i--; }", "", "counts nothing"),
        ("for (int i = 0; i < 9 || x < 5.0; i++) x += 1.0;", "", "counts nothing"),
        ("do { x += 1.0; } while (x > 9.0);", "", "away from its end"),
    ],
)
def test_a_loop_that_may_not_end_is_told_why(code: str, before: str, reason: str) -> None:
    problems = [it for it in zcgpu.check(loop(code, before)) if it.code == "loop-bound"]
    assert len(problems) == 1
    assert reason in problems[0].message
    assert problems[0].hint is not None


def test_a_broken_header_is_an_error_and_no_exception() -> None:
    (problem,) = zcgpu.check('/*{\n "INPUTS": [1 2]\n}*/\n')
    assert (problem.severity, problem.code) == ("error", "header")
    assert (problem.line, problem.column) == (2, 15)
    with pytest.raises(zcgpu.FileError):
        zcgpu.check("missing.fs")


def test_the_vertex_shader_is_looked_at_under_its_own_name(tmp_path: Any) -> None:
    (tmp_path / "a.fs").write_text(isf())
    (tmp_path / "a.vs").write_text("void main() {\n isf_vertShaderInit();\n for (;;) {}\n}\n")
    (problem,) = zcgpu.check(tmp_path / "a.fs")
    assert (problem.file, problem.line, problem.code) == (str(tmp_path / "a.vs"), 3, "loop-bound")


@pytest.mark.parametrize(
    "body",
    [
        "#define A0 1\n"
        + "".join(f"#define A{n + 1} A{n} A{n}\n" for n in range(500))
        + "float g = A500;\n",
        "float x = " + "f(" * 20000 + ")" * 20000 + ";\n",
        "for(" * 20000,
        "while(" * 3000 + ";" * 3000,
        "void main() {" + "for (int i = 0; i < n; i++) {" * 2000 + "}" * 2001,
        "do {" * 5000 + "} while (x);" * 5000,
        "".join(f"float a{n} = a{n + 1};\n" for n in range(20000)),
        "float " + ",".join(f"a{n} = 1" for n in range(20000)) + ";",
        "void main() {" + "for (int i = 0; i < n; i++) {" * 20000 + "}" * 20001,
        "float g = " + "min(TIME, " * 20000 + "1" + ")" * 20000 + ";\n",
    ],
    ids=range(10),
)
def test_hostile_code_is_looked_at_in_little_time(body: str) -> None:
    zcgpu.check(isf(body + PAINT))
