"""How a decoder wakes an asyncio loop, which polls a descriptor: no other thread calls Python."""

from __future__ import annotations

import asyncio
import os
import weakref
from collections.abc import Callable

from .errors import InvalidArgumentError, WrongTypeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .decoder import Decoder
    from .video_frame import VideoFrame

    Frames = Callable[[VideoFrame | None], object]


def loop_for(on_frame: object, loop: asyncio.AbstractEventLoop | None) -> asyncio.AbstractEventLoop:
    """The loop to call a callback on."""
    if not callable(on_frame):
        raise WrongTypeError(f"on_frame is a function, not {on_frame!r}")
    if loop is not None:
        if not isinstance(loop, asyncio.AbstractEventLoop):
            raise WrongTypeError(f"loop is an asyncio loop, not {loop!r}")
        if loop.is_closed():
            raise InvalidArgumentError("on_frame is called on a loop that runs; this one is closed")
        return loop
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        raise InvalidArgumentError(
            "on_frame is called on an asyncio loop, and none runs here: give loop=, "
            "or poll fileno()"
        ) from None


class Wake:
    """Calls back on a loop while a decoder has something to say. Keeps the decoder not alive."""

    __slots__ = ("__weakref__", "_decoder", "_descriptor", "_loop", "_on_frame")

    def __init__(self, decoder: Decoder, loop: asyncio.AbstractEventLoop, on_frame: Frames) -> None:
        # One of our own: the loop may ask it after the decoder has gone.
        self._descriptor = os.dup(decoder.fileno())
        self._loop = loop
        self._on_frame = on_frame
        self._decoder = weakref.ref(decoder, lambda _: self.end())
        loop.call_soon_threadsafe(self._begin)

    def _begin(self) -> None:
        if self._descriptor >= 0:
            self._loop.add_reader(self._descriptor, self._read)

    def _read(self) -> None:
        decoder = self._decoder()
        if decoder is None or decoder.closed:
            return
        had_ended = decoder.ended
        frame = decoder.receive()
        if frame is not None or (decoder.ended and not had_ended):
            self._on_frame(frame)

    def end(self) -> None:
        """The loop is told of nothing more. On any thread."""
        try:
            is_here = asyncio.get_running_loop() is self._loop
        except RuntimeError:
            is_here = False
        if is_here or self._loop.is_closed():
            self._end()
            return
        try:
            self._loop.call_soon_threadsafe(self._end)
        except RuntimeError:  # it was closed meanwhile
            self._end()

    def _end(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor < 0:
            return
        if not self._loop.is_closed():
            self._loop.remove_reader(descriptor)
        os.close(descriptor)
