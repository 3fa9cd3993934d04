"""Interpreters with a GIL of their own, of a Python that has them (3.12 on), without NumPy."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import zcgpu

PACKAGE = Path(zcgpu.__file__).parent.parent

PROGRAM = """
import sys, threading
try:
    import _interpreters as interpreters
    def make():
        return interpreters.create("isolated")
except ImportError:
    import _xxsubinterpreters as interpreters
    def make():
        return interpreters.create(isolated=True)

DRAW = '''
import zcgpu
red = "/*{}*/ void main() { gl_FragColor = vec4(1.0, 0.0, 0.0, 1.0); }"
for _ in range(3):
    with zcgpu.Context() as context:
        scene = context.scene(red)
        for _ in range(20):
            drawn = bytes(memoryview(scene.render(2, 2)).cast("B"))
            assert drawn == b"\\\\xff\\\\0\\\\0\\\\xff" * 4, drawn
        try:
            scene.render(0, 2)
        except zcgpu.SizeError:
            pass
        else:
            raise AssertionError("a width of 0 was taken")
    left = bytes(memoryview(scene_frame := zcgpu.render(red, 1, 1)).cast("B"))
    assert left == b"\\\\xff\\\\0\\\\0\\\\xff"
'''

failures = []
def work():
    interpreter = make()
    try:
        failure = interpreters.exec(interpreter, DRAW) if hasattr(interpreters, "exec") else (
            interpreters.run_string(interpreter, DRAW))
        if failure is not None:
            failures.append(failure)
    except BaseException as error:
        failures.append(error)
    interpreters.destroy(interpreter)

threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
exec(DRAW, {})
for thread in threads:
    thread.join()
import zcgpu
assert not failures, failures
assert not any(zcgpu.census().values()), zcgpu.census()
print("right")
"""


def python_with_own_gils() -> str | None:
    """A Python from 3.12 on that runs; nothing needs to be installed in it."""
    known = [sys.executable, "python3", *(f"python3.{minor}" for minor in range(12, 16))]
    homes = sorted(Path.home().glob(".pyenv/versions/3.1[2-9]*/bin/python3"))
    for name in [*known, *map(str, homes)]:
        path = shutil.which(name)
        if not path:
            continue
        asked = "import sys; print(sys.version_info >= (3, 12))"
        done = subprocess.run([path, "-c", asked], capture_output=True, text=True, check=False)
        if done.stdout == "True\n":
            return path
    return None


def test_interpreters_with_gils_of_their_own_draw_at_once() -> None:
    path = python_with_own_gils()
    if path is None:
        pytest.skip("no Python from 3.12 on is installed here: nothing to try subinterpreters with")
    done = subprocess.run(
        [path, "-c", PROGRAM],
        env={**os.environ, "PYTHONPATH": str(PACKAGE)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "right\n", "")
