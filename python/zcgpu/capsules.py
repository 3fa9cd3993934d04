"""Capsules: frames, leases and videos' frames on their way between extensions."""

from __future__ import annotations

from . import _native
from ._origin import caller

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .frame import Frame
    from .lease import Lease
    from .video_frame import VideoFrame


def from_capsule(capsule: Any) -> Frame | Lease | VideoFrame:
    """Take what a capsule brings: a frame, a lease or a video's frame, with a hold of its own.

    A capsule is taken once. One that is borrowed goes on to belong to who made it.

    Args:
        capsule: a ``PyCapsule`` of `Frame.capsule`, `Lease.capsule` or `VideoFrame.capsule`, or of
            another extension that made it as ``zcgpu.h`` tells.

    Raises:
        LeaseError: the capsule was taken before.
        WrongTypeError: no capsule, another's capsule, or one whose handle names nothing that lives.
    """
    taken: Frame | Lease | VideoFrame = _native.from_capsule(capsule, caller())
    return taken
