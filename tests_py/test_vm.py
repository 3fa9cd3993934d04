"""How `make vm-test` ends where its machine does not: the tests in it are in tests_py/vm."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from children import python

ROOT = Path(__file__).resolve().parents[1]
USUAL = ("bash", "dirname", "mkdir", "tee", "uname")


def fake_machine(folder: Path, machine: str) -> dict[str, str]:
    """The environment where a machine is a shell script, which finds its console in $console."""
    fake = folder / "qemu-system-x86_64"
    fake.write_text(f'#!/bin/sh\nconsole="${{*#*file:}}"; console="${{console%% *}}"\n{machine}\n')
    fake.chmod(0o755)
    (folder / "busybox").symlink_to(fake)
    (folder / "modules").mkdir()
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}


def boot(folder: Path, machine: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "scripts/vm/boot.py", folder, "vgem"],
        env={**fake_machine(folder, machine), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_its_tests_are_refused_elsewhere() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "tests_py/vm"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 4
    assert "`make vm-test` runs tests_py/vm, in a virtual machine" in done.stderr


def test_without_qemu_or_apt_it_says_so_and_ends_well(tmp_path: Path) -> None:
    for name in USUAL:
        (tmp_path / name).symlink_to(shutil.which(name) or "")
    note = tmp_path / "note"
    done = subprocess.run(
        [ROOT / "scripts/vm-test"],
        env={"PATH": str(tmp_path), "CI_NOTE": str(note)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("vm-test: not run: install qemu-system-x86 ")
    assert note.read_text() == done.stdout


@pytest.mark.parametrize("status", [0, 1, 5])
def test_its_status_is_that_of_the_tests(tmp_path: Path, status: int) -> None:
    done = boot(tmp_path, f"echo 1 failed; echo machine: tests ended with {status}")
    assert done.returncode == status
    assert "| 1 failed\n" in done.stdout


def test_a_machine_that_does_not_come_up_is_a_failure(tmp_path: Path) -> None:
    done = boot(tmp_path, 'echo "Kernel panic: no root" >"$console"')
    assert done.returncode == 1
    assert "> Kernel panic: no root\n" in done.stdout


def test_a_machine_that_hangs_is_ended(tmp_path: Path) -> None:
    done = boot(tmp_path, "echo 1 passed; exec tail -f /dev/null", MACHINE_SECONDS="1")
    assert done.returncode == 1
    assert "| 1 passed\n" in done.stdout
    assert "its tests unfinished" in done.stdout


def test_a_machine_goes_with_whoever_reads_its_words(tmp_path: Path) -> None:
    program = """
        import subprocess, sys
        line = [sys.executable, sys.argv[1], sys.argv[2], "vgem"]
        boot = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        print(boot.stdout.readline().decode().strip())
        boot.stdout.close()
        print(boot.wait() != 0)
    """
    fake = fake_machine(tmp_path, "yes word | head -n 9999; mkfifo $0.pipe; exec cat $0.pipe")
    done = python(program, str(ROOT / "scripts/vm/boot.py"), str(tmp_path), environment=fake)
    assert (done.stdout, done.stderr) == ("| word\nTrue\n", "")
