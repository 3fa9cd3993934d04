"""A video is closed while frames of it are held and shown; another one is decoded.

napari-cuda: the session's pointer lies inside the frame, which is used after the session is gone.
The pictures' memory goes with the decoder, and comes to be that of the next one.
"""

import numpy as np
from crash import films
from crash.lab import Lab

import zcgpu

WITHOUT = "pictures"


def run(lab: Lab) -> None:
    video = zcgpu.open_video(films.steps("mkv"))
    frames = [video[number] for number in range(4)]
    views = [np.asarray(frame.planes[0]) for frame in frames]
    video.close()
    with zcgpu.open_video(films.shot(200, "mkv")) as other:
        kept = [other[number] for number in range(8)]
        for number, view in enumerate(views):
            what = f"frame {number} of the video that is closed"
            lab.expect(films.pixels(view), 16 + 7 * number, what)
            lab.expect(films.luma(frames[number]), 16 + 7 * number, what)
        for frame in kept:
            lab.expect(films.luma(frame), 200, "a frame of the other video")
