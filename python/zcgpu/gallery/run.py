"""One run over a library: what is drawn anew, what is known, and what comes of it."""

from __future__ import annotations

import os
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

from ..errors import DisplayError
from .cache import Cache, digest, key_of
from .crew import Crew, Finished
from .library import Library, shown


@dataclass(frozen=True, slots=True)
class Settings:
    """How shaders are drawn.

    ``size`` in pixels, ``times`` in seconds, in order; ``images`` are paths by input name, six
    for a cube, and ``sounds`` are WAV files; ``timeout`` in seconds for each shader.
    """

    size: tuple[int, int] = (320, 180)
    times: tuple[float, ...] = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5)
    images: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sounds: dict[str, str] = field(default_factory=dict)
    dialect: str = "auto"
    timeout: float = 60.0
    jobs: int = 1


class Run:
    """Draws a library's shaders, or finds them as they were drawn before.

    ``reports`` has one for each shader that is done, by its path; docs/gallery.md says what is in
    it. ``drawn`` counts those that were drawn in this run.
    """

    def __init__(self, library: Library, settings: Settings, cache: Cache) -> None:
        self.library = library
        self.settings = settings
        self.cache = cache
        self.reports: dict[str, dict[str, Any]] = {}
        self.drawn = 0

    def go(self) -> Generator[Finished, None, None]:
        """Yield (path, report) for each shader as it is done.

        Raises:
            DisplayError: there is no context to draw in, so that no shader can be drawn.
        """
        named = self.settings.images.items()
        heard = self.settings.sounds.items()
        files: dict[str, Any] = {
            "images": {name: [digest(path) for path in paths] for name, paths in named},
            "sounds": {name: digest(path) for name, path in heard},
        }
        how: dict[str, Any] = {
            "size": self.settings.size,
            "times": self.settings.times,
            "dialect": self.settings.dialect,
        }
        keys = {path: key_of(path, {**how, **files}) for path in self.library.paths}
        timeout = self.settings.timeout
        for path, key in keys.items():
            report = self.cache.find(key, timeout)
            if report is not None:
                yield self._done(path, report)
        left = [path for path in self.library.paths if path not in self.reports]
        jobs = (
            {"path": path, **how, "images": dict(named), "sounds": dict(heard)} for path in left
        )
        for path, told in Crew(self.settings.jobs, timeout).run(jobs):
            if told["failure"] == "display":
                raise DisplayError(told["problems"][0]["message"])
            report = {**blank(path), **told}
            self.cache.keep(keys[path], report, timeout, report.pop("dependencies"))
            self.drawn += 1
            yield self._done(path, report)

    def _done(self, path: str, report: dict[str, Any]) -> Finished:
        self.reports[path] = {**report, "path": shown(path)}
        return path, self.reports[path]

    @property
    def in_order(self) -> list[dict[str, Any]]:
        """The reports of those that are done, in the library's order."""
        return [self.reports[path] for path in self.library.paths if path in self.reports]


def blank(path: str) -> dict[str, Any]:
    """What is said of a shader of which nothing is known."""
    return {
        "path": shown(path),
        "name": shown(os.path.splitext(os.path.basename(path))[0]),
        "status": "failed",
        "failure": None,
        "kind": None,
        "description": None,
        "credit": None,
        "categories": [],
        "keywords": [],
        "isf_version": None,
        "inputs": [],
        "passes": [],
        "problems": [],
        "warnings": [],
        "flat": None,
        "contrast": None,
        "cost": None,
        "seconds": None,
        "renderer": None,
        "strip": None,
        "dependencies": {},
    }
