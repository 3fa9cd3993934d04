"""Machines without EGL, without displays, or with something else of that name."""

import json

import pytest
from children import python

NO_LIBRARY = {"ZCGPU_LIBEGL": "/nonexistent/libEGL.so"}
NO_EGL = {"ZCGPU_LIBEGL": "libm.so.6"}
NO_DISPLAY = {
    "__EGL_VENDOR_LIBRARY_FILENAMES": "/nonexistent.json",
    "__EGL_VENDOR_LIBRARY_DIRS": "/nonexistent",
}
"""The first two are zcgpu's own; the third leaves GLVND's libEGL without a driver."""

EACH = pytest.mark.parametrize(
    ("environment", "messages"),
    [
        (
            NO_LIBRARY,
            [
                "no EGL library: /nonexistent/libEGL.so: cannot open shared object file",
                "apt-get install libegl1 libgl1-mesa-dri",
                "ZCGPU_LIBEGL",
            ],
        ),
        (NO_EGL, ["libm.so.6 is no EGL library: it has no eglGetProcAddress"]),
        (
            NO_DISPLAY,
            [
                "no display can make OpenGL 4.5 core or OpenGL 3.3 core or OpenGL ES 3.2",
                "\n  surfaceless platform: EGL_MESA_platform_surfaceless is missing",
                "\n  default display: EGL has no such display",
                "zcgpu doctor",
            ],
        ),
    ],
    ids=["no library", "no EGL", "no display"],
)


@EACH
def test_a_context_says_what_is_missing(environment: dict[str, str], messages: list[str]) -> None:
    program = """
        import zcgpu
        for _ in range(2):
            try:
                zcgpu.Context()
            except zcgpu.DisplayError as error:
                assert isinstance(error, OSError)
                text = str(error)
        print(text)
        print(zcgpu.census()["contexts"])
    """
    done = python(program, environment=environment)
    assert (done.returncode, done.stderr) == (0, "")
    for message in messages:
        assert message in done.stdout
    assert done.stdout.endswith("\n0\n")


@EACH
def test_info_and_doctor_answer_all_the_same(
    environment: dict[str, str], messages: list[str]
) -> None:
    program = "import json, zcgpu; print(json.dumps([zcgpu.info(), zcgpu.doctor()]))"
    done = python(program, environment=environment)
    assert (done.returncode, done.stderr) == (0, "")
    info, doctor = json.loads(done.stdout)
    assert info["context"] is None
    assert messages[0] in info["error"]
    told = [doctor["error"] or ""] + [it["why"] for it in doctor["displays"]]
    assert not any(it["works"] for it in doctor["displays"])
    assert messages[0] in told[0] or "EGL_MESA_platform_surfaceless is missing" in told[1]


@EACH
@pytest.mark.parametrize("command", ["info", "doctor"])
def test_the_commands_show_it_and_fail(
    environment: dict[str, str], messages: list[str], command: str
) -> None:
    program = f"import sys; from zcgpu.cli import main; sys.exit(main(['{command}']))"
    done = python(program, environment=environment)
    assert (done.returncode, done.stderr) == (1, "")
    assert messages[0] in done.stdout or "EGL_MESA_platform_surfaceless is missing" in done.stdout


def test_a_picture_says_what_is_missing() -> None:
    program = "import sys; from zcgpu.cli import main; sys.exit(main(sys.argv[1:]))"
    arguments = ("render", "a.fs", "-o", "a.png")
    done = python(program, *arguments, environment=NO_LIBRARY)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("zcgpu: no EGL library: /nonexistent/libEGL.so")


def test_another_libegl_can_be_named() -> None:
    program = "import zcgpu; print(zcgpu.doctor()['egl_library'], zcgpu.info()['error'])"
    done = python(program, environment={"ZCGPU_LIBEGL": "libEGL.so.1"})
    assert done.stdout == "libEGL.so.1 None\n"
