"""`zcgpu check`, `info`, `doctor`."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from commands import ZCGPU, zcgpu
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
        ("glsl.fs", "glsl.fs:3:23: error: "),
        ("json.fs", "json.fs:3:12: error: expected a value, found '}' [header]"),
        ("plain.fs", "plain.fs:1:1: error: not an ISF shader"),
        ("size.fs", 'size.fs: error: pass 0 (TARGET "a"): WIDTH "1/0" is inf'),
        ("pair.fs", "pair.vs:3:3: error: "),
        ("missing.fs", "missing.fs: error: cannot read a shader (No such file or directory)"),
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
    assert missing["problems"][0]["code"] == "file"


LEVEL = """/*{"ISFVSN": "2", "INPUTS": [{"NAME": "level", "TYPE": "float"}]}*/
void main() {
  float x = level;
  /* \U0001d11e e\u0301 */ gl_FragColor = vec4(levle, x, 0.0, 1.0);
}
"""


def test_json_has_the_range_as_language_servers_count(tmp_path: Path) -> None:
    (tmp_path / "level.fs").write_text(LEVEL, "utf-8", newline="\r\n")
    for dialect in ("gl", "es"):
        done = zcgpu("check", "--json", "--dialect", dialect, "level.fs", folder=tmp_path)
        (problem,) = json.loads(done.stdout)[0]["problems"]
        line = LEVEL.split("\n")[3]
        assert (problem["line"], problem["column"]) == (4, line.index("levle") + 1)
        # The clef is two code units.
        start = line.index("levle") + 1
        assert problem["range"] == {
            "start": {"line": 3, "character": start},
            "end": {"line": 3, "character": start + 5},
        }
        assert (problem["severity"], problem["code"]) == ("error", "undeclared")
        assert problem["hint"] == "did you mean 'level'?"
        assert problem["dialects"] == [dialect]


def test_standard_input_is_checked_under_its_name(folder: Path) -> None:
    command = [*ZCGPU, "check", "-", "--name"]

    def run(name: str, text: str) -> list[str]:
        done = subprocess.run(
            [*command, name], cwd=folder, input=text, capture_output=True, text=True, check=False
        )
        assert done.stderr == ""
        assert done.returncode == (1 if done.stdout else 0)
        return done.stdout.splitlines()

    assert run("good.fs", BAD_GLSL)[0].startswith("good.fs:3:23: error: ")
    assert run("glsl.fs", GRADIENT) == []
    # The vertex shader beside it counts.
    assert run("pair.fs", GRADIENT)[0].startswith("pair.vs:3:3: error: ")
    assert run("nowhere/new.fs", BAD_GLSL)[0].startswith("nowhere/new.fs:3:23: error: ")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["-", "-"], "standard input can be read once"),
        (["good.fs", "--name", "x.fs"], "there is no - among the files"),
        (["-", "--name", ""], "not empty"),
        ([], "required: FILE"),
        (["good.fs", "--dialect", "vulkan"], "invalid choice: 'vulkan'"),
    ],
)
def test_wrong_arguments_are_told(folder: Path, arguments: list[str], reason: str) -> None:
    done = zcgpu("check", *arguments, folder=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


def test_folders_stand_for_what_is_below_them(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "bad.fs").write_text(BAD_GLSL)
    (tmp_path / "deep" / "a.fs").write_text(GRADIENT)
    (tmp_path / "deep" / "note.txt").write_text("no shader")
    (tmp_path / "empty").mkdir()
    done = zcgpu("check", "--json", "deep", "empty", folder=tmp_path)
    assert [(it["file"], it["ok"]) for it in json.loads(done.stdout)] == [
        ("deep/a.fs", True),
        ("deep/er/bad.fs", False),
        ("empty", False),
    ]
    assert "there is no .fs file in this folder" in done.stdout


def test_a_missing_picture_is_told_with_its_line(tmp_path: Path) -> None:
    source = """/*{"ISFVSN": "2",
 "IMPORTED": {"noise": {"PATH": "noise.png"}}
}*/
void main() { gl_FragColor = IMG_THIS_PIXEL(noise); }
"""
    (tmp_path / "noise.fs").write_text(source)
    done = zcgpu("check", "--json", "--dialect", "gl", "noise.fs", folder=tmp_path)
    (problem,) = json.loads(done.stdout)[0]["problems"]
    assert (problem["file"], problem["line"], problem["code"]) == ("noise.fs", 2, "import")
    assert "noise.png" in problem["message"]


OLD = "/*{}*/\nvoid main() {\n  float mix = 1.0;\n  gl_FragColor = vec4(mix);\n}\n"
ENDLESS = """/*{"ISFVSN": "2"}*/
void main() {
  float x = 0.0;
  while (x < 1.0) { if (isf_FragNormCoord.x < 2.0) x += 0.5; }
  gl_FragColor = vec4(x);
}
"""


def test_warnings_are_told_where_asked_for(tmp_path: Path) -> None:
    (tmp_path / "old.fs").write_text(OLD)
    done = zcgpu("check", "old.fs", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    strict = zcgpu("check", "--strict", "old.fs", folder=tmp_path)
    assert strict.returncode == 1
    assert strict.stdout.startswith("old.fs:1:3: warning: no ISFVSN: ")
    assert "[no-isfvsn] (hint: " in strict.stdout
    listed = zcgpu("check", "--json", "old.fs", folder=tmp_path)
    assert listed.returncode == 0
    (report,) = json.loads(listed.stdout)
    assert report["ok"]
    assert [it["code"] for it in report["problems"]] == ["no-isfvsn"]
    assert zcgpu("check", "--json", "--strict", "old.fs", folder=tmp_path).returncode == 1


def test_a_loop_without_a_bound_is_always_told(tmp_path: Path) -> None:
    (tmp_path / "loop.fs").write_text(ENDLESS)
    done = zcgpu("check", "loop.fs", folder=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("loop.fs:4:3: warning: this loop counts nothing towards its end")


def test_both_dialects_are_asked(tmp_path: Path) -> None:
    source = '/*{"ISFVSN": "2"}*/\nvoid main() { gl_FragColor = vec4(TIME.x); }\n'
    (tmp_path / "scalar.fs").write_text(source)
    (tmp_path / "level.fs").write_text(LEVEL, "utf-8")
    done = zcgpu("check", "--json", "--dialect", "both", "scalar.fs", "level.fs", folder=tmp_path)
    scalar, level = json.loads(done.stdout)
    assert {tuple(it["dialects"]) for it in scalar["problems"]} == {("es",)}
    assert [it["dialects"] for it in level["problems"]] == [["gl", "es"]]


def test_a_terminal_shows_the_line_and_the_hint(tmp_path: Path) -> None:
    (tmp_path / "level.fs").write_text(LEVEL.replace("  float", "\tfloat"), "utf-8")
    terminal, other = os.openpty()
    done = subprocess.run(
        [*ZCGPU, "check", "level.fs"], cwd=tmp_path, stdout=other, stderr=other, check=False
    )
    os.close(other)
    shown = os.read(terminal, 65536).decode().replace("\r\n", "\n").split("\n")
    os.close(terminal)
    assert done.returncode == 1
    line = LEVEL.split("\n")[3]
    column = line.index("levle") + 1
    assert shown[0].startswith(f"level.fs:4:{column}: error: ")
    assert shown[1] == "    " + line
    assert shown[2] == "    " + " " * (column - 1) + "^~~~~"
    assert shown[3] == "  hint: did you mean 'level'?"
    assert shown[4] == "1 checked: 1 errors, 0 warnings"


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
