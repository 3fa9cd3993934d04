"""Boots the machine once and runs tests in it: `boot.py KERNEL KIND`.

KERNEL is a folder that kernel.py has filled. KIND is a folder of tests_py/vm, and says which card
there is. PYTEST in the environment is handed to pytest.

The exit status is that of pytest in the machine. A machine that does not come up, or not to an end,
is a failure, and its console's last lines are shown.
"""

import contextlib
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import initrd

TREE = Path(__file__).resolve().parents[2]
SECONDS = float(os.environ.get("MACHINE_SECONDS", "600"))
"""After that a machine is ended; one with all its tests takes a tenth."""
CARDS = {
    "vgem": ["-display", "none"],
    "virtio": ["-device", "virtio-gpu-pci", "-display", "none"],
    "virgl": ["-device", "virtio-gpu-gl-pci", "-display", "sdl,gl=es"],
}
"""The graphics card beside vgem, which is the kernel's own."""
ENDED = re.compile(r"machine: tests ended with (\d+)")


def command(kernel: Path, kind: str, archive: str, console: Path) -> list[str]:
    """QEMU's command line. Without KVM: where a container has it, guests may hang in it."""
    # A busy host's timer is late, which the kernel would take for a broken board.
    words = f'no_timer_check TREE="{TREE}" KIND={kind} PYTEST="{os.environ.get("PYTEST", "")}"'
    return [
        *("qemu-system-x86_64", "-machine", "q35", "-accel", "tcg,thread=multi", "-cpu", "max"),
        *("-smp", "2", "-m", "2560", "-no-reboot", "-nodefaults", "-vga", "none", *CARDS[kind]),
        *("-kernel", str(kernel / "vmlinuz"), "-initrd", archive),
        *("-append", f"console=ttyS0 panic=-1 quiet {words}"),
        "-virtfs",
        "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap",
        *("-serial", f"file:{console}", "-serial", "stdio"),
    ]


@contextlib.contextmanager
def screen() -> Iterator[dict[str, str]]:
    """The environment of a display without a screen, on which QEMU draws for virgl."""
    reader, writer = os.pipe()
    line = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "640x480x24", "-nolisten", "tcp"]
    with subprocess.Popen(line, pass_fds=[writer], stderr=subprocess.DEVNULL) as server:
        os.close(writer)
        try:
            with os.fdopen(reader) as told:
                yield {**os.environ, "DISPLAY": ":" + told.readline().strip()}
        finally:
            server.terminate()


def run(line: list[str], environment: dict[str, str]) -> int | None:
    """What pytest ended with, its output passed on as it comes; None where it did not end."""
    status = None
    with subprocess.Popen(
        line,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as machine:
        limit = threading.Timer(SECONDS, machine.kill)
        limit.start()
        assert machine.stdout is not None
        try:
            for text in machine.stdout:
                if found := ENDED.match(text):
                    status = int(found[1])
                else:
                    print("  |", text.rstrip(), flush=True)
            machine.wait()
        finally:
            machine.kill()  # nobody reads what it says any more
            limit.cancel()
    return status


def main(kernel: Path, kind: str) -> int:
    """Boot, and say how it ended."""
    console = TREE / ".build" / "vm" / f"{kind}.console"
    console.parent.mkdir(parents=True, exist_ok=True)
    console.unlink(missing_ok=True)
    begin = time.monotonic()
    with contextlib.ExitStack() as stack:
        archive = stack.enter_context(tempfile.NamedTemporaryFile(suffix=".cpio"))
        archive.write(initrd.archive(kernel))
        archive.flush()
        environment = stack.enter_context(screen()) if kind == "virgl" else dict(os.environ)
        status = run(command(kernel, kind, archive.name, console), environment)
    took = f"after {time.monotonic() - begin:.0f} s"
    if status is None:
        tail = console.read_text(errors="replace").splitlines()[-30:] if console.exists() else []
        print(f"The machine with {kind} went {took}, its tests unfinished. {console} ends so:")
        print("\n".join(f"  > {text}" for text in tail))
        return 1
    print(f"The machine with {kind}: tests ended with {status}, {took}")
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
