"""Runs a program while refusing_egl.c refuses one way after another."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from children import QUIET, output_of

from vm.prepared import REFUSING_EGL

Case = tuple[str, ...]


def outcomes_of(module: str, cases: Sequence[Case]) -> dict[Case, dict[str, Any]]:
    """What the module's program, which is given all cases, tells of each."""
    program = f"{QUIET}; import runpy; runpy.run_module({module!r}, run_name='__main__')"
    environment = {
        "ZCGPU_LIBEGL": str(REFUSING_EGL),
        "PYTHONPATH": "tests_py",
        "EGL_LOG_LEVEL": "fatal",
    }
    told = json.loads(output_of(program, json.dumps(cases), environment=environment))
    return dict(zip(cases, told, strict=True))
