"""A download broke off: a file ends in the middle of a frame.

FFmpeg itself, and the players that take what it gives: what is missing of the last picture is made
up, and the film ends as if it were over.
"""

import tempfile
from pathlib import Path

from crash import films
from crash.lab import Lab

import zcgpu

WITHOUT = "damage"


def run(lab: Lab) -> None:
    film = films.noisy("h264")
    good = films.packets(film)
    data = film.read_bytes()
    end = data.index(good[12].data) + len(good[12].data) // 2
    with tempfile.TemporaryDirectory() as folder:
        cut = Path(folder, film.name)
        cut.write_bytes(data[:end])
        with zcgpu.open_video(film) as video, zcgpu.open_video(cut) as other:
            for number in range(12):
                lab.expect(films.luma(other[number]), films.luma(video[number]), f"frame {number}")
            with lab.refused(zcgpu.MediaError, "a frame of which half is missing"):
                lab.expect(films.luma(other[12]), films.luma(video[12]), "the cut frame")
