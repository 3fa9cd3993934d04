"""How a decoder wakes an asyncio loop, which polls a descriptor: no other thread calls Python."""

from __future__ import annotations

import asyncio
import os
import weakref
from collections.abc import Callable
from contextlib import suppress

from ._arguments import shown
from .errors import InvalidArgumentError, OutOfMemoryError, WrongTypeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .decoder import Decoder
    from .video_frame import VideoFrame

    Frames = Callable[[VideoFrame | None], object]

_NEEDED = ("is_closed", "call_soon_threadsafe", "add_reader", "remove_reader")
"""What of a loop is used."""


def loop_for(on_frame: object, loop: asyncio.AbstractEventLoop | None) -> asyncio.AbstractEventLoop:
    """The loop to call a callback on."""
    if not callable(on_frame):
        raise WrongTypeError(f"on_frame is a function, not {shown(on_frame)}")
    if loop is None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            raise InvalidArgumentError(
                "on_frame is called on an asyncio loop, and none runs here: give loop=, "
                "or poll fileno()"
            ) from None
    if not isinstance(loop, asyncio.AbstractEventLoop):
        raise WrongTypeError(f"loop is an asyncio loop, not {shown(loop)}")
    lacking = [name for name in _NEEDED if _lacks(loop, name)]
    if lacking:
        raise WrongTypeError(
            f"loop is an asyncio loop that has {', '.join(_NEEDED)}; "
            f"{shown(loop)} lacks {', '.join(lacking)}"
        )
    if loop.is_closed():
        raise InvalidArgumentError("on_frame is called on a loop that runs; this one is closed")
    return loop


def _lacks(loop: asyncio.AbstractEventLoop, name: str) -> bool:
    """Whether a loop has left out what asyncio's own base class only names."""
    method = getattr(loop, name, None)
    named = getattr(asyncio.AbstractEventLoop, name)
    return not callable(method) or getattr(method, "__func__", None) is named


class _Descriptor:
    """A descriptor, closed when nobody has this any more: neither a loop nor who wakes it."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number

    def __del__(self) -> None:
        os.close(self.number)


class Wake:
    """Calls back on a loop while a decoder has something to say.

    The decoder owns this, and this owns the callback. The loop has a share of the descriptor, and
    no more than a weak reference to this: the callback, and the decoder that it may lead to, live
    no longer for the loop's sake. A loop that is closed lets go of its share by itself.
    """

    __slots__ = ("__weakref__", "_decoder", "_descriptor", "_loop", "_on_frame")

    _descriptor: _Descriptor | None

    def __init__(self, decoder: Decoder, loop: asyncio.AbstractEventLoop, on_frame: Frames) -> None:
        self._descriptor = None
        self._decoder = weakref.ref(decoder)
        self._loop = loop
        self._on_frame = on_frame
        try:
            # One of its own: the loop may ask it after the decoder has gone.
            self._descriptor = _Descriptor(os.dup(decoder.fileno()))
        except OSError as error:
            raise OutOfMemoryError(f"no descriptor for on_frame ({error.strerror})") from error
        loop.call_soon_threadsafe(_begin, loop, self._descriptor, weakref.ref(self))

    def read(self) -> None:
        """Take a frame and hand it over. On the loop."""
        decoder = self._decoder()
        if decoder is None or decoder.closed:
            return
        had_ended = decoder.ended
        frame = decoder.receive()
        if frame is not None or (decoder.ended and not had_ended):
            self._on_frame(frame)

    def end(self) -> None:
        """The loop is told of nothing more. On any thread."""
        descriptor = getattr(self, "_descriptor", None)  # not there where making it was interrupted
        if descriptor is None:
            return
        self._descriptor = None
        with suppress(RuntimeError):  # a loop that is closed watches nothing
            self._loop.call_soon_threadsafe(_end, self._loop, descriptor)

    def __del__(self) -> None:
        self.end()


# What a loop calls. None of it keeps a `Wake` alive.


def _begin(
    loop: asyncio.AbstractEventLoop, descriptor: _Descriptor, wake: weakref.ref[Wake]
) -> None:
    if wake() is not None:
        loop.add_reader(descriptor.number, _read, descriptor, wake)


def _read(_: _Descriptor, wake: weakref.ref[Wake]) -> None:
    living = wake()
    if living is not None:
        living.read()


def _end(loop: asyncio.AbstractEventLoop, descriptor: _Descriptor) -> None:
    loop.remove_reader(descriptor.number)
