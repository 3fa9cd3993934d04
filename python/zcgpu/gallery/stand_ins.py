"""What shaders get that want pictures: those that were named for them, or test cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from . import test_card

if TYPE_CHECKING:
    from ..scene import Scene


def give(scene: Scene, images: Mapping[str, Sequence[str]]) -> None:
    """Set every input that has no default to speak of.

    Args:
        images: paths by the input's name, six for a cube.
    """
    for index, name in enumerate(_names(scene, "image")):
        if name in images:
            scene.inputs[name] = Path(images[name][0])
        elif name == "endImage" or (index % 2 == 1 and name != "startImage"):
            scene.inputs[name] = test_card.night()
        else:
            scene.inputs[name] = test_card.day()
    for name in _names(scene, "cube"):
        paths = images.get(name)
        scene.inputs[name] = list(map(Path, paths)) if paths else test_card.sides()


def _names(scene: Scene, kind: str) -> list[str]:
    return [entry.name for entry in scene.info.inputs if entry.type == kind]
