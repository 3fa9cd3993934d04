"""The catalogue of errors, told four times: in Swift, C, Python and docs/errors.md."""

import builtins
import re
from pathlib import Path

import pytest

import zcgpu
from zcgpu import errors

ROOT = Path(__file__).parent.parent

Row = tuple[int, str, str, str]
"""Code, C constant, Swift case, Python class."""


def rows(columns: int) -> list[list[str]]:
    """The cells of the tables in docs/errors.md that have so many columns."""
    lines = (ROOT / "docs" / "errors.md").read_text("utf-8").splitlines()
    split = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line[:1] == "|"]
    return [cells for cells in split if len(cells) == columns and not set(cells[0]) <= {"-"}][1:]


def catalogue() -> list[Row]:
    return [(int(it[0]), it[1].strip("`"), it[2].strip("`"), it[3].strip("`")) for it in rows(7)]


def swift_cases() -> list[str]:
    """The cases of ZCError, in order."""
    text = (ROOT / "Sources" / "ZCCore" / "ZCError.swift").read_text("utf-8")
    return re.findall(r"^  case (\w+)", text, flags=re.MULTILINE)


def c_constants() -> dict[str, int]:
    """The failures of zcg_status."""
    text = (Path(zcgpu.get_include()) / "zcgpu.h").read_text("utf-8")
    return {name: int(code) for name, code in re.findall(r"\b(ZCG_E_\w+) = (\d+),", text)}


def test_every_row_is_a_case_in_swift_and_the_other_way_round() -> None:
    assert len(swift_cases()) > 20
    assert [row[2] for row in catalogue()] == swift_cases()


def test_every_row_is_a_constant_in_c_and_the_other_way_round() -> None:
    assert {row[1]: row[0] for row in catalogue()} == c_constants()


def test_every_row_is_a_class_in_python_and_the_other_way_round() -> None:
    assert {row[0]: row[3] for row in catalogue()} == {
        code: error.__name__ for code, error in errors.BY_CODE.items()
    }


def test_codes_count_from_1_without_a_gap() -> None:
    assert [row[0] for row in catalogue()] == list(range(1, len(catalogue()) + 1))


def test_every_exception_is_in_the_docs() -> None:
    defined = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.Error)
    }
    told = {row[3] for row in catalogue()} | {cells[0].strip("`") for cells in rows(4)}
    assert told == defined - {"Error", "SourceError"}
    assert defined <= set(zcgpu.__all__)


@pytest.mark.parametrize(
    ("name", "bases"),
    [(it[3], it[4]) for it in rows(7)] + [(it[0], it[1]) for it in rows(4)],
)
def test_every_exception_is_also_the_builtins_told(name: str, bases: str) -> None:
    error = getattr(zcgpu, name.strip("`"))
    told = {getattr(builtins, base.strip(" `")) for base in bases.split(",")}
    real = {base for base in error.__mro__ if base.__module__ == "builtins"}
    assert told <= real
    general = {Exception, BaseException, object}
    indirect = {parent for base in told for parent in base.__mro__ if parent is not base}
    assert real - general - indirect == told


@pytest.mark.parametrize("row", catalogue(), ids=lambda row: row[3])
def test_the_exception_of_a_code_carries_code_text_and_place(row: Row) -> None:
    code, _, _, name = row
    error = errors.make(code, "what was wrong", " the log\n", 3, 9)
    assert type(error).__name__ == name
    assert (str(error), error.code) == ("what was wrong", code)
    if isinstance(error, errors.SourceError):
        assert (error.line, error.column, error.detail) == (3, 9, "the log")


def test_real_errors_carry_their_codes() -> None:
    with zcgpu.Context() as context:
        scene = context.scene("/*{}*/\nvoid main() { gl_FragColor = vec4(1.0); }")
        with pytest.raises(zcgpu.SizeError) as size:
            scene.render(0, 0)
        with pytest.raises(zcgpu.WrongTypeError) as wrong_type:
            scene.render("x", 0)  # type: ignore[arg-type]
        with pytest.raises(zcgpu.FileError) as file:
            context.scene("missing.fs")
    assert [it.value.code for it in (size, wrong_type, file)] == [5, 2, 0]


def test_problems_are_read_from_the_message() -> None:
    text = (
        "a b/c:d.fs:12:3: error: one: two [x] [read-only]\n    line: error: no\n      ^~~~\n"
        "  hint: try\nx.fs: error: whole\n<source>:7: warning: line alone [int-float]\n"
        "    warning: a [b]\n(and 3 more)"
    )
    error = errors.make(8, text, "", 12, 3)
    assert isinstance(error, errors.SourceError)
    assert [tuple(problem) for problem in error.problems] == [
        ("a b/c:d.fs", 12, 3, "one: two [x]", "try", "error", "read-only", 7),
        ("x.fs", 0, 0, "whole", None, "error", "", 0),
        ("<source>", 7, 0, "line alone", None, "warning", "int-float", 0),
    ]


def cases_of(file: str) -> dict[str, str]:
    """The cases of a Swift enumeration of words, with their spellings."""
    text = (ROOT / "Sources" / "ZCISF" / file).read_text("utf-8")
    found = re.findall(r"^  case (\w+)(?: = \"([\w-]+)\")?$", text, flags=re.MULTILINE)
    return {name: spelling or name for name, spelling in found}


def test_every_code_of_a_problem_is_in_the_docs_with_an_example() -> None:
    told = {cells[0].strip("`") for cells in rows(3) if cells[0] != "Code"}
    faults = set(cases_of("Fault.swift").values())
    rules = set(cases_of("WarningRule.swift").values())
    assert len(faults) > 12
    assert len(rules) > 12
    assert faults | rules == told
    assert not faults & rules
    assert all(cells[2] for cells in rows(3))
