"""What is heard of a sound: according to ffmpeg, and by a shader."""

from pathlib import Path

import numpy as np
from video import media

import zcgpu

HEARD_AT_ONCE = 1024
"""Samples that `shown` gives."""


def heard(path: Path) -> np.ndarray:
    """What ffmpeg decodes: (samples, channels) float32."""
    probe = ["ffprobe", "-v", "error", "-select_streams", "a:0", "-show_entries"]
    channels = int(
        media.output_of([*probe, "stream=channels", "-of", "csv=p=0", str(path)]).split()[0]
    )
    command = [*media.QUIET, "-i", str(path), "-map", "0:a:0", "-f", "f32le", "-"]
    return np.frombuffer(media.output_of(command), "<f4").reshape(-1, channels)


def shown(context: zcgpu.Context, sound: object, channels: int, time: float) -> np.ndarray:
    """The last samples that are heard at a time: (channels, 1024), 0 to 1."""
    scene = context.scene(
        f'/*{{"INPUTS": [{{"NAME": "sound", "TYPE": "audio", "MAX": {HEARD_AT_ONCE}}}],'
        ' "PASSES": [{"FLOAT": true}]}*/ void main() '
        "{ gl_FragColor = IMG_NORM_PIXEL(sound, isf_FragNormCoord); }"
    )
    scene.inputs["sound"] = sound
    with scene.render(HEARD_AT_ONCE, channels, time=time) as frame:
        pixels: np.ndarray = np.array(frame)[..., 0]
    scene.close()
    return pixels
