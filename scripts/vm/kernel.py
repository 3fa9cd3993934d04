"""Keeps of an unpacked kernel package what the machine boots: `kernel.py TREE TARGET`.

TARGET gets `vmlinuz`, and `modules/NN_name.ko` in the order in which they can be loaded.
"""

import lzma
import shutil
import sys
from pathlib import Path

WANTED = ("virtio_pci", "9p", "9pnet_virtio", "overlay", "vgem", "virtio_gpu")


def module_name(path: Path) -> str:
    """A module's name, as the kernel spells it."""
    return path.name.partition(".")[0].replace("-", "_")


def contents(path: Path) -> bytes:
    """A module's bytes; newer Debians compress them."""
    data = path.read_bytes()
    return lzma.decompress(data) if path.suffix == ".xz" else data


def needs(data: bytes) -> list[str]:
    """The modules that one says it depends on: `depends=a,b` in its .modinfo section."""
    _, found, rest = data.partition(b"\0depends=")
    names = rest.partition(b"\0")[0].decode() if found else ""
    return [name.replace("-", "_") for name in names.split(",") if name]


def main(tree: Path, target: Path) -> None:
    """Copy kernel and modules; a module that is not there is part of the kernel itself."""
    files = {module_name(path): path for path in tree.rglob("*.ko*")}
    ordered: dict[str, bytes] = {}

    def add(name: str) -> None:
        if name in files and name not in ordered:
            data = contents(files[name])
            for other in needs(data):
                add(other)
            ordered[name] = data

    for name in WANTED:
        add(name)
    missing = {"9p", "overlay", "vgem"} - set(ordered)
    if missing:
        sys.exit(f"{tree} has no modules {', '.join(sorted(missing))}")
    (target / "modules").mkdir(parents=True)
    for index, (name, data) in enumerate(ordered.items()):
        (target / "modules" / f"{index:02}_{name}.ko").write_bytes(data)
    [image] = (tree / "boot").glob("vmlinuz-*")
    shutil.copyfile(image, target / "vmlinuz")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
