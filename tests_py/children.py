"""Python programs in processes of their own, for what could end one."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Mapping

QUIET = "import logging; logging.getLogger('zcgpu').addHandler(logging.NullHandler())"
"""What a program says that looks at zcgpu's warnings itself, or at none."""
PATIENCE = 120
"""Seconds after which a child hangs; never reached by one that works."""


def python(
    program: str,
    *arguments: str,
    options: tuple[str, ...] = (),
    environment: Mapping[str, str] | None = None,
    stdin: str | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a program's text to its end."""
    return subprocess.run(
        [sys.executable, *options, "-c", textwrap.dedent(program), *arguments],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        input=stdin,
        timeout=PATIENCE,
        check=False,
    )


def output_of(
    program: str,
    *arguments: str,
    options: tuple[str, ...] = (),
    environment: Mapping[str, str] | None = None,
) -> str:
    """What a program prints, which must end well and complain of nothing."""
    done = python(program, *arguments, options=options, environment=environment)
    assert (done.returncode, done.stderr) == (0, ""), f"ended {done.returncode}\n{done.stderr}"
    return done.stdout
