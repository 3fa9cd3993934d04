"""Every exception that zcgpu raises. docs/errors.md says what each means and what to do."""

from __future__ import annotations

import builtins

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._problems import Problem


class Error(Exception):
    """Base of all of them. ``code`` is the C ABI's number, 0 for errors of the Python side."""

    code: int = 0


class InvalidArgumentError(Error, ValueError):
    """A value that can never fit."""


class WrongTypeError(Error, TypeError):
    """A value of a type that does not fit."""


class OutOfRangeError(Error, ValueError, IndexError):
    """A number outside what the input declares, or a frame that the video does not have."""


class UnknownInputError(Error, KeyError):
    """No input of that name."""

    def __str__(self) -> str:  # KeyError would show the repr
        return str(self.args[0])


class SizeError(Error, ValueError):
    """A width or height that cannot be rendered."""


class BufferError(Error, builtins.BufferError, ValueError):
    """Pixels or samples in a buffer of the wrong length, shape, stride, element type or access."""


class SourceError(Error, ValueError):
    """A problem in an author's file. ``line`` and ``column`` are those of the first."""

    line: int = 0
    column: int = 0
    #: The driver's log and the GLSL it was given, where the driver had its say.
    detail: str = ""

    @property
    def problems(self) -> list[Problem]:
        """Every problem, read from the message: ``file:line:column: error: text``."""
        from ._problems import parse

        return parse(str(self))


class HeaderError(SourceError):
    """The ISF header is missing, broken, or asks for what ISF does not have."""


class ShaderError(SourceError):
    """The driver refused the shader."""


class DisplayError(Error, OSError):
    """No display, library or driver that can make a context."""


class ClosedError(Error, ValueError):
    """The object has been closed."""


class StaleError(Error, RuntimeError):
    """The resource belongs to an ended generation of its context."""


class HandleError(Error, RuntimeError):
    """A C handle that names nothing that lives."""


class WrongContextError(Error, ValueError):
    """The frame belongs to another context."""


class ContextLostError(Error, RuntimeError):
    """The GPU or its driver gave the context up."""


class ReentryError(Error, RuntimeError):
    """The context is in use further up in this thread's own stack."""


class ThreadError(Error, RuntimeError):
    """A batch was ended on a thread that did not begin it, or the thread has a GLX context."""


class BusyError(Error, RuntimeError):
    """Another thread holds the context in a batch and draws nothing."""


class ForkError(Error, RuntimeError):
    """The process was forked: what was made before is no use, or no own context can be had."""


class LeaseError(Error, RuntimeError):
    """A lease that was given up before, a capsule that was taken, or a role that is not yours."""


class GLError(Error, RuntimeError):
    """The driver reported an error code."""


class OutOfMemoryError(Error, MemoryError):
    """The budget or the memory is used up."""


class NotCurrentError(Error, RuntimeError):
    """A borrowed context is not this thread's current one; nothing was asked of GL."""


class PoolExhausted(OutOfMemoryError):  # noqa: N818  (what a pool is, not what went wrong in it)
    """A pool's budget is used up by frames that somebody holds; the message says by whom."""


class FileError(Error, FileNotFoundError):
    """A shader, picture or sound that is not there, or cannot be read."""


class OutputError(Error, OSError):
    """A picture or another file that cannot be written where it was to go."""


class MediaError(Error, ValueError):
    """A file, stream or packet that cannot be read or decoded; the message has FFmpeg's words."""


class LibraryError(Error, ImportError):
    """FFmpeg or libva is missing, or of a version that this build does not know."""


class DmabufError(Error, RuntimeError):
    """Memory of another device or library that cannot be used here without a copy."""


#: The class of each ``zcg_status``.
BY_CODE: dict[int, type[Error]] = {
    1: InvalidArgumentError,
    2: WrongTypeError,
    3: OutOfRangeError,
    4: UnknownInputError,
    5: SizeError,
    6: BufferError,
    7: HeaderError,
    8: ShaderError,
    9: DisplayError,
    10: ClosedError,
    11: StaleError,
    12: HandleError,
    13: WrongContextError,
    14: ContextLostError,
    15: ReentryError,
    16: ThreadError,
    17: BusyError,
    18: ForkError,
    19: LeaseError,
    20: GLError,
    21: OutOfMemoryError,
    22: NotCurrentError,
    23: PoolExhausted,
    24: OutputError,
    25: MediaError,
    26: LibraryError,
    27: DmabufError,
}


def make(code: int, message: str, detail: str, line: int, column: int) -> Error:
    """The exception for what the C ABI reported. Called by the native module."""
    error = BY_CODE.get(code, Error)(message)
    error.code = code
    if isinstance(error, SourceError):
        error.line = line
        error.column = column
        error.detail = detail.strip()
    return error
