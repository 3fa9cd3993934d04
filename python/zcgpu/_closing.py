"""What every object with a `close()` does in a `with` block."""

from __future__ import annotations

from .errors import Error, ForkError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Any, Self


class Closing:
    """Closes at the end of a `with` block."""

    __slots__ = ()

    def close(self) -> None:
        """Give up what this owns. Closing twice is fine."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def never_raising(describe: Callable[[Any], str]) -> Callable[[Any], str]:
    """A `__repr__` that asks what may refuse to answer."""

    def __repr__(self: Any) -> str:  # noqa: N807  (it is one)
        try:
            return describe(self)
        except ForkError:
            state = "of another process"
        except Error:  # while it was asked
            state = "that has ended"
        return f"<zcgpu.{type(self).__name__} {state}>"

    return __repr__
