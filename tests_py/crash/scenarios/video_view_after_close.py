"""An array shows a plane of a decoded frame after the frame is closed; decoding goes on.

The Zig player: frees the retained frame while it is in use when decoding outruns drawing. The
decoder takes the memory for the next picture, under the eyes of who still looks at the last.
"""

import numpy as np
from crash import films
from crash.lab import Lab

import zcgpu

WITHOUT = "views"


def run(lab: Lab) -> None:
    with zcgpu.open_video(films.steps("mkv")) as video:
        frame = video[2]
        view = np.asarray(frame.planes[0])
        frame.close()
        for number in range(3, 20):
            with video[number] as later:
                lab.expect(films.luma(later), 16 + 7 * number, f"frame {number}")
        lab.expect(films.pixels(view), 16 + 7 * 2, "the view of the frame that is closed")
