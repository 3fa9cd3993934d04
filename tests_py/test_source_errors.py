"""What is wrong with an author's file: the author's own line, quoted."""

import re
from pathlib import Path
from typing import Any

import pytest
from sources import shader

import zcgpu

GOOD = "/*{}*/\nvoid main() { gl_FragColor = vec4(1.0); }\n"


def refusal(context: zcgpu.Context, source: Any, **rest: Any) -> zcgpu.SourceError:
    with pytest.raises(zcgpu.SourceError) as caught:
        context.scene(source, **rest)
    return caught.value


def place_of(text: str, needle: str) -> tuple[int, int]:
    """Line and column of a word, from 1."""
    before = text[: text.index(needle)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def test_a_missing_file_is_named(context: zcgpu.Context, tmp_path: Path) -> None:
    path = tmp_path / "missing.fs"
    for name in (path, str(path)):
        with pytest.raises(zcgpu.FileError, match=rf"{path}: cannot read a shader \(No such file"):
            context.scene(name)
    with pytest.raises(FileNotFoundError):
        context.scene(path)
    with pytest.raises(zcgpu.FileError, match=r"cannot read a shader \(Is a directory\)"):
        context.scene(tmp_path)
    with pytest.raises(zcgpu.FileError, match=rf"{path}: cannot read a vertex shader"):
        context.scene(GOOD, vertex=path)


@pytest.mark.parametrize("source", [None, 3, b"/*{}*/", ["a"]])
def test_what_is_no_source_is_refused(context: zcgpu.Context, source: Any) -> None:
    with pytest.raises(zcgpu.WrongTypeError, match="a shader is a path or its text, not"):
        context.scene(source)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("void main() {}\n", "<source>:1:1: error: not an ISF shader: there is no header comment"),
        ("/* by me */\nvoid main() {}\n", "the first comment holds no JSON object"),
        ("#version 330\nvoid main() {}\n", "not an ISF shader"),
        ("/*{", "<source>:1:1: error: the header comment has no end"),
    ],
)
def test_what_is_not_isf_is_told_what_isf_is(
    context: zcgpu.Context, source: str, message: str
) -> None:
    error = refusal(context, source)
    assert isinstance(error, zcgpu.HeaderError)
    assert message in str(error)
    assert "hint: " in str(error)
    assert error.problems[0].hint is not None


@pytest.mark.parametrize(
    ("header", "needle", "message"),
    [
        ('{\n "INPUTS": [\n  {"NAME": @}\n ]\n}', "@", "expected a value, found '@'"),
        ('{\n "INPUTS": [1 @2]\n}', "@", "expected ',' or ']'"),
        ('{\n "A": tru@\n}', "tru", "expected a value"),
        ('{\n "A": "\\q@"\n}', "\\q", "no such escape"),
        ('{\n\t"INPUTS": @3}', "@", "expected"),
        ('{"INPUTS": [{"NAME": "a", "TYPE": "flot"}]}', '"flot"', "there is no TYPE 'flot'"),
        ('{"INPUTS": {}}', "{}", "expected an array for INPUTS"),
    ],
)
def test_a_broken_header_is_told_its_line_and_column(
    context: zcgpu.Context, header: str, needle: str, message: str
) -> None:
    source = f"\n\n/*{header}*/\nvoid main() {{ gl_FragColor = vec4(1.0); }}\n"
    error = refusal(context, source)
    assert isinstance(error, zcgpu.HeaderError)
    assert message in str(error)
    assert (error.line, error.column) == place_of(source, needle)
    excerpt = source.split("\n")[error.line - 1]
    assert f"\n    {excerpt}\n" in str(error)


LONG = shader(
    "float good = 1.0;\n  gl_FragColor = vec4(nope, good, 0.0, 1.0);",
    inputs=[{"NAME": f"input{n}", "TYPE": "float", "LABEL": f"No. {n}"} for n in range(60)],
    before="// what it does\n" * 200 + "#define TWICE(x) (2.0 * (x))",
)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_glsl_error_has_the_authors_line(each_rung: zcgpu.Context, ending: str) -> None:
    source = LONG.replace("\n", ending)
    error = refusal(each_rung, source + "\n")
    assert isinstance(error, zcgpu.ShaderError)
    assert (error.line, error.column) == place_of(LONG, "nope")
    assert f"<source>:{error.line}:{error.column}: error: " in str(error)
    assert "\n      gl_FragColor = vec4(nope, good, 0.0, 1.0);\n" in str(error)
    assert "nope" in error.problems[0].message


