"""Damaged files: the same frames and the same errors, however many threads decode."""

from dataclasses import replace
from pathlib import Path

import pytest
from video import media, recipes
from video.damage import damaged, outcomes, packets
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
    assert [number for number, _ in found].count(None) == 2
    for there, here in zip(expected, found, strict=False):
        assert here == there or (there[0] or 0) // 10 in (5, 11)
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
