"""Builds zcgpu for Python: the hooks of PEP 517 and PEP 660, with the standard library alone.

`pip` calls these functions. Metadata is answered without a build, so that one install runs
Swift once.
"""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from zcbuild import layout, native, sdist, shim
from zcbuild.metadata import Project
from zcbuild.wheel import Wheel

Settings = Mapping[str, object] | None
"""What pip passes for `--config-settings`; there are none, and none are needed."""

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """Nothing from PyPI: Swift and Debian's packages are not pip's to install."""
    return []


get_requires_for_build_editable = get_requires_for_build_wheel
get_requires_for_build_sdist = get_requires_for_build_wheel


def prepare_metadata_for_build_wheel(
    metadata_directory: str, config_settings: Settings = None
) -> str:
    """Writes the `.dist-info` folder and gives its name; builds nothing."""
    wheel = Wheel(Project.load(), native.tag())
    for name, content in wheel.information().items():
        path = Path(metadata_directory, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return wheel.information_folder


prepare_metadata_for_build_editable = prepare_metadata_for_build_wheel


def build_wheel(
    wheel_directory: str,
    config_settings: Settings = None,
    metadata_directory: str | None = None,
) -> str:
    """Builds the extension and the shim, and zips them with the Python files and the C header."""
    project = Project.load()
    wheel = Wheel(project, native.tag())
    wheel.add(f"{project.name}/{native.MODULE_FILE}", native.build().read_bytes())
    with tempfile.TemporaryDirectory() as folder:
        if library := shim.build(Path(folder)):
            wheel.add(f"{project.name}/{library.name}", library.read_bytes())
    for path in layout.python_files():
        wheel.add(path.relative_to(layout.PYTHON).as_posix(), path.read_bytes())
    wheel.add(f"{project.name}/include/{layout.HEADER.name}", layout.HEADER.read_bytes())
    return wheel.write(Path(wheel_directory))


def build_editable(
    wheel_directory: str,
    config_settings: Settings = None,
    metadata_directory: str | None = None,
) -> str:
    """Builds the extension and the shim into `python/` and points the environment there."""
    project = Project.load()
    native.place(native.build(), layout.PYTHON / project.name / native.MODULE_FILE)
    shim.place(layout.PYTHON / project.name)
    wheel = Wheel(project, native.tag())
    wheel.add(f"__editable__.{project.name}.pth", os.fsencode(layout.PYTHON) + b"\n")
    return wheel.write(Path(wheel_directory))


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    """Packs the sources that a wheel can be built from."""
    return sdist.write(Project.load(), Path(sdist_directory))
