"""A C caller has a frame read into less memory than it needs, at the end of a page.

PyOpenGL: short buffers corrupt the heap.
"""

from crash import abi, memory
from crash.lab import Lab

WITHOUT = "sizes"


def run(lab: Lab) -> None:
    with abi.context() as context, memory.ending_page(100) as address:
        frame = abi.upload(context, 7)
        with lab.refused(abi.StatusError, "reading 256 bytes into 100"):
            abi.read_into(frame, address, 100)
        lab.expect_bytes(abi.read(frame), 7, "the frame")
        abi.destroy(frame)
