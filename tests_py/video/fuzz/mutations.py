"""What a fuzzer makes of a file: damage of the kinds that disks, networks and enemies do."""

import random
import re
from collections.abc import Callable

EDGES = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
WORD = re.compile(rb"[a-zA-Z][a-zA-Z0-9 ]{3}")
"""Four letters: the name of a box, chunk or codec, beside which sizes and counts stand."""

Damage = Callable[[random.Random, bytearray, bytes], None]


def mutated(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """A file like `data`, damaged in one place or several; `other` is what may be spliced in."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        if changed:
            chance.choice(DAMAGES)(chance, changed, other)
    return bytes(changed)


def place(chance: random.Random, size: int) -> int:
    """A position, often near an end, where headers and indices are."""
    near = min(size, chance.choice((32, 256, 2048)))
    return chance.choice(
        (chance.randrange(size), chance.randrange(near), size - 1 - chance.randrange(near))
    )


def flip(chance: random.Random, data: bytearray, other: bytes) -> None:
    for _ in range(chance.choice((1, 2, 16))):
        data[place(chance, len(data))] ^= 1 << chance.randrange(8)


def number(chance: random.Random, data: bytearray, _: bytes) -> None:
    write(chance, data, place(chance, len(data)))


def header(chance: random.Random, data: bytearray, _: bytes) -> None:
    words = [found.start() for found in WORD.finditer(data[:65536])]
    if words:
        write(chance, data, max(0, chance.choice(words) + chance.choice((-4, 0, 4, 8, 12, 16, 20))))


def write(chance: random.Random, data: bytearray, at: int) -> None:
    size = chance.choice((1, 2, 4, 4, 8))
    value = chance.choice(
        (chance.choice(EDGES), chance.randrange(300), chance.getrandbits(8 * size))
    )
    big = (value % (1 << 8 * size)).to_bytes(size, "big")
    data[at : at + size] = chance.choice((big, big[::-1]))[: len(data) - at]


def truncate(chance: random.Random, data: bytearray, _: bytes) -> None:
    del data[place(chance, len(data)) :]


def cut(chance: random.Random, data: bytearray, _: bytes) -> None:
    at = place(chance, len(data))
    del data[at : at + chance.choice((1, 4, 188, chance.randrange(len(data)) + 1))]


def repeat(chance: random.Random, data: bytearray, _: bytes) -> None:
    at = place(chance, len(data))
    part = data[at : at + chance.choice((1, 4, 188, 4096))]
    data[at:at] = part * chance.choice((1, 2, 5))


def fill(chance: random.Random, data: bytearray, _: bytes) -> None:
    at, size = place(chance, len(data)), chance.choice((4, 64, 1024))
    part = chance.choice((bytes(size), b"\xff" * size, chance.randbytes(size)))
    data[at : at + size] = part[: len(data) - at]


def splice(chance: random.Random, data: bytearray, other: bytes) -> None:
    begin = chance.randrange(len(other))
    part = other[begin : begin + chance.choice((16, 512, 8192, len(other)))]
    at = place(chance, len(data))
    data[at : at + chance.choice((0, len(part)))] = part


DAMAGES: tuple[Damage, ...] = (
    flip,
    flip,
    number,
    header,
    header,
    truncate,
    cut,
    repeat,
    fill,
    splice,
)
