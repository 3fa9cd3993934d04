"""What shaders get that want pictures or sound: what was named for them, or what we made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..audio import Audio
from . import test_card, test_tone

if TYPE_CHECKING:
    from ..scene import Scene


def give(
    scene: Scene, images: Mapping[str, Sequence[str]], sounds: Mapping[str, str], until: float
) -> None:
    """Set every input that has no default to speak of.

    Args:
        images: paths by the input's name, six for a cube.
        sounds: paths of WAV files by the input's name.
        until: the last time that is drawn, seconds.
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
    names = _names(scene, "audio", "audioFFT")
    tone = Audio(test_tone.sweep(until + 0.5), test_tone.RATE) if names else None
    for name in names:
        scene.inputs[name] = Path(sounds[name]) if name in sounds else tone


def _names(scene: Scene, *kinds: str) -> list[str]:
    return [entry.name for entry in scene.info.inputs if entry.type in kinds]
