"""What a run measures with: programs, environments, children, and who is missing."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import venvs, xvfb
from benchmarks.child import Child, ChildError
from benchmarks.places import BUILD, HERE, REFERENCE, SHADER, SHADER_CACHE

SUBJECTS = ("C", "zcgpu", "moderngl", "pyvvisf")


@dataclass(frozen=True)
class Setting:
    """Everything the rows need."""

    clean: venvs.Venv
    peers: venvs.Venv
    environment: dict[str, str]
    children: dict[str, Child]
    missing: dict[str, str]
    """Peers that take no part, and why."""

    def first_frame(self, subject: str) -> list[str]:
        """The command that draws one frame and ends."""
        if subject == "C":
            return [str(REFERENCE), "first-frame"]
        venv = self.clean if subject == "zcgpu" else self.peers
        script = HERE / "first_frame" / f"of_{subject}.py"
        return [venv.python, "-I", str(script), str(SHADER)]

    def present(self) -> list[str]:
        """The subjects that take part."""
        return [subject for subject in SUBJECTS if subject not in self.missing]


def compile_reference() -> None:
    """Compiles the C program."""
    BUILD.mkdir(parents=True, exist_ok=True)
    source = str(HERE / "reference.c")
    command = ["cc", "-O2", "-Wall", "-Wextra", "-Werror", source, "-o", str(REFERENCE), "-lEGL"]
    subprocess.run(command, check=True)


@contextmanager
def prepare() -> Iterator[Setting]:
    """Compiles, installs and starts what is measured; ends it afterwards."""
    compile_reference()
    clean = venvs.clean()
    peers, missing = venvs.peers()
    SHADER_CACHE.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "MESA_SHADER_CACHE_DIR": str(SHADER_CACHE),
        "OPENBLAS_NUM_THREADS": "1",  # NumPy's own threads would spin beside the driver's
    }
    with ExitStack() as stack:
        screen = stack.enter_context(xvfb.display())
        if screen is None:
            missing.setdefault("pyvvisf", "needs an X server: apt-get install xvfb")
        else:
            environment["DISPLAY"] = screen
        children = {
            subject: stack.enter_context(Child(command, _with_path(environment, clean.site)))
            for subject, command in _workers(peers).items()
            if subject in ("C", "zcgpu")
        }
        for subject, command in _workers(peers).items():
            if subject in children or subject in missing:
                continue
            try:
                children[subject] = stack.enter_context(Child(command, environment))
            except ChildError as error:
                missing[subject] = str(error)
        yield Setting(clean, peers, environment, children, missing)


def _with_path(environment: dict[str, str], site: Path) -> dict[str, str]:
    """The copy of zcgpu goes before whatever else the interpreter would find."""
    return {**environment, "PYTHONPATH": str(site)}


def _workers(peers: venvs.Venv) -> dict[str, list[str]]:
    def worker(subject: str) -> list[str]:
        return [peers.python, "-m", f"benchmarks.workers.of_{subject}", str(SHADER)]

    return {
        subject: [str(REFERENCE), "serve"] if subject == "C" else worker(subject)
        for subject in SUBJECTS
    }
