"""A C caller releases a lease twice; meanwhile somebody else took one.

napari-cuda: release twice on the fallback's way. The second takes the other's hold, and the texture
goes from under it.
"""

from crash import abi
from crash.lab import Lab

WITHOUT = "handles"


def run(lab: Lab) -> None:
    with abi.context() as context:
        frames = [abi.upload(context, n) for n in (7, 9)]
        first = abi.lease(frames[0])
        again = first.copy()
        abi.release(first)
        held = abi.lease(frames[1])
        abi.destroy(frames[1])
        with lab.refused(abi.StatusError, "releasing a lease twice"):
            abi.release(again)
        third = abi.lease(frames[0])
        lab.expect_bytes(abi.read_leased(held), 9, "what the other's lease holds")
        lab.expect_bytes(abi.read_leased(third), 7, "what the third lease holds")
        abi.release(held)
        abi.release(third)
        abi.destroy(frames[0])
