"""A frame cannot be drawn, and is drawn another way; then both ways release it.

napari-cuda: release twice on the fallback's way. The second takes somebody else's frame, and what
is decoded next gets its place.
"""

from crash import abi_video, films
from crash.abi import StatusError
from crash.lab import Lab

WITHOUT = "handles"


def run(lab: Lab) -> None:
    video = abi_video.open_video(films.steps("mkv"))
    frame = abi_video.frame(video, 1)
    again = frame.copy()
    # (Y - 16) * 255 / 219
    lab.expect_bytes(abi_video.picture(frame), (8, 8, 8, 255), "what the fallback draws")
    abi_video.release(frame)
    held = abi_video.frame(video, 2)
    with lab.refused(StatusError, "releasing a frame twice"):
        abi_video.release(again)
    third = abi_video.frame(video, 3)
    lab.expect_bytes(abi_video.picture(held), (16, 16, 16, 255), "the frame that nobody released")
    lab.expect_bytes(abi_video.picture(third), (24, 24, 24, 255), "the frame that came after")
    abi_video.release(held)
    abi_video.release(third)
    abi_video.close(video)
