"""Builds the extension with a sanitizer, beside links to the Python files, for PYTHONPATH.

usage: build.py address|thread FOLDER [FLAG...]
"""

import shutil
import sys
from pathlib import Path

from zcbuild import layout, native, shim

kind, folder, *flags = sys.argv[1:]
library = native.build(kind, f"--sanitize={kind}", "-Xswiftc", "-g", "-Xcc", "-g", *flags)
package = Path(folder) / "zcgpu"
shutil.rmtree(package, ignore_errors=True)
for source in layout.python_files():
    link = package / source.relative_to(layout.PYTHON / "zcgpu")
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(source)
(package / "include").symlink_to(layout.HEADER.parent)
native.place(library, package / native.MODULE_FILE)
shim.place(package)
