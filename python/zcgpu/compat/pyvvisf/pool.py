"""Pools of buffers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import context as shared
from .buffer import GLBuffer
from .errors import translated
from .geometry import needed_size

if TYPE_CHECKING:
    from ...context import Context
    from ...pool import Pool, PoolStatistics
    from .geometry import Size


class GLBufferPool:
    """Makes buffers, and reuses the memory of those that nobody holds any more.

    It has a budget as large as that of the context's own pool, and begins anew in each context.
    No method takes memory from under a buffer that somebody holds.

    Raises:
        ShaderRenderingError: no context can be made; the message says why.
    """

    def __init__(self) -> None:
        self._pool: Pool | None = None
        context = shared.needed()
        with translated("cannot make a pool"):
            self._in(context)

    def create_buffer(self, size: Size) -> GLBuffer:
        """A buffer of transparent black.

        Raises:
            SizeError: less than a pixel, or more than 16384 on a side.
            ShaderRenderingError: no context can be made, or the budget is spent; the message says
                on what.
        """
        width, height = needed_size(size)
        context = shared.needed()
        with translated("cannot create a buffer"):
            return GLBuffer._showing(self._in(context).frame(width, height))

    def housekeeping(self) -> None:
        """Free what has been idle for long: through 30 calls of this."""
        with translated("cannot clean the pool"):
            if (pool := self._in_use()) is not None:
                pool.housekeeping()

    def purge(self) -> None:
        """Free what is idle."""
        with translated("cannot clean the pool"):
            if (pool := self._in_use()) is not None:
                pool.purge()

    def cleanup(self) -> None:
        """Free what is idle, and what the GPU is about to be done with."""
        with translated("cannot clean the pool"):
            if (pool := self._in_use()) is not None:
                pool.cleanup()

    def force_cleanup(self) -> None:
        """Free what nobody holds; what somebody holds stays his, and is freed when he drops it."""
        with translated("cannot clean the pool"):
            if (pool := self._in_use()) is not None:
                pool.force_cleanup()

    @property
    def statistics(self) -> PoolStatistics | None:
        """What it holds and has done, byte-exact; None where its context has ended."""
        pool = self._in_use()
        return None if pool is None else pool.statistics

    def _in(self, context: Context) -> Pool:
        """The zcgpu pool of that context."""
        pool = self._pool
        if pool is None or pool.closed or pool.context is not context:
            pool = self._pool = context.pool(budget=context.pool().budget)
        return pool

    def _in_use(self) -> Pool | None:
        """The zcgpu pool, where its context has not ended; makes none."""
        pool = self._pool
        if pool is None or pool.closed or pool.context.closed:
            return None
        return pool if pool.context.validate()["phase"] == "live" else None