def test_a_glsl_error_names_the_file(each_dialect: zcgpu.Context, tmp_path: Path) -> None:
    path = tmp_path / "long.fs"
    path.write_text("\ufeff" + LONG, "utf-8")
    error = refusal(each_dialect, path)
    line, column = place_of(LONG, "nope")
    assert str(error).startswith(f"{path}:{line}:{column}: error: ")
    assert (error.problems[0].file, error.problems[0].line) == (str(path), line)


def test_a_glsl_error_in_the_vertex_shader_names_that(
    each_dialect: zcgpu.Context, tmp_path: Path
) -> None:
    vertex = "// nothing\n\nvoid main() {\n  isf_vertShaderInit();\n  gl_Position.x += nope;\n}\n"
    (tmp_path / "pair.fs").write_text(GOOD)
    (tmp_path / "pair.vs").write_text(vertex)
    error = refusal(each_dialect, tmp_path / "pair.fs")
    assert isinstance(error, zcgpu.ShaderError)
    assert str(error).startswith(f"{tmp_path / 'pair.vs'}:5:20: error: ")
    assert "gl_Position.x += nope;" in str(error)
    given = refusal(each_dialect, GOOD, vertex=vertex)
    assert (given.line, given.column) == (5, 20)


def test_a_glsl_error_in_the_line_after_the_header_is_found(context: zcgpu.Context) -> None:
    error = refusal(context, "/*{\n}*/ float a = nope;\nvoid main() { gl_FragColor = vec4(a); }\n")
    assert (error.line, error.column) == (2, 15)


def test_a_glsl_error_after_tabs_and_accents_counts_characters(context: zcgpu.Context) -> None:
    source = "/*{}*/\nvoid main() {\n\t/* é → 𝄞 */ gl_FragColor = nope;\n}\n"
    error = refusal(context, source)
    assert (error.line, error.column) == place_of(source, "nope")
    caret = str(error).split("\n")[2]
    assert caret == "    \t" + " " * (error.column - 2) + "^~~~"


@pytest.mark.parametrize("before", [0, 100, 5000])
@pytest.mark.parametrize("after", [0, 100, 5000])
def test_of_a_very_long_line_only_what_is_around_is_quoted(
    context: zcgpu.Context, before: int, after: int
) -> None:
    line = "/*" + " " * before + "*/ float bad = nope; //" + "/" * after
    error = refusal(context, f"/*{{}}*/\n{line}\nvoid main() {{ gl_FragColor = vec4(bad); }}\n")
    assert (error.line, error.column) == (2, line.index("nope") + 1)
    _, quoted, caret, *_ = str(error).split("\n")
    assert len(quoted) <= 170
    assert quoted[caret.index("^") :].startswith("nope")


def test_a_shader_error_keeps_the_drivers_log_and_what_it_was_given(
    each_dialect: zcgpu.Context,
) -> None:
    error = refusal(each_dialect, "/*{}*/\nvoid main() { gl_FragColor = vec4(nope); }\n")
    assert "--- the driver's log ---" in error.detail
    assert re.search(r"^#version \d+", error.detail, re.MULTILINE)
    assert "vec4(nope)" in error.detail
    assert "#version" not in str(error)


def test_a_shader_that_does_not_link_says_why(each_dialect: zcgpu.Context) -> None:
    source = "/*{}*/\nfloat f(float x);\nvoid main() { gl_FragColor = vec4(f(TIME)); }\n"
    assert "`f'" in str(refusal(each_dialect, source))
    assert "main" in str(refusal(each_dialect, "/*{}*/\n"))


def test_a_size_expression_is_checked_with_the_header(context: zcgpu.Context) -> None:
    for size, message in [
        ("$WIDTH*", "WIDTH: expected a number, found the end"),
        ("$nope", "WIDTH: there is no input 'nope'"),
        ("2 +* 3", "WIDTH: "),
        ("(1", "WIDTH: "),
        ("sqroot(2)", "WIDTH: "),
    ]:
        source = shader("gl_FragColor = vec4(1.0);", passes=[{"TARGET": "a", "WIDTH": size}, {}])
        error = refusal(context, source)
        assert isinstance(error, zcgpu.HeaderError)
        assert message in str(error)
        assert error.line == place_of(source, '"WIDTH"')[0]


@pytest.mark.parametrize("name", ["x: error: y.fs", "a: warning: b: error: c.fs", "7: error: z.fs"])
def test_a_name_like_a_message_is_a_name(context: zcgpu.Context, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("/*{}*/\n\nvoid main() { gl_FragColor = nope; }\n")
    problem = refusal(context, path).problems[0]
    assert (problem.file, problem.line, problem.severity) == (str(path), 3, "error")
    assert "nope" in problem.message
