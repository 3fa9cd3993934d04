"""A file was damaged on its way; the damage lies in the middle of the film.

FFmpeg itself, and the players that take what it gives: the decoder makes parts of the picture up,
from its neighbours or of grey, and says so in a flag that nobody reads.
"""

import tempfile
from pathlib import Path

from crash import films
from crash.lab import Lab

import zcgpu

WITHOUT = "damage"


def run(lab: Lab) -> None:
    film = films.noisy("mp4")
    good = films.packets(film)
    data = bytearray(film.read_bytes())
    at = data.index(good[5].data) + len(good[5].data) // 3
    data[at : at + 200] = bytes(200)
    with tempfile.TemporaryDirectory() as folder:
        broken = Path(folder, film.name)
        broken.write_bytes(data)
        with zcgpu.open_video(film) as video, zcgpu.open_video(broken) as other:
            for number in range(5):
                lab.expect(films.luma(other[number]), films.luma(video[number]), f"frame {number}")
            with lab.refused(zcgpu.MediaError, "a frame that is made up"):
                lab.expect(films.luma(other[5]), films.luma(video[5]), "the damaged frame")
            lab.expect(films.luma(other[12]), films.luma(video[12]), "the next keyframe")
