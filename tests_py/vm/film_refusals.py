"""A program that draws a film's frames while refusing_egl.c refuses one way after another."""

import json
import os
import sys
from typing import Any

import numpy as np
from va import zcsw
from video import media

import zcgpu
from vm.cards import node_of
from vm.shown import differ

FRAMES = 3


def pictures() -> list[Any]:
    """What they are to show."""
    with zcgpu.open_video(media.file("vp9.webm"), backend="software") as video:
        return [np.asarray(video[number]) for number in range(FRAMES)]


def outcome(
    wanted: list[Any], dialect: str, refused: str, faults: str, mode: str
) -> dict[str, Any]:
    """What came of one film: how far its pictures are off, its road and texture, or the error."""
    os.environ["REFUSE"] = refused
    environment = zcsw.environment(drm=str(node_of("vgem")), **dict.fromkeys(faults.split(), 1))
    os.environ.update(environment)
    told: dict[str, Any] = {}
    options: dict[str, Any] = {
        "device": str(node_of("vgem", "renderD")),
        "backend": "vaapi",
        "zero_copy": mode,
    }
    with zcgpu.Context(dialect=dialect) as context:
        try:
            with zcgpu.open_video(media.file("vp9.webm"), context=context, **options) as video:
                uploads = context.validate()["uploads"]
                told["off"] = max(
                    differ(video[number].rgb(), wanted[number]) for number in range(FRAMES)
                )
                told["uploads"] = context.validate()["uploads"] - uploads
                with video[FRAMES] as frame, frame.texture(0) as texture:
                    told["luma"] = differ(texture, frame.planes[0])
                told["stats"] = video.stats()
                told["story"] = video.explain()
        except zcgpu.DmabufError as error:
            told["error"] = str(error)
        told["by"] = [report["by"] for report in context.info["imports"]]
    for name in environment:
        os.environ.pop(name)
    return told


if __name__ == "__main__":
    shown = pictures()
    print(json.dumps([outcome(shown, *case) for case in json.loads(sys.argv[1])]))
