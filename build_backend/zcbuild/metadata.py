"""What pyproject.toml says about the project, and the METADATA file made from it."""

import tomllib
from dataclasses import dataclass
from typing import Any

from zcbuild import layout

UNDERSTOOD = {
    "authors",
    "classifiers",
    "dependencies",
    "description",
    "keywords",
    "license",
    "license-files",
    "name",
    "optional-dependencies",
    "readme",
    "requires-python",
    "scripts",
    "version",
}


@dataclass(frozen=True)
class Project:
    """The `[project]` table of pyproject.toml, the one place of name and version."""

    table: dict[str, Any]

    @classmethod
    def load(cls) -> "Project":
        """Reads pyproject.toml. A key this backend would silently drop is an error."""
        table = tomllib.loads((layout.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        if unknown := sorted(set(table) - UNDERSTOOD):
            raise ValueError(f"pyproject.toml: zcbuild does not know [project] {unknown}")
        return cls(table)

    @property
    def name(self) -> str:
        """The name on PyPI, which is also the name of the import package."""
        return str(self.table["name"])

    @property
    def version(self) -> str:
        """The version."""
        return str(self.table["version"])

    @property
    def stem(self) -> str:
        """What the names of archives and of the information folder begin with."""
        return f"{self.name}-{self.version}"

    @property
    def license_files(self) -> list[str]:
        """Files of licence text, relative to the root."""
        return list(self.table["license-files"])

    def metadata(self) -> str:
        """METADATA (PKG-INFO in a source distribution), core metadata 2.4."""
        table = self.table
        lines = [
            "Metadata-Version: 2.4",
            f"Name: {self.name}",
            f"Version: {self.version}",
            f"Summary: {table['description']}",
            f"Keywords: {','.join(table['keywords'])}",
            *(f"Author: {author['name']}" for author in table["authors"]),
            f"License-Expression: {table['license']}",
            *(f"License-File: {name}" for name in self.license_files),
            *(f"Classifier: {classifier}" for classifier in table["classifiers"]),
            f"Requires-Python: {table['requires-python']}",
            *(f"Requires-Dist: {requirement}" for requirement in table["dependencies"]),
            *self._extras(),
            "Description-Content-Type: text/markdown",
        ]
        readme: str = (layout.ROOT / str(table["readme"])).read_text("utf-8")
        return "\n".join(lines) + "\n\n" + readme

    def _extras(self) -> list[str]:
        lines = []
        for extra, requirements in self.table["optional-dependencies"].items():
            lines.append(f"Provides-Extra: {extra}")
            for requirement in requirements:
                wanted, _, marker = (part.strip() for part in requirement.partition(";"))
                condition = f"({marker}) and " if marker else ""
                lines.append(f'Requires-Dist: {wanted}; {condition}extra == "{extra}"')
        return lines

    def entry_points(self) -> str:
        """entry_points.txt: the commands that an install puts on PATH."""
        scripts = self.table["scripts"].items()
        return "\n".join(["[console_scripts]", *(f"{k} = {v}" for k, v in scripts)]) + "\n"
