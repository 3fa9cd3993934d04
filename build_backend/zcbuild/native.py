"""The Swift build of the extension module."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from zcbuild import exports, layout

PRODUCT = "zcgpu_native"
MODULE_FILE = "_native.abi3.so"
OLDEST_PYTHON = (3, 11)
"""The limited API that is compiled against: it has the buffer protocol from 3.11 on."""


def tag() -> str:
    """The wheel's tag: any CPython from 3.11 on, this machine's kind of Linux."""
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        raise RuntimeError(
            "zcgpu: a free-threaded CPython has no stable ABI; use a build with the GIL"
        )
    platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    major, minor = OLDEST_PYTHON
    return f"cp{major}{minor}-abi3-{platform}"


def flags() -> list[str]:
    """What every Swift build of this package is called with, tests included.

    SwiftPM's native build system is named: the other one gives a dynamic library an SONAME with
    a slash in it, which the loader then takes for a path.
    """
    major, minor = OLDEST_PYTHON
    return [
        *("--build-system", "native"),
        *("--explicit-target-dependency-import-check", "error"),
        *("-Xcc", f"-I{sysconfig.get_path('include')}"),
        *("-Xcc", f"-DPy_LIMITED_API=0x{major:02X}{minor:02X}0000"),
    ]


def build(name: str = "python", *extra: str) -> Path:
    """Builds the extension for release and gives the path of the library.

    A build with `extra` flags has a name of its own, after which its scratch folder is called, and
    keeps its symbols: it is for looking into.

    The Swift runtime is linked in, since no Linux system has one to share. The version script
    hides it, so that other Swift libraries of the process keep their own. The linker is the
    toolchain's, whatever the system has. An SONAME of our own keeps the build folder's path
    out of the file. Exclusive access is checked by the debug build that the tests run; here a
    check on every stored property would cost a fifth of a context switch.
    """
    if not shutil.which("swift"):
        raise RuntimeError("zcgpu: building needs Swift 6.3 (https://swift.org/install) on PATH")
    scratch = layout.ROOT / ".build" / name
    version_script = scratch / "exports.map"
    exports.write_version_script(version_script)
    command = [
        *("swift", "build", "-c", "release", "--product", PRODUCT),
        *("--scratch-path", str(scratch)),
        *flags(),
        *extra,
        "--disable-local-rpath",
        *("-Xswiftc", "-static-stdlib"),
        *("-Xswiftc", "-enforce-exclusivity=unchecked"),
        *("-Xswiftc", "-use-ld=lld"),
        *("-Xlinker", f"-soname={PRODUCT}.so"),
        *("-Xlinker", f"--version-script={version_script}"),
        *(("-Xlinker", "--strip-all") if not extra else ()),
    ]
    built = subprocess.run(command, cwd=layout.ROOT, env=environment(), stdout=sys.stderr)
    if built.returncode != 0:
        raise RuntimeError("zcgpu: `swift build` failed; it says why above")
    return scratch / "release" / f"lib{PRODUCT}.so"


def place(library: Path, target: Path) -> None:
    """Copies the library in one step: a process that has the old one loaded keeps it whole."""
    fresh = target.with_suffix(f".{os.getpid()}.new")
    shutil.copyfile(library, fresh)
    os.replace(fresh, target)


def environment() -> dict[str, str]:
    """SwiftPM asks pkg-config for `python3`: let it find the Python that runs this build."""
    own = Path(sysconfig.get_config_var("LIBDIR"), "pkgconfig")
    paths = [str(own), *filter(None, [os.environ.get("PKG_CONFIG_PATH")])]
    return {**os.environ, "PKG_CONFIG_PATH": os.pathsep.join(paths)}
