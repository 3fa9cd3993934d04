"""What the extension shows to the process: the functions of zcgpu.h and Python's way in.

Everything else stays hidden: the Swift runtime above all, and what the C files share.
"""

import re
from pathlib import Path

from zcbuild import layout

PYTHON_ENTRY = "PyInit__native"


def declared_functions() -> list[str]:
    """The functions that zcgpu.h declares, in its order: a name before a parenthesis."""
    header = layout.HEADER.read_text("utf-8")
    without_comments = re.sub(r"/\*.*?\*/|//[^\n]*", "", header, flags=re.DOTALL)
    return list(dict.fromkeys(re.findall(r"\b(zcg_\w+)\s*\(", without_comments)))


def write_version_script(path: Path) -> None:
    """Writes the linker's version script. A function without a body then fails to link."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = "; ".join([PYTHON_ENTRY, *declared_functions()])
    path.write_text(f"{{ global: {names}; local: *; }};\n", "utf-8")
