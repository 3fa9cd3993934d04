"""Damaged files: the same frames and the same errors, however many threads decode."""

from dataclasses import replace
from pathlib import Path

import pytest
from video import media, recipes
from video.damage import damaged, outcomes, packets
from video.decoded import md5
from video.feeding import wait
from video.packets import extradata
from video.packets import packets as packets_of

import zcgpu

LONG = f"{recipes.moving(frames=200)} -c:v libx264 -preset ultrafast -g 10 -bf 2"
EXACT = {
    "h264_b.mp4": range(8),
    "h264.ts": range(4),
    "h264_open.mkv": range(4),
    "mpeg4_b.avi": (1, 2, 21),
    "vp9.webm": (0, 3, 7, 15),
    "av1_hidden.mkv": (3, 5, 7, 19),
}
"""Files whose damage FFmpeg notices, or at least makes the same of always, and where that is."""


@pytest.mark.parametrize("name", EXACT)
def test_damage_is_told_the_same_however_many_threads_decode(name: str, tmp_path: Path) -> None:
    errors = 0
    for seed in EXACT[name]:
        path = damaged(media.file(name), seed, tmp_path)
        expected = outcomes(path, 1)
        errors += sum(number is None for number, _ in expected)
        for _ in range(4):
            assert outcomes(path, 8) == expected, (name, seed)
    assert errors, "damage that nobody noticed proves nothing"


def test_a_damaged_picture_is_refused_and_those_before_and_after_its_group_are_whole(
    tmp_path: Path,
) -> None:
    whole = media.made("long.mp4", LONG)
    expected = outcomes(whole, 1)[:-1]
    data = bytearray(whole.read_bytes())
    places = packets(whole)
    for number in (50, 110):
        place, size = places[number]
        data[place + size // 2 : place + size * 2 // 3] = b"\xff" * (size * 2 // 3 - size // 2)
    path = tmp_path / "damaged.mp4"
    path.write_bytes(data)
    found = outcomes(path, 8)
    assert len(found) == 201
    for there, here in zip(expected, found, strict=False):
        number = there[0] or 0
        assert here == there or (here[0] is None and number // 10 in (5, 11))
    assert [here[0] for here in found[50:60] + found[110:120]].count(None) >= 18
    assert found[-1] == (200, "packets")


def test_a_good_file_is_decoded_once() -> None:
    for name in ("h264_b.mp4", "h264_open.mkv", "hevc_b.mkv", "vp9_hidden.webm", "av1_hidden.mkv"):
        count = len(media.framemd5(name))
        with zcgpu.open_video(media.file(name), threads=8) as video:
            assert len(list(video)) == count
            assert video.stats()["failures"] == 0


def test_a_damaged_packet_fed_by_hand_is_one_error_and_no_frame() -> None:
    fed = list(packets_of("h264_b.mp4"))
    whole, third = fed[12].data, len(fed[12].data) // 3
    fed[12] = replace(fed[12], data=whole[:third] + b"\xff" * third + whole[2 * third :])
    head = extradata("h264_b.mp4", b"avcC")
    for threads in (1, *[8] * 8):
        ticks, failures = [], 0
        with zcgpu.Decoder("h264", head, threads=threads, backlog=256) as decoder:
            for packet in fed:
                decoder.send(packet.data, pts=packet.pts, dts=packet.dts)
            decoder.finish()
            while not decoder.ended:
                wait(decoder)
                try:
                    frame = decoder.receive()
                    ticks += [frame.pts_ticks] if frame else []
                except zcgpu.MediaError:
                    failures += 1
        assert failures == 1
        assert fed[12].pts not in ticks
        assert fed[30].pts in ticks


def harmed(whole: Path, place: float, folder: Path) -> Path:
    """A thirtieth of the file is zeros, from `place` of it on: several packets, or parts."""
    data = bytearray(whole.read_bytes())
    begin, count = int(len(data) * place), len(data) // 30
    data[begin : begin + count] = bytes(count)
    path = folder / f"{place:.3f}-{whole.name}"
    path.write_bytes(data)
    return path


FILMS = {
    "h264.mp4": f"{recipes.moving('128x96', 90)} -c:v libx264 -preset ultrafast -g 15 -bf 2",
    "h264_open.mp4": f"{recipes.moving('128x96', 90)} -c:v libx264 -preset ultrafast -bf 2 "
    "-x264-params open-gop=1:keyint=15:min-keyint=15:scenecut=0",
}


@pytest.mark.parametrize("name", FILMS)
@pytest.mark.parametrize("threads", [1, 8])
def test_every_frame_of_a_damaged_film_is_whole_or_an_error_with_its_number(
    name: str, threads: int, tmp_path: Path
) -> None:
    whole = media.made(f"harmed_{name}", FILMS[name])
    with zcgpu.open_video(whole) as video:
        expected = {frame.index: md5(frame) for frame in video}
    assert len(expected) == 90
    lost = 0
    for place in (0.1, 0.21, 0.33, 0.42, 0.55, 0.68, 0.77, 0.86):
        path = harmed(whole, place, tmp_path)
        with zcgpu.open_video(path, threads=threads) as video:
            assert len(video) == 90
            wrong, words = [], set()
            for number in (*range(90), *range(89, 0, -11)):
                try:
                    frame = video[number]
                except zcgpu.MediaError as error:
                    lost += 1
                    words.add(str(error))
                else:
                    assert not frame.is_damaged
                    if md5(frame) != expected[number]:
                        wrong.append(number)
            assert not wrong, (place, wrong)
            assert all("frame " in text for text in words)
            assert len(video) == 90
            assert video.index_kind == "packets"
    assert lost, "damage that nobody noticed proves nothing"


def test_damaged_frames_are_shown_to_who_asks_for_them_and_say_so(tmp_path: Path) -> None:
    path = harmed(media.made("harmed_h264.mp4", FILMS["h264.mp4"]), 0.42, tmp_path)
    with zcgpu.open_video(path) as strict, zcgpu.open_video(path, damage="show") as shown:
        refused, damaged, failed = set(), set(), set()
        for number in range(90):
            try:
                strict[number].close()
            except zcgpu.MediaError:
                refused.add(number)
            try:
                if shown[number].is_damaged:
                    damaged.add(number)
            except zcgpu.MediaError:
                failed.add(number)
        assert refused == damaged | failed
        assert damaged
        assert " damaged>" in repr(shown[min(damaged)])
    with pytest.raises(ValueError, match="damage"):
        zcgpu.open_video(path, damage="hide")


def test_traces_end_at_the_next_key_frame(tmp_path: Path) -> None:
    whole = media.made("harmed_h264.mp4", FILMS["h264.mp4"])
    places, data = packets(whole), bytearray(whole.read_bytes())
    place, size = places[34]  # in the group of frames 30 to 44
    data[place + 5 : place + size] = bytes(size - 5)
    path = tmp_path / "one.mp4"
    path.write_bytes(data)
    refused = {}
    with zcgpu.open_video(path) as video:
        for number in range(90):
            try:
                video[number].close()
            except zcgpu.MediaError as error:
                refused[number] = str(error)
    assert max(refused) == 44
    assert min(refused) > 30
    assert len(refused) >= 8
    assert "frame 44, at 1.76 s, is decoded from damaged data before it" in refused[44]
