"""examples/c: an extension of another author, built with the machine's own compiler."""

import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from children import output_of, python
from expected import noise
from sources import FILTER, shader

import zcgpu

SOURCE = Path(__file__).parents[1] / "examples" / "c" / "average.c"
COMPILER = shutil.which("cc") or "clang"
"""The machine's own, or else the one that comes with Swift."""


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the extension lies."""
    folder = tmp_path_factory.mktemp("average")
    command = [
        *(COMPILER, "-shared", "-fPIC", "-O2", "-std=c11", "-Wall", "-Wextra", "-Werror"),
        *("-Wno-unused-parameter", "-Wno-missing-field-initializers"),
        f"-I{sysconfig.get_path('include')}",
        f"-I{zcgpu.get_include()}",
        str(SOURCE),
        zcgpu.get_library(),
        *("-o", str(folder / "average.abi3.so")),
    ]
    subprocess.run(command, check=True)
    return folder


@pytest.fixture
def average(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(folder)
    return __import__("average")


@pytest.fixture
def picture() -> Any:
    return noise(9, 7)


@pytest.fixture
def frame(context: zcgpu.Context, picture: Any) -> zcgpu.Frame:
    """`picture`, drawn by a shader that shows it as it is."""
    scene = context.scene(FILTER)
    return scene.render(7, 9, inputs={"inputImage": picture})


def mean(picture: Any) -> Any:
    return pytest.approx(tuple(picture.reshape(-1, 4).mean(axis=0) / 255.0), abs=1e-12)


@pytest.mark.parametrize("owned", [True, False])
@pytest.mark.parametrize("kind", ["frame", "lease"])
def test_it_reads_a_capsule_of_each_flavour(
    average: Any, frame: zcgpu.Frame, picture: Any, kind: str, *, owned: bool
) -> None:
    with frame.lease("renderer") as lease:
        before = frame.holders
        capsule = (frame if kind == "frame" else lease).capsule(owned=owned)
        assert average.mean(capsule) == mean(picture)
        assert frame.holders == before
        if owned:
            with pytest.raises(TypeError, match="which nobody has taken"):
                average.mean(capsule)
            with pytest.raises(zcgpu.LeaseError, match="taken before"):
                zcgpu.from_capsule(capsule)
        else:
            assert average.mean(capsule) == mean(picture)
        del capsule
        assert frame.holders == before


def test_it_reads_floats(average: Any, context: zcgpu.Context) -> None:
    source = shader(
        "gl_FragColor = vec4(gl_FragCoord.x, -0.25, 3.0, 1.0);", passes=[{"FLOAT": True}]
    )
    frame = context.scene(source).render(4, 2)
    # Pixel centres lie at 0.5, 1.5, 2.5 and 3.5.
    assert average.mean(frame.capsule()) == (2.0, -0.25, 3.0, 1.0)


def test_what_it_was_lent_may_be_closed_under_it(average: Any, frame: zcgpu.Frame) -> None:
    capsule = frame.capsule(owned=False)
    frame.close()
    with pytest.raises(RuntimeError, match="zcgpu says 12: this frame handle names nothing"):
        average.mean(capsule)


def test_what_it_owns_outlives_frame_and_context(
    average: Any, frame: zcgpu.Frame, picture: Any, context: zcgpu.Context
) -> None:
    kept = frame.capsule()
    np.asarray(frame)
    frame.close()
    context.close()
    assert average.mean(kept) == mean(picture)


@pytest.mark.parametrize("owned", [True, False])
def test_zcgpu_takes_the_capsules_that_it_makes(
    average: Any, frame: zcgpu.Frame, picture: Any, *, owned: bool
) -> None:
    made = average.share(frame.capsule(owned=owned))
    assert frame.holders == {"presenter": 2}
    taken = zcgpu.from_capsule(made)
    assert isinstance(taken, zcgpu.Frame)
    np.testing.assert_array_equal(np.asarray(taken), picture)
    with pytest.raises(zcgpu.LeaseError, match="taken before"):
        zcgpu.from_capsule(made)
    taken.close()
    del made
    assert frame.holders == {"presenter": 1}
    untaken = average.share(frame.capsule())
    del untaken
    assert frame.holders == {"presenter": 1}


@pytest.mark.parametrize("what", [None, 3, b"zcgpu.frame"])
def test_it_refuses_what_is_no_capsule(average: Any, what: object) -> None:
    with pytest.raises(TypeError, match="is wanted"):
        average.mean(what)


def test_without_zcgpu_it_cannot_be_imported(folder: Path) -> None:
    done = python(f"import sys; sys.path.insert(0, {str(folder)!r}); import average")
    assert done.returncode == 1
    assert "ImportError: zcgpu_native.so: cannot open shared object file" in done.stderr


@pytest.mark.parametrize("owned", [True, False])
def test_a_program_may_end_with_its_capsules(folder: Path, *, owned: bool) -> None:
    program = f"""
        import sys
        sys.path.insert(0, {str(folder)!r})
        import zcgpu, average
        context = zcgpu.Context()
        frame = context.scene("/*{{}}*/\\nvoid main() {{ gl_FragColor = vec4(1.0); }}").render(4, 4)
        made = average.share(frame.capsule(owned={owned}))
        print(average.mean(frame.capsule(owned={owned})))
    """
    assert output_of(program) == "(1.0, 1.0, 1.0, 1.0)\n"
