"""The environments that are measured in, kept in .build/bench."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.places import BUILD, ROOT

PEERS = ("moderngl==5.13.*", "pyvvisf==0.9.*")


@dataclass(frozen=True)
class Venv:
    """A virtual environment without pip."""

    folder: Path

    @property
    def python(self) -> str:
        """Its interpreter."""
        return str(self.folder / "bin" / "python")

    @property
    def site(self) -> Path:
        """Its site-packages."""
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        return self.folder / "lib" / version / "site-packages"

    def make(self) -> None:
        """Makes it anew, with nothing in it."""
        command = [sys.executable, "-m", "venv", "--without-pip", "--clear", str(self.folder)]
        subprocess.run(command, check=True)


def clean() -> Venv:
    """A fresh environment that holds a copy of zcgpu as it is now, compiled, and nothing else.

    No .pth files, which every start of Python would read, and no NumPy.
    """
    venv = Venv(BUILD / "venv")
    venv.make()
    package = venv.site / "zcgpu"
    shutil.copytree(
        ROOT / "python" / "zcgpu", package, ignore=shutil.ignore_patterns("__pycache__")
    )
    subprocess.run([venv.python, "-I", "-m", "compileall", "-q", str(package)], check=True)
    if found := list(venv.site.glob("*.pth")):
        raise RuntimeError(f"this environment is not clean: {found}")
    return venv


def peers(requirements: tuple[str, ...] = PEERS) -> tuple[Venv, dict[str, str]]:
    """NumPy and peers from PyPI, installed once; and of those that would not, why."""
    venv = Venv(BUILD / "venv-peers")
    if not Path(venv.python).exists():
        venv.make()
    missing: dict[str, str] = {}
    for requirement in ("numpy", *requirements):
        name = requirement.partition("=")[0]
        if (venv.site / name).is_dir():
            continue
        pip = [sys.executable, "-m", "pip", "--python", venv.python, "install", "--quiet"]
        outcome = subprocess.run(
            [*pip, "--disable-pip-version-check", requirement], capture_output=True, text=True
        )
        if outcome.returncode != 0:
            words = outcome.stderr.strip().splitlines() or ["pip gave no reason"]
            missing[name] = f"pip: {words[-1]}"
    return venv, missing
