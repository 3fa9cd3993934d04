"""The 200 places that are gone to, the same as in benchmarks/video_reference.c."""


def place(turn: int, count: int) -> int:
    """A frame's number, of `count`: scattered, and the same for everyone."""
    return turn % 200 * 2654435761 % 2**32 % count
