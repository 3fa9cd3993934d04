"""What an import costs and shows."""

import ast
import json
from pathlib import Path

import pytest
from children import output_of

import zcgpu
from zcgpu import _native

PACKAGE = Path(zcgpu.__file__).parent

DEAR = {
    "PIL",
    "argparse",
    "asyncio",
    "collections",
    "concurrent",
    "ctypes",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "importlib.metadata",
    "importlib.util",
    "inspect",
    "json",
    "logging",
    "numpy",
    "pathlib",
    "re",
    "subprocess",
    "tempfile",
    "threading",
    "typing",
    "warnings",
}
"""Modules that take a millisecond or more, or bring ones that do."""

BARE = ("-I", "-S")
"""No site-packages, no .pth files, no environment: only what the import itself loads."""


def loaded(statement: str) -> set[str]:
    """The modules that a statement loads in a bare interpreter."""
    program = f"""
        import sys
        sys.path.append({str(PACKAGE.parent)!r})
        before = set(sys.modules)
        {statement}
        new = sorted(set(sys.modules) - before)
        import json
        print(json.dumps(new))
    """
    return set(json.loads(output_of(program, options=BARE)))


def test_the_import_loads_nothing_dear() -> None:
    assert loaded("import dataclasses, json") & DEAR >= {"dataclasses", "json", "re", "enum"}
    modules = loaded("import zcgpu")
    assert "zcgpu._native" in modules
    assert modules & DEAR == set()


def test_a_frame_in_memory_needs_no_numpy_and_no_pil() -> None:
    source = "/*{}*/\\nvoid main() { gl_FragColor = vec4(1.0); }"
    modules = loaded(
        f"import zcgpu; context = zcgpu.Context(); scene = context.scene('{source}'); "
        "frame = scene.render(2, 2); assert bytes(memoryview(frame).cast('B')) == b'\\xff' * 16; "
        "context.close()"
    )
    assert not {"numpy", "PIL", "dataclasses", "json"} & modules


@pytest.mark.parametrize("name", zcgpu.__all__)
def test_every_public_name_is_there(name: str) -> None:
    program = f"import zcgpu; print(zcgpu.{name} is not None, {name!r} in dir(zcgpu))"
    assert output_of(program) == "True True\n"


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'zcgpu' has no attribute 'Rendrer'"):
        zcgpu.Rendrer  # type: ignore[attr-defined]  # noqa: B018


def test_the_names_for_type_checkers_are_those_of_all() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    imported = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level == 1
        for name in node.names
    }
    assert imported | {"__version__"} == set(zcgpu.__all__)


def declared() -> dict[str, set[str] | None]:
    """What the stub of the native module declares: classes with their members, and the rest."""
    found: dict[str, set[str] | None] = {}
    for node in ast.parse((PACKAGE / "_native.pyi").read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef):
            found[node.name] = {
                member.name for member in node.body if isinstance(member, ast.FunctionDef)
            }
        elif isinstance(node, ast.FunctionDef):
            found[node.name] = None
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found[node.target.id] = None
    return found


def test_the_stub_declares_what_the_native_module_shows() -> None:
    shown = {name for name in vars(_native) if not name.startswith("__")}
    assert set(declared()) == shown


@pytest.mark.parametrize("name", [name for name, members in declared().items() if members])
def test_the_stub_declares_every_member(name: str) -> None:
    members = declared()[name]
    assert members is not None
    real = set(vars(getattr(_native, name)))
    shown = {member for member in real if not member.startswith("__")}
    assert {member for member in members if not member.startswith("__")} == shown
    # A buffer is a slot before Python 3.12, and a method since.
    assert members - real <= {"__buffer__"}


def test_the_package_is_typed() -> None:
    assert (PACKAGE / "py.typed").is_file()
