"""A package folder of its own for an extension that is only looked into, never shipped."""

import shutil
from pathlib import Path

from zcbuild import layout, native, shim


def around(library: Path, target: Path) -> None:
    """Makes the folder `target`: the library, a shim, and links to the Python files and headers."""
    shutil.rmtree(target, ignore_errors=True)
    for source in layout.python_files():
        link = target / source.relative_to(layout.PYTHON / "zcgpu")
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(source)
    (target / "include").symlink_to(layout.HEADER.parent)
    native.place(library, target / native.MODULE_FILE)
    shim.place(target)
