"""A C caller gives a frame's handle up twice; meanwhile another frame was made.

napari-cuda: a cache's capsule was destroyed twice. The second time takes somebody else's frame,
and the next one made gets its place.
"""

from crash import abi
from crash.lab import Lab

WITHOUT = "handles"


def run(lab: Lab) -> None:
    with abi.context() as context:
        first = abi.upload(context, 7)
        again = first.copy()
        abi.destroy(first)
        held = abi.upload(context, 9)
        with lab.refused(abi.StatusError, "destroying a frame twice"):
            abi.destroy(again)
        later = abi.upload(context, 11)
        lab.expect_bytes(abi.read(held), 9, "the frame that nobody destroyed")
        lab.expect_bytes(abi.read(later), 11, "the frame made later")
        abi.destroy(held)
        abi.destroy(later)
