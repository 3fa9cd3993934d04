"""Builds the extension with a sanitizer, beside links to the Python files, for PYTHONPATH.

usage: build.py address|thread FOLDER [FLAG...]
"""

import sys
from pathlib import Path

from zcbuild import native, package

kind, folder, *flags = sys.argv[1:]
library = native.build(kind, f"--sanitize={kind}", "-Xswiftc", "-g", "-Xcc", "-g", *flags)
package.around(library, Path(folder) / "zcgpu")
