"""The machine's first file system: busybox, the kernel's modules and `init`, as a cpio archive.

The format is "newc" of Linux's Documentation/driver-api/early-userspace/buffer-format.rst.
"""

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDERS = ("bin", "dev", "proc", "sys", "modules", "host", "upper", "root")
APPLETS = ("sh", "mount", "mkdir", "insmod", "poweroff", "chroot", "cat", "stty")


class Entry(NamedTuple):
    """A file, folder, link or device; `device` is its major and minor number."""

    name: str
    mode: int
    data: bytes = b""
    device: tuple[int, int] = (0, 0)


def entries(kernel: Path) -> Iterator[Entry]:
    """What the archive holds."""
    for name in FOLDERS:
        yield Entry(name, stat.S_IFDIR | 0o755)
    busybox = shutil.which("busybox")
    if busybox is None:
        raise FileNotFoundError("busybox is not installed")
    yield Entry("bin/busybox", stat.S_IFREG | 0o755, Path(busybox).read_bytes())
    for name in APPLETS:
        yield Entry(f"bin/{name}", stat.S_IFLNK | 0o777, b"busybox")
    for module in sorted((kernel / "modules").iterdir()):
        yield Entry(f"modules/{module.name}", stat.S_IFREG | 0o644, module.read_bytes())
    yield Entry("dev/console", stat.S_IFCHR | 0o600, b"", (5, 1))
    init = Path(__file__).with_name("init")
    yield Entry("init", stat.S_IFREG | 0o755, init.read_bytes())


def archive(kernel: Path) -> bytes:
    """The whole archive, for the kernel of that folder."""
    packed = bytearray()
    for number, entry in enumerate([*entries(kernel), Entry("TRAILER!!!", 0)], start=1):
        name = entry.name.encode() + b"\0"
        major, minor = entry.device
        size = len(entry.data)
        fields = (number, entry.mode, 0, 0, 1, 0, size, 0, 0, major, minor, len(name), 0)
        packed += b"070701" + "".join(f"{field:08x}" for field in fields).encode() + name
        packed += bytes(-len(packed) % 4) + entry.data
        packed += bytes(-len(packed) % 4)
    return bytes(packed)
