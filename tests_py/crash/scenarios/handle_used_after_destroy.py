"""A C caller reads a frame by a handle that was given up, after another frame was made.

The Zig player: a token is a pointer, cast; one of something gone is another's, or nothing's.
"""

from crash import abi
from crash.lab import Lab

WITHOUT = "handles"


def run(lab: Lab) -> None:
    with abi.context() as context:
        gone = abi.upload(context, 7)
        stale = gone.copy()
        abi.destroy(gone)
        frame = abi.upload(context, 9)
        with lab.refused(abi.StatusError, "reading by a stale handle"):
            lab.expect_bytes(abi.read(stale), 7, "the frame that is gone")
        lab.expect_bytes(abi.read(frame), 9, "the other frame")
        abi.destroy(frame)
