"""ANGLE, whose contexts can be lost for real, on a Vulkan driver that draws on the processor.

zcgpu opens one EGL library a process, so that each use is a child process's.
"""

import functools
import importlib.util
import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import children

from zcbuild import layout

HERE = Path(__file__).parent


@functools.cache
def libraries() -> Path:
    """The folder of ANGLE's libraries, from PyPI's comfy-angle."""
    spec = importlib.util.find_spec("comfy_angle")
    assert spec is not None, "pip install comfy-angle (scripts/tools test does)"
    assert spec.origin is not None
    return Path(spec.origin).parent / "libs"


def settings(egl: Path | None = None) -> dict[str, str]:
    """What a program needs to draw by ANGLE, and to find these modules."""
    return {
        "ZCGPU_LIBEGL": str(egl or libraries() / "libEGL.so"),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(HERE), os.environ.get("PYTHONPATH")])),
    }


def output_of(
    program: str,
    *arguments: str,
    egl: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> str:
    """What a program on ANGLE prints, which must end well and complain of nothing."""
    return children.output_of(
        program, *arguments, environment={**(environment or {}), **settings(egl)}
    )


def build_losing_egl(folder: Path) -> Path:
    """Build the EGL library that loses contexts before calls (losing_egl.cpp)."""
    library = folder / "libEGL_losing.so"
    command = [
        *("g++", "-std=c++17", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", "-O1"),
        f"-DHOOKS={' '.join(f'HOOK({name})' for name in gl_functions())}",
        *(str(HERE / "losing_egl.cpp"), "-o", str(library)),
        *("-Wl,--no-as-needed", str(libraries() / "libEGL.so"), f"-Wl,-rpath,{libraries()}"),
    ]
    subprocess.run(command, check=True)
    return library


def gl_functions() -> list[str]:
    """The GL functions that the engine calls."""
    source = (layout.ROOT / "Sources" / "ZCGL" / "GLProcs.swift").read_text()
    return re.findall(r'need\("(gl\w+)"\)', source)
