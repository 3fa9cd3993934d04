"""A C caller gives a mapping back twice; meanwhile somebody else has mapped another frame.

wgpu: a view after unmap is a segmentation fault. The second unmap takes the other's memory, and the
next picture is read into it, under the eyes of who still looks.
"""

from crash import abi
from crash.lab import Lab

WITHOUT = "handles"


def run(lab: Lab) -> None:
    with abi.context() as context:
        frames = [abi.upload(context, n) for n in (7, 9, 11)]
        first = abi.Mapping(frames[0])
        first.unmap()
        held = abi.Mapping(frames[1])
        abi.destroy(frames[1])
        with lab.refused(abi.StatusError, "unmapping twice"):
            first.unmap()
        later = abi.Mapping(frames[2])
        lab.expect_bytes(held.pixels, 9, "the mapping that nobody gave back")
        lab.expect_bytes(later.pixels, 11, "the mapping made later")
        held.unmap()
        later.unmap()
        abi.destroy(frames[0])
        abi.destroy(frames[2])
