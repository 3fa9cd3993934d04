"""Files with damaged packets, and what comes of a file."""

import random
from pathlib import Path

from video import media
from video.decoded import md5

import zcgpu


def packets(path: Path) -> list[tuple[int, int]]:
    """Where each packet's bytes begin, and how many there are."""
    fields = ["-show_entries", "packet=pos,size", "-of", "csv=p=0"]
    told = media.output_of(["ffprobe", "-v", "error", "-select_streams", "v:0", *fields, str(path)])
    lines = [line.split(",") for line in told.decode().split()]
    return [(int(position), int(size)) for size, position, *_ in lines if position != "N/A"]


def damaged(whole: Path, seed: int, folder: Path) -> Path:
    """The file with one packet damaged: in its middle, in some bits, up to its end, in its head."""
    chance = random.Random(seed)
    data = bytearray(whole.read_bytes())
    place, size = chance.choice(packets(whole))
    match seed % 4:
        case 0:
            first = chance.randrange(max(1, size // 4), max(2, size))
            count = min(max(2, size // 8), size - first)
            data[place + first : place + first + count] = b"\xff" * count
        case 1:
            for _ in range(4):
                data[place + chance.randrange(min(8, size - 1), size)] ^= 1 << chance.randrange(8)
        case 2:
            first = chance.randrange(size // 4, size)
            data[place + first : place + size] = bytes(size - first)
        case 3:
            head = min(size - 1, 5)
            count = min(8, size - head)
            data[place + head : place + head + count] = bytes(
                chance.randrange(256) for _ in range(count)
            )
    path = folder / f"{seed}-{whole.name}"
    path.write_bytes(data)
    return path


def outcomes(path: Path, threads: int) -> list[tuple[int | None, str]]:
    """Each frame's number and MD5, or an error's words; then how many frames there are."""
    found: list[tuple[int | None, str]] = []
    with zcgpu.open_video(path, threads=threads) as video:
        frames = iter(video)
        while len(found) < 500:
            try:
                frame = next(frames)
                found.append((frame.index, md5(frame)))
            except zcgpu.MediaError as error:
                found.append((None, str(error)))
            except StopIteration:
                found.append((len(video), str(video.index_kind)))
                return found
    raise AssertionError("a file without an end")
