"""A source distribution: a tar.gz that is the same for the same files."""

import gzip
import io
import tarfile
from pathlib import Path

from zcbuild import layout
from zcbuild.metadata import Project

READABLE = 0o644


def write(project: Project, folder: Path) -> str:
    """Writes the source distribution into the folder and gives its name."""
    name = f"{project.stem}.tar.gz"
    with (
        gzip.GzipFile(folder / name, "wb", mtime=0) as compressed,
        tarfile.open(fileobj=compressed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        _add(archive, f"{project.stem}/PKG-INFO", project.metadata().encode())
        for path in layout.source_files():
            relative = path.relative_to(layout.ROOT).as_posix()
            _add(archive, f"{project.stem}/{relative}", path.read_bytes())
    return name


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    entry.mode = READABLE
    archive.addfile(entry, io.BytesIO(content))
