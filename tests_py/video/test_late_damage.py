"""Damage that shows late: in a picture that comes out after others that refer to it, or never."""

import struct
from pathlib import Path

import pytest
from video import media, recipes
from video.damage import damaged, outcomes, packets
from video.decoded import md5

import zcgpu

MOVING = recipes.moving("128x96", 90)
FILMS = {
    "cavlc.mp4": f"{MOVING} -c:v libx264 -preset ultrafast -g 15 -bf 2",
    "cabac.mp4": f"{MOVING} -c:v libx264 -preset medium -g 15 -bf 3 -refs 4",
    "mpeg4.avi": f"{MOVING} -c:v mpeg4 -g 15 -bf 2",
    "mpeg2.mkv": f"{MOVING} -c:v mpeg2video -g 15 -bf 2",
}
OPEN = {
    "mpeg2.mkv": FILMS["mpeg2.mkv"],
    "mpeg1.mkv": f"{MOVING} -c:v mpeg1video -g 15 -bf 2",
    "mpeg4.mkv": f"{MOVING} -c:v mpeg4 -g 15 -bf 2",
    "hevc.mkv": f"{MOVING} {recipes.X265}:bframes=3:b-adapt=0:open-gop=1",
}
"""With pictures that are shown before a key frame, and refer to what is before it."""


def film(name: str) -> Path:
    return media.made(f"late_{name}", {**FILMS, **OPEN}[name])


def pictures(path: Path) -> dict[int, str]:
    """What each frame of a whole film shows."""
    with zcgpu.open_video(path) as video:
        return {number: md5(video[number]) for number in range(len(video))}


@pytest.mark.parametrize("name", FILMS)
def test_what_is_shown_before_a_damaged_picture_and_refers_to_it_is_refused(
    name: str, tmp_path: Path
) -> None:
    whole = {*pictures(film(name)).values()}
    found = 0
    for seed in range(24):
        refusals, wrong = {}, []
        with zcgpu.open_video(damaged(film(name), seed, tmp_path), threads=1) as video:
            for number in range(len(video)):
                try:
                    frame = video[number]
                except zcgpu.MediaError as error:
                    refusals[number] = str(error)
                except zcgpu.OutOfRangeError:
                    break  # a packet of MPEG-2 whose first bytes are gone is no picture
                else:
                    wrong += [number] if md5(frame) not in whole else []
        made_up = [number for number, words in refusals.items() if "made up" in words]
        if made_up:
            found += 1
            assert not {*range(min(made_up) - 4, min(made_up))} & {*wrong}, (seed, wrong)
    assert found, "damage that nobody noticed proves nothing"


@pytest.mark.parametrize("name", OPEN)
def test_damage_takes_no_frame_away(name: str, tmp_path: Path) -> None:
    """Parts of a packet, that is: where its head is gone there may be no picture."""
    count = len(pictures(film(name)))
    errors = 0
    for seed in (it for it in range(16) if it % 4 != 3):
        path = damaged(film(name), seed, tmp_path)
        for threads in (1, 4):
            *found, (number, _) = outcomes(path, threads)
            assert len(found) == number == count, seed
            assert all(at in (None, place) for place, (at, _) in enumerate(found)), seed
            errors += sum(at is None for at, _ in found)
    assert errors or name == "hevc.mkv", "damage that nobody noticed proves nothing"


def test_a_packet_without_a_picture_is_an_error_in_its_place(tmp_path: Path) -> None:
    whole = pictures(film("mpeg2.mkv"))
    place, size = packets(film("mpeg2.mkv"))[36]
    data = bytearray(film("mpeg2.mkv").read_bytes())
    data[place + 4 : place + size] = bytes(size - 4)  # behind the start code: no kind of picture
    path = tmp_path / "gone.mkv"
    path.write_bytes(data)
    *found, (count, _) = outcomes(path, 1)
    assert count == len(found) == len(whole) == 90
    lost = [words for number, words in found if number is None]
    assert lost
    assert any("gives no picture" in words for words in lost)
    assert all(number in (None, at) for at, (number, _) in enumerate(found))
    assert all(whole[number] == shown for number, shown in found if number is not None)


def test_blocks_that_are_left_out_without_a_failure_are_seen_by_all_threads(
    tmp_path: Path,
) -> None:
    errors = 0
    for seed in range(24):
        path = damaged(film("cabac.mp4"), seed, tmp_path)
        expected = outcomes(path, 1)
        errors += sum(number is None for number, _ in expected)
        for threads in (2, 4):
            assert outcomes(path, threads) == expected, (seed, threads)
    assert errors, "damage that nobody noticed proves nothing"


@pytest.mark.parametrize("threads", [1, 2])
def test_frames_that_refer_to_damage_in_what_an_edit_list_hides_are_refused(
    threads: int, tmp_path: Path
) -> None:
    source = media.made("late_long.mp4", f"{MOVING} -c:v libx264 -preset ultrafast -g 40 -bf 0")
    cut = tmp_path / "cut.mp4"
    media.output_of([*media.QUIET, "-ss", "1.0", "-i", str(source), "-c", "copy", str(cut)])
    whole = pictures(cut)
    assert len(whole) < len(packets(cut)), "nothing is hidden"
    place, size = packets(cut)[8]
    data = bytearray(cut.read_bytes())
    data[place + size // 2 : place + size // 2 + size // 8] = b"\xff" * (size // 8)
    path = tmp_path / "damaged.mp4"
    path.write_bytes(data)
    found: dict[int, str] = {}
    words: set[str] = set()
    with zcgpu.open_video(path, threads=threads) as video:
        assert len(video) == len(whole)
        for number in range(len(video)):
            try:
                found[number] = md5(video[number])
            except zcgpu.MediaError as error:
                words.add(str(error))
    assert all("decoded from damaged data before it" in text for text in words)
    assert found == {number: whole[number] for number in range(15, len(whole))}


def test_one_of_raw_pictures_that_cannot_be_is_one_error(tmp_path: Path) -> None:
    recipe = f"{recipes.moving('192x96', 16, 'yuv422p10le')} -c:v v210"
    path = media.made("late_v210.avi", recipe)
    whole = pictures(path)
    data = bytearray(path.read_bytes())
    place = data.index(b"movi") + 4
    for _ in range(5):
        place += 8 + struct.unpack_from("<I", data, place + 4)[0]
    (size,) = struct.unpack_from("<I", data, place + 4)
    struct.pack_into("<I", data, place + 4, 100)  # the rest of its bytes are of no stream
    data[place + 108 : place + 116] = struct.pack("<4sI", b"JUNK", size - 108)
    struct.pack_into("<I", data, data.index(b"idx1") + 8 + 16 * 5 + 12, 100)
    broken = tmp_path / "broken.avi"
    broken.write_bytes(data)
    for threads in (1, 2):
        found = outcomes(broken, threads)[:-1]
        assert [number for number, _ in found] == [*range(5), None, *range(6, 16)]
        assert all(number is None or whole[number] == shown for number, shown in found)
        with zcgpu.open_video(broken, threads=threads) as video:
            lost = set()
            for number in (0, *range(16), *range(15, -1, -1)):
                try:
                    assert md5(video[number]) == whole[number]
                except zcgpu.MediaError:
                    lost.add(number)
            assert lost == {5}
