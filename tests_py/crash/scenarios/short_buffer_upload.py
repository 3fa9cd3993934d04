"""A C caller uploads a picture from less memory than it says, at the end of a page.

PyOpenGL: reads beyond the array, and shows what lies there, or ends the process.
"""

from crash import abi, memory
from crash.lab import Lab

WITHOUT = "sizes"


def run(lab: Lab) -> None:
    with abi.context() as context, memory.ending_page(100) as address:
        with lab.refused(abi.StatusError, "uploading 256 bytes of 100"):
            abi.destroy(abi.create(context, address, 100))
        frame = abi.upload(context, 7)
        lab.expect_bytes(abi.read(frame), 7, "the frame")
        abi.destroy(frame)
