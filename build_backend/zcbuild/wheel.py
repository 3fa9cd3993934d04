"""A wheel: files, their hashes and a description, in a zip that is the same for the same files."""

import base64
import hashlib
import zipfile
from pathlib import Path

from zcbuild import layout
from zcbuild.metadata import Project

OLDEST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644


class Wheel:
    """A wheel in the making."""

    def __init__(self, project: Project, tag: str) -> None:
        self._project = project
        self._tag = tag
        self._files: dict[str, bytes] = {}

    @property
    def information_folder(self) -> str:
        """The name of the `.dist-info` folder."""
        return f"{self._project.stem}.dist-info"

    def information(self) -> dict[str, bytes]:
        """The files of the `.dist-info` folder, but for RECORD."""
        folder = self.information_folder
        project = self._project
        kind = f"Wheel-Version: 1.0\nGenerator: zcbuild\nRoot-Is-Purelib: false\nTag: {self._tag}\n"
        files = {
            f"{folder}/METADATA": project.metadata().encode(),
            f"{folder}/WHEEL": kind.encode(),
            f"{folder}/entry_points.txt": project.entry_points().encode(),
        }
        for name in project.license_files:
            files[f"{folder}/licenses/{name}"] = (layout.ROOT / name).read_bytes()
        return files

    def add(self, name: str, content: bytes) -> None:
        """Adds a file under its name in the environment."""
        self._files[name] = content

    def write(self, folder: Path) -> str:
        """Writes the wheel into the folder and gives its name."""
        files = dict(sorted(self._files.items())) | self.information()
        files[f"{self.information_folder}/RECORD"] = self._record(files)
        name = f"{self._project.stem}-{self._tag}.whl"
        with zipfile.ZipFile(folder / name, "w") as archive:
            for path, content in files.items():
                entry = zipfile.ZipInfo(path, OLDEST_ZIP_DATE)
                entry.external_attr = READABLE << 16
                archive.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=9)
        return name

    def _record(self, files: dict[str, bytes]) -> bytes:
        rows = []
        for path, content in files.items():
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
            rows.append(f"{path},sha256={digest.decode()},{len(content)}")
        rows.append(f"{self.information_folder}/RECORD,,")
        return ("\n".join(rows) + "\n").encode()
