"""Leases: holds on frames, on the GPU or decoded, in roles."""

from __future__ import annotations

from . import _native
from ._closing import Closing
from ._origin import caller

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    Role = Literal["decoder", "cache", "presenter", "renderer"]


class Lease(_native.Lease, Closing):
    """One hold on a frame: as long as it is not given up, the frame's pixels stay.

    Made by ``frame.lease(role)``, of a `Frame` or a `VideoFrame`; ``lease.frame()`` gives one back.
    A frame has any number of holds, each in the role of a reason: decoder, cache, presenter or
    renderer; ``gpu`` is the GPU's own, which nobody can take from it.
    A lease is given up exactly once, by `release` or `pass_to`; a ``with`` block and `close` do it
    if it was not done before.
    """

    __slots__ = ()

    def pass_to(self, role: Role) -> Lease:
        """Pass the hold to another role; this lease is used up.

        The frame has a holder at every moment. A failed call leaves the lease as it was.

        Raises:
            LeaseError: the lease was released or passed on before, or ``role`` is ``"gpu"``.
            InvalidArgumentError: a role that is none.
            StaleError: the frame belongs to an ended generation of its context.
        """
        lease: Lease = self._pass_to(role, caller())
        return lease

    def capsule(self, *, owned: bool = True) -> Any:
        """The hold for another extension: a ``PyCapsule`` named ``zcgpu.lease``.

        Args:
            owned: the capsule brings a hold of its own, in the same role. Otherwise it lends this
                lease's, and keeps this lease's object alive.

        docs/capsules.md tells how to take one.
        """
        return self._capsule(owned)

    def __repr__(self) -> str:
        if self.closed:
            return "<zcgpu.Lease given up>"
        return f"<zcgpu.Lease {self.role!r} of {self.holders}>"
