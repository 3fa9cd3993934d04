"""A video that a device decodes is closed; its frames are looked at for the first time.

napari-cuda: the session's pointer lies inside the frame, which is used after the session is gone.
FFmpeg's frames name a surface, which is nobody's once the device's context is destroyed.
"""

from crash import device, films
from crash.lab import Lab

WITHOUT = "pictures"
DISPLAY = True


def run(lab: Lab) -> None:
    with device.opened() as video:
        frames = [video[number] for number in range(5)]
        video.close()
        for number, frame in enumerate(frames):
            what = f"frame {number} of the device that is closed"
            lab.expect(films.luma(frame), 16 + 7 * number, what)
