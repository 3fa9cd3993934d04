"""Pools: a budget of GPU memory, and the frames that it is spent on."""

from __future__ import annotations

from dataclasses import dataclass
from json import loads
from operator import index

from . import _native
from ._arguments import shown
from ._closing import Closing, never_raising
from .errors import InvalidArgumentError, WrongTypeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from .context import Context
    from .frame import Frame

_FORMATS = {"uint8": 1, "float32": 2}


@dataclass(frozen=True, slots=True)
class PoolStatistics:
    """What a pool holds and has done, in bytes and counts of textures, exact.

    A texture takes width * height * 4 bytes, or * 16 where it is of floats. It is *live* while
    somebody holds it, *orphaned* if `Pool.force_cleanup` came meanwhile, *retiring* until the GPU
    has finished with it, and then *idle* until it is taken again. All count in the ``budget``.

    ``hits`` were served by an idle texture, ``misses`` made a new one; ``evictions`` deleted one
    that could have been taken again; ``peak_bytes`` is the most that was ever used.
    """

    budget: int
    live_count: int
    live_bytes: int
    orphaned_count: int
    orphaned_bytes: int
    retiring_count: int
    retiring_bytes: int
    idle_count: int
    idle_bytes: int
    hits: int
    misses: int
    evictions: int
    peak_bytes: int

    @property
    def used_bytes(self) -> int:
        """What counts in the budget."""
        return self.live_bytes + self.orphaned_bytes + self.retiring_bytes + self.idle_bytes


@dataclass(frozen=True, slots=True)
class Holding:
    """Textures that are alike: ``count`` of one size, ``bytes`` together, held in the same way.

    ``use`` is "frame"; "pass buffer" or "scratch" of a scene; or "read-back". ``roles`` says how
    often each frame is held, and as what.
    """

    width: int
    height: int
    dtype: str
    count: int
    bytes: int
    use: str
    label: str | None
    roles: Mapping[str, int]


class Pool(_native.Pool, Closing):
    """A budget of GPU memory in a context. Made by ``context.pool(...)``.

    A texture that was let go of is used again, for one of exactly its size and type, once the GPU
    has finished with it. A full pool deletes what is idle, the oldest first, then waits for the
    GPU, then raises `PoolExhausted`, which says who holds what. Re-initialising the context empties
    the books: what is older counts nowhere.

    Closing a pool takes nothing from those who hold its frames. A context's own pool goes on.
    """

    __slots__ = ()

    def __new__(cls, context: Context, budget: int | None = None) -> Pool:  # noqa: D102
        return super().__new__(cls, context, 0 if budget is None else as_bytes(budget))

    @property
    def budget(self) -> int:
        """Bytes that all its textures together may take."""
        return self.statistics.budget

    @property
    def statistics(self) -> PoolStatistics:
        """What is there now. All but the budget is 0 in a context that does not live."""
        return PoolStatistics(*self._statistics())

    def frame(
        self, width: int, height: int, *, dtype: str = "uint8", label: str | None = None
    ) -> Frame:
        """Take a frame of transparent black.

        Args:
            width, height: pixels.
            dtype: "uint8" or "float32".
            label: a name of your own, for reports.

        Raises:
            SizeError: a size that cannot be rendered.
            PoolExhausted: the budget is spent; the message says on what.
        """
        if dtype not in _FORMATS:
            raise InvalidArgumentError(f"dtype is 'uint8' or 'float32', not {shown(dtype)}")
        if label is not None and not isinstance(label, str):
            raise WrongTypeError(f"label is a str, not {shown(label)}")
        frame: Frame = self._frame(width, height, _FORMATS[dtype], label)
        return frame

    def holdings(self) -> tuple[Holding, ...]:
        """Who holds what, the largest first."""
        return tuple(Holding(**members) for members in loads(self._holdings()))

    def cleanup(self) -> tuple[Holding, ...]:
        """Wait for the GPU to finish with what was let go of, and delete what is idle then.

        30 seconds in which the GPU gets no further end the wait; what it may still read then stays
        ``retiring``.

        Returns:
            What somebody holds, which stays: `holdings`.
        """
        self._clean_up()
        return self.holdings()

    def force_cleanup(self) -> tuple[Holding, ...]:
        """As `cleanup`, and let what is held go out of the pool.

        It stays valid for its holders, and is deleted, not kept for reuse, when they let go of it.
        Until then it counts in the budget, as ``orphaned``.
        """
        self._force_clean_up()
        return self.holdings()

    @never_raising
    def __repr__(self) -> str:
        if self.closed:
            return "<zcgpu.Pool closed>"
        now = self.statistics
        return f"<zcgpu.Pool {now.used_bytes} of {now.budget} bytes, {now.live_count} live>"


def as_bytes(budget: object) -> int:
    """A budget, checked."""
    if not isinstance(budget, bool):
        try:
            count = index(budget)  # type: ignore[arg-type]
        except TypeError:
            pass
        else:
            if 1 <= count < 2**63:
                return count
            raise InvalidArgumentError(f"a pool's budget is bytes, 1 or more, not {shown(budget)}")
    raise WrongTypeError(f"a pool's budget is a whole number of bytes, not {shown(budget)}")
