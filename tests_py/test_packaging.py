"""What leaves the house: the built extension, the wheel and the source distribution."""

import base64
import csv
import email.parser
import hashlib
import importlib.metadata
import importlib.util
import io
import re
import subprocess
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

import zcbuild
import zcgpu
from zcbuild import layout, native, shim

MOST_WHEEL_BYTES = 5_000_000
SYSTEM_LIBRARIES = {
    "ld-linux-x86-64.so.2",
    "ld-linux-aarch64.so.1",
    "libc.so.6",
    "libgcc_s.so.1",
    "libm.so.6",
    "libstdc++.so.6",
}
"""What the extension may link to; each is on manylinux's list."""


def extension() -> Path:
    spec = importlib.util.find_spec("zcgpu._native")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin)


def shims() -> list[Path]:
    """What is between Swift and FFmpeg, one for each major version that was built."""
    return sorted(extension().parent.glob(shim.PATTERN))


def readelf(option: str, library: Path | None = None) -> list[str]:
    command = ["readelf", option, "--wide", str(library or extension())]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def exports(library: Path) -> set[str]:
    fields = (line.split() for line in readelf("--dyn-syms", library))
    return {
        row[7].partition("@")[0]
        for row in fields
        if len(row) > 7 and row[4] in {"GLOBAL", "WEAK"} and row[6] != "UND"
    }


def needs(library: Path) -> set[str]:
    lines = readelf("--dynamic", library)
    return {line.split("[")[1].rstrip("]") for line in lines if "(NEEDED)" in line}


def declared_functions() -> set[str]:
    """The functions of zcgpu.h: declarations begin at the margin, and comments do not."""
    return set(
        re.findall(r"^\w[\w *]*\b(zcg_\w+)\(", layout.HEADER.read_text(), flags=re.MULTILINE)
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    folder = tmp_path_factory.mktemp("wheel")
    with zipfile.ZipFile(folder / zcbuild.build_wheel(str(folder))) as archive:
        yield archive


@pytest.fixture(scope="module")
def information(wheel: zipfile.ZipFile) -> Message:
    name = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return email.parser.Parser().parsestr(wheel.read(name).decode())


def test_extension_shows_only_the_functions_of_the_header() -> None:
    assert len(declared_functions()) > 1
    assert exports(extension()) == declared_functions() | {"PyInit__native"}


def test_extension_links_neither_to_egl_nor_to_ffmpeg_nor_to_swift() -> None:
    assert needs(extension())
    assert needs(extension()) <= SYSTEM_LIBRARIES


def test_shim_shows_one_function_and_links_to_libc_alone() -> None:
    assert shims(), "FFmpeg's headers are part of the set-up"
    for library in shims():
        assert exports(library) == {"zcav_open_library"}
        assert needs(library) == {"libc.so.6"}


def test_extension_does_not_remember_where_it_was_built() -> None:
    entries = "\n".join(readelf("--dynamic") + readelf("--version-info"))
    assert str(layout.ROOT / ".build") not in entries
    assert "RUNPATH" not in entries
    assert "RPATH" not in entries


def test_wheel_is_small(wheel: zipfile.ZipFile) -> None:
    assert wheel.filename is not None
    assert Path(wheel.filename).stat().st_size <= MOST_WHEEL_BYTES


def test_wheel_holds_the_package_its_types_the_header_and_the_extension(
    wheel: zipfile.ZipFile,
) -> None:
    expected = {path.relative_to(layout.PYTHON).as_posix() for path in layout.python_files()}
    assert {"zcgpu/__init__.py", "zcgpu/_native.pyi", "zcgpu/py.typed"} <= expected
    assert {
        "zcgpu/gallery/page.html",
        "zcgpu/gallery/page.css",
        "zcgpu/gallery/page.js",
    } <= expected
    expected |= {"zcgpu/_native.abi3.so", "zcgpu/include/zcgpu.h"}
    expected |= {f"zcgpu/{path.name}" for path in shims()}
    assert {name for name in wheel.namelist() if ".dist-info/" not in name} == expected


def test_wheel_record_agrees_with_every_file(wheel: zipfile.ZipFile) -> None:
    record = next(name for name in wheel.namelist() if name.endswith("/RECORD"))
    rows = list(csv.reader(io.StringIO(wheel.read(record).decode())))
    assert [row[0] for row in rows] == wheel.namelist()
    for name, digest, size in rows:
        if name != record:
            content = wheel.read(name)
            expected = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
            assert (digest, size) == (f"sha256={expected.decode()}", str(len(content)))


def test_wheel_is_for_the_stable_abi_of_the_oldest_python(
    wheel: zipfile.ZipFile, information: Message
) -> None:
    name = next(name for name in wheel.namelist() if name.endswith("/WHEEL"))
    assert f"Tag: {native.tag()}\n" in wheel.read(name).decode()
    assert re.fullmatch(r"cp311-abi3-linux_\w+", native.tag())
    assert information["Requires-Python"] == ">=3.11"


def test_wheel_is_the_same_when_made_again(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    again = tmp_path / zcbuild.build_wheel(str(tmp_path))
    assert wheel.filename is not None
    assert again.read_bytes() == Path(wheel.filename).read_bytes()


def test_metadata_tells_what_pypi_shows(information: Message) -> None:
    assert information["Name"] == "zcgpu"
    assert information["Version"] == importlib.metadata.version("zcgpu") == zcgpu.__version__
    assert information["Summary"]
    assert information["License-Expression"] == "MIT"
    assert information["Description-Content-Type"] == "text/markdown"
    assert information.get_payload() == (layout.ROOT / "README.md").read_text("utf-8")
    described = tomllib.loads((layout.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    requirements = information.get_all("Requires-Dist", [])
    assert described["dependencies"] == [it for it in requirements if "extra ==" not in it]
    assert {"test", "lint", "wheel"} == set(information.get_all("Provides-Extra", []))


def test_metadata_is_the_same_with_and_without_a_build(
    wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    folder = zcbuild.prepare_metadata_for_build_wheel(str(tmp_path))
    for path in (tmp_path / folder).rglob("*"):
        if path.is_file():
            assert wheel.read(path.relative_to(tmp_path).as_posix()) == path.read_bytes()


def test_command_is_installed() -> None:
    (command,) = importlib.metadata.entry_points(group="console_scripts", name="zcgpu")
    assert command.value == "zcgpu.cli:main"
    assert callable(command.load())


def test_source_distribution_holds_what_a_build_reads_and_nothing_built(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / zcbuild.build_sdist(str(tmp_path))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"PKG-INFO", "pyproject.toml", "Package.swift", "README.md", "LICENSE"}
    wanted |= {"build_backend/zcbuild/native.py", "python/zcgpu/py.typed"}
    assert wanted <= names
    for top in ("Sources", "CBridge", "Tests"):
        files = {path for path in (layout.ROOT / top).rglob("*") if path.is_file()}
        assert {path.relative_to(layout.ROOT).as_posix() for path in files} <= names
    assert not {name for name in names if name.endswith((".so", ".pyc"))}


def test_source_distribution_is_the_same_when_made_again(tmp_path: Path) -> None:
    digests = set()
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        digests.add((folder / zcbuild.build_sdist(str(folder))).read_bytes())
    assert len(digests) == 1
