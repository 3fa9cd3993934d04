"""What an ISF header says, as Python objects."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class InputInfo:
    """One input as its author declared it.

    ``type`` is event, bool, long, float, point2D, point3D, color, image, audio, audioFFT or cube.
    ``min`` and ``max`` are what a user interface would show; None where the header bounds nothing.
    Of audio and audioFFT, ``max`` is how many columns the shader asks for. ``identity`` is the
    value that changes nothing, where the header names one.
    """

    name: str
    type: str
    label: str | None = None
    description: str | None = None
    default: Any = None
    identity: Any = None
    min: Any = None
    max: Any = None
    values: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportInfo:
    """A picture that comes with the shader. ``type`` is image, of one path, or cube, of six.

    ``paths`` are as the header writes them, relative to the shader's file; a cube's are its
    right, left, top, bottom, front and back.
    """

    name: str
    type: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassInfo:
    """One pass. ``width`` and ``height`` are the header's expressions; None is the frame's."""

    target: str | None = None
    width: str | None = None
    height: str | None = None
    persistent: bool = False
    float: bool = False


@dataclass(frozen=True, slots=True)
class SceneInfo:
    """What a shader's header says. ``kind`` is generator, filter or transition.

    ``header`` is the header's JSON as written, with whatever else its author put there.
    """

    name: str
    description: str | None
    credit: str | None
    categories: tuple[str, ...]
    keywords: tuple[str, ...]
    isf_version: str | None
    version: str | None
    kind: str
    inputs: tuple[InputInfo, ...]
    imports: tuple[ImportInfo, ...]
    passes: tuple[PassInfo, ...]
    header: str

    @classmethod
    def parse(cls, text: str) -> SceneInfo:
        """From the native side's JSON."""
        members = json.loads(text)
        for key in ("categories", "keywords"):
            members[key] = tuple(members[key])
        members["inputs"] = tuple(_input(entry) for entry in members["inputs"])
        members["imports"] = tuple(
            ImportInfo(entry["name"], entry["type"], tuple(entry["paths"]))
            for entry in members["imports"]
        )
        members["passes"] = tuple(PassInfo(**entry) for entry in members["passes"])
        return cls(**members)


def _input(entry: dict[str, Any]) -> InputInfo:
    members: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
    }
    return InputInfo(**members)
