"""Pipelines: frames from a decoder's thread to a viewer, when they are due."""

from __future__ import annotations

from . import _native
from ._arguments import real, shown, whole
from ._closing import Closing, never_raising
from ._origin import caller
from .errors import InvalidArgumentError
from .renderer import options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from .context import Context
    from .decoder import Decoder
    from .renderer import Fit, Renderer
    from .video import Video
    from .video_frame import VideoFrame


class Pipeline(_native.Pipeline, Closing):
    """Shows the frames of a `Video` or `Decoder` when they are due.

    A thread decodes ahead. ``pipeline.frame(now)`` is the frame to be seen at ``now``, seconds of
    any clock of yours that does not go back: the first frame is due ``latency`` after it came, the
    others as far behind it as in the medium. Of several that are due the latest is shown, and the
    others are counted as late; while none is due, the last one is shown on. What cannot be decoded
    is counted, and `problem` says why. Nothing here but `close` waits for the decoder.

    Closing it closes its source. Frames outlive it.

    Args:
        source: the Video, from its first frame on; or the Decoder, whose packets you go on feeding.
        context: the context that frames are drawn in; otherwise the source's.
        latency: seconds; 0 unless told otherwise.
        ahead: frames that may wait to be shown, 1 to 64; 4 unless told otherwise.
        cache: frames that are kept of those that were shown, for `past`, 0 to 64; 2 unless told
            otherwise. Kept ones are the first to go where a device's memory runs out.

    ``ZCGPU_PIPELINE="latency=0.05,ahead=8,cache=4"`` has other defaults.

    Raises:
        ClosedError: ``source`` or ``context`` is closed.
    """

    __slots__ = ("_shown",)

    _shown: tuple[int, VideoFrame | None]

    def __new__(  # noqa: D102  (the class says it)
        cls,
        source: Video | Decoder,
        *,
        context: Context | None = None,
        latency: float | None = None,
        ahead: int = 0,
        cache: int | None = None,
    ) -> Pipeline:
        delay = -1.0 if latency is None else real(latency, "latency is 0 to 60 seconds")
        if latency is not None and not 0 <= delay <= 60:
            raise InvalidArgumentError(f"latency is 0 to 60 seconds, not {shown(latency)}")
        if getattr(source, "_wake", None) is not None:
            raise InvalidArgumentError(
                "this decoder's frames go to its on_frame: a pipeline takes them from one without"
            )
        self = super().__new__(
            cls,
            source,
            delay,
            whole(ahead, "ahead is 1 to 64 frames, or 0 for the default", 0, 64),
            -1 if cache is None else whole(cache, "cache is 0 to 64 frames", 0, 64),
            context,
            caller(),
        )
        self._shown = 0, None
        return self

    def frame(self, now: float) -> VideoFrame | None:
        """The frame to be seen now; None before the first. The same one is the same object."""
        known = self._known()
        return self._keep(known, *self._show(real(now, "now is seconds"), known[0]))

    def _known(self) -> tuple[int, VideoFrame | None]:
        """The frame that is here already, and its number; 0 for none."""
        number, frame = self._shown
        return (number, frame) if frame is not None and not frame.closed else (0, None)

    def _keep(
        self, known: tuple[int, VideoFrame | None], number: int, frame: VideoFrame | None
    ) -> VideoFrame | None:
        """What is shown: the same object for the same number."""
        if frame is None:
            return known[1] if number else None
        self._shown = number, frame
        return frame

    def draw(
        self,
        now: float,
        renderer: Renderer,
        *,
        viewport: Sequence[int] | None = None,
        fit: Fit = "contain",
        background: Sequence[float] | None = None,
        sample_aspect: float | None = None,
    ) -> VideoFrame | None:
        """Draw the frame to be seen now: `frame`, then `Renderer.draw`, which tells the options.

        Renderers of several contexts may draw by turns. A frame that cannot be drawn any more,
        since its context began anew meanwhile, is dropped and counted, and None comes back; one
        that the GPU cannot bring in or draw is converted on the CPU, and counted as a fallback.

        Raises:
            NotCurrentError: the host's context is not current on this thread.
            InvalidArgumentError: what the host has bound cannot be drawn into.
            ContextLostError: the driver has given the context up.
        """
        how = options(viewport, fit, background, sample_aspect)
        known = self._known()
        shown = self._draw(real(now, "now is seconds"), known[0], renderer, how)
        return self._keep(known, *shown)

    def past(self, steps: int = 1) -> VideoFrame | None:
        """The frame that was shown so many frames before the one that is shown now, or None.

        For stepping back while the clock stands still: ``renderer.draw(pipeline.past(2))``. Nothing
        is decoded: of the frames that were shown the last ``cache`` are kept, the one that is shown
        now among them.
        """
        back = whole(steps, "steps are a whole number of 32 bits", -(2**31), 2**31 - 1)
        frame: VideoFrame | None = self._past(back)
        return frame

    def wants_keyframe(self, now: float) -> bool:
        """Whether to ask the sender for a keyframe; see `Decoder.wants_keyframe`."""
        return self._wants_keyframe(real(now, "now is seconds"))

    @property
    def problem(self) -> str | None:
        """Why a frame could not be decoded, the last one; or None."""
        problem: str | None = self.stats()["problem"]
        return problem

    def stats(self) -> dict[str, Any]:
        """What each stage did so far; may be asked for at any time, by any thread.

        ``state`` is running, ended (the source has no more) or stopped. ``source``, ``presenter``,
        ``cache`` and ``draw`` count frames; ``taken`` less ``released`` holds is what `roles` adds
        up to. ``lag`` is how many seconds frames were shown after they were due, and
        ``source["decode"]`` how long decoding took, as percentiles of the latest 512.
        """
        from json import loads

        report: dict[str, Any] = loads(self._report())
        return report

    def close(self) -> None:
        """Stop: workers, presenter, cache, what the GPU was given, decoder, in that order.

        Frames stay. Twice is fine.
        """
        self._close()
        self.source.close()
        self._shown = 0, None

    @never_raising
    def __repr__(self) -> str:
        if self.closed:
            return "<zcgpu.Pipeline closed>"
        facts = self.stats()
        return f"<zcgpu.Pipeline {facts['state']}, {facts['presenter']['shown']} shown>"
