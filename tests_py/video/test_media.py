"""What the other tests of video rely on."""

import hashlib

import pytest
from video import media
from video.recipes import MOVIES, SOUNDS, STILLS


@pytest.mark.parametrize("name", MOVIES)
def test_no_two_frames_of_a_film_are_alike(name: str) -> None:
    pictures = media.framemd5(name)
    assert len({picture.md5 for picture in pictures}) == len(pictures) > 4


@pytest.mark.parametrize("name", STILLS)
def test_a_still_has_one_frame(name: str) -> None:
    assert len(media.framemd5(name)) == 1


@pytest.mark.parametrize("name", SOUNDS)
def test_a_sound_lasts(name: str) -> None:
    assert len(media.framemd5(name)) > 4


def test_bytes_and_checksums_are_of_the_same_frames() -> None:
    data = media.raw_frames(media.file("h264.mp4"))
    pictures = media.framemd5("h264.mp4")
    size = pictures[0].size
    assert size == 64 * 48 * 3 // 2
    assert [hashlib.md5(data[at : at + size]).hexdigest() for at in range(0, len(data), size)] == [
        picture.md5 for picture in pictures
    ]


def test_a_file_is_made_once() -> None:
    path = media.file("h264.mp4")
    before = path.stat().st_mtime_ns
    assert media.file("h264.mp4") == path
    assert path.stat().st_mtime_ns == before
