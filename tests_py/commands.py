"""The command line, run as a person would."""

import subprocess
import sys
from pathlib import Path

ZCGPU = (sys.executable, "-m", "zcgpu")
PATIENCE = 120
"""Seconds after which a command hangs; never reached by one that works."""


def zcgpu(*arguments: str | Path, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*ZCGPU, *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def raw(*arguments: str | Path) -> bytes:
    """What a command that must do well writes to a pipe; it complains of nothing."""
    done = subprocess.run(
        [*ZCGPU, *map(str, arguments)], capture_output=True, timeout=PATIENCE, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout
