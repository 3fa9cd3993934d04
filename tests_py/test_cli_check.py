"""`zcgpu check`, `info`, `doctor`."""

import json
from pathlib import Path

import pytest
from commands import zcgpu
from sources import FILTER, GRADIENT, colour

import zcgpu as package

BAD_GLSL = "/*{}*/\nvoid main() {\n  gl_FragColor = vec4(nope);\n}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "good.fs": GRADIENT,
        "filter.fs": FILTER,
        "glsl.fs": BAD_GLSL,
        "json.fs": '/*{\n "INPUTS": [\n  {"NAME": }\n]}*/\nvoid main() {}\n',
        "plain.fs": "void main() {}\n",
        "size.fs": colour("vec4(1.0)", passes=[{"TARGET": "a", "WIDTH": "1/0"}, {}]),
        "pair.fs": GRADIENT,
        "pair.vs": "void main() {\n  isf_vertShaderInit();\n  nope();\n}\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize("dialect", [(), ("--dialect", "gl"), ("--dialect", "es")])
def test_good_shaders_pass_without_a_word(folder: Path, dialect: tuple[str, ...]) -> None:
    done = zcgpu("check", "good.fs", "filter.fs", *dialect, folder=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("glsl.fs", "glsl.fs:3:23: "),
        ("json.fs", "json.fs:3:12: expected a value, found '}'"),
        ("plain.fs", "plain.fs:1:1: not an ISF shader"),
        ("size.fs", 'size.fs: pass 0 (TARGET "a"): WIDTH "1/0" is inf'),
        ("pair.fs", "pair.vs:3:3: "),
        ("missing.fs", "missing.fs: cannot read a shader (No such file or directory)"),
    ],
)
def test_a_problem_is_a_line_with_its_place(folder: Path, name: str, start: str) -> None:
    done = zcgpu("check", "good.fs", name, "filter.fs", folder=folder)
    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith(start)
    assert all(line.startswith(start.split(":")[0]) for line in lines)


def test_every_file_is_checked(folder: Path) -> None:
    names = ["plain.fs", "glsl.fs", "good.fs", "json.fs", "missing.fs"]
    done = zcgpu("check", *names, folder=folder)
    assert done.returncode == 1
    told = dict.fromkeys(line.split(":")[0] for line in done.stdout.splitlines())
    assert list(told) == ["plain.fs", "glsl.fs", "json.fs", "missing.fs"]


def test_json_has_an_object_a_file(folder: Path) -> None:
    done = zcgpu("check", "--json", "filter.fs", "pair.fs", "missing.fs", folder=folder)
    assert (done.returncode, done.stderr) == (1, "")
    good, pair, missing = json.loads(done.stdout)
    assert good == {"file": "filter.fs", "ok": True, "kind": "filter", "problems": []}
    assert (pair["file"], pair["ok"]) == ("pair.fs", False)
    assert pair["problems"][0]["file"] == "pair.vs"
    assert (pair["problems"][0]["line"], pair["problems"][0]["column"]) == (3, 3)
    assert missing["problems"][0]["message"].startswith("cannot read a shader")


def test_every_example_passes() -> None:
    examples = sorted((Path(__file__).parent.parent / "examples" / "shaders").glob("*.fs"))
    assert len(examples) >= 12
    for dialect in ("gl", "es"):
        done = zcgpu("check", *examples, "--dialect", dialect)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_info_names_the_driver() -> None:
    done = zcgpu("info")
    assert (done.returncode, done.stderr) == (0, "")
    shown = dict(line.split(None, 1) for line in done.stdout.splitlines())
    info = package.info()
    assert shown["zcgpu"] == package.__version__
    assert shown["renderer"].startswith(info["context"]["renderer"])
    assert shown["GL"].startswith(info["context"]["version"])


def test_doctor_marks_the_display_that_is_used() -> None:
    done = zcgpu("doctor")
    assert (done.returncode, done.stderr) == (0, "")
    used = [line for line in done.stdout.splitlines() if line.endswith("<- used")]
    assert len(used) == 1
    assert used[0].startswith(package.info()["context"]["display"])


@pytest.mark.parametrize("command", ["info", "doctor"])
def test_info_and_doctor_speak_json(command: str) -> None:
    done = zcgpu(command, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == getattr(package, command)()


def test_the_version_is_told() -> None:
    done = zcgpu("--version")
    assert (done.returncode, done.stdout) == (0, f"zcgpu {package.__version__}\n")


def test_help_names_every_command() -> None:
    done = zcgpu("--help")
    assert done.returncode == 0
    for command in ("render", "check", "gallery", "info", "doctor"):
        assert command in done.stdout
