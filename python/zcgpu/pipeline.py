"""Pipelines: frames from a decoder's thread to a viewer, when they are due."""

from __future__ import annotations

from . import _native
from ._closing import Closing
from ._origin import caller
from .errors import InvalidArgumentError, OutOfRangeError, WrongTypeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .context import Context
    from .decoder import Decoder
    from .frame import Frame
    from .renderer import Renderer
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
        cache: frames that are kept after they were shown, 0 to 64; 2 unless told otherwise.

    ``ZCGPU_PIPELINE="latency=0.05,ahead=8,cache=4"`` has other defaults.
    """

    __slots__ = ("_draws", "_number", "_pictures", "_shown")

    _number: int
    _shown: VideoFrame | None
    _pictures: dict[int, tuple[int, Frame]]
    _draws: dict[str, int]

    def __new__(  # noqa: D102  (the class says it)
        cls,
        source: Video | Decoder,
        *,
        context: Context | None = None,
        latency: float | None = None,
        ahead: int = 0,
        cache: int | None = None,
    ) -> Pipeline:
        if latency is not None and not _seconds(latency, "latency") >= 0:
            raise InvalidArgumentError(f"latency is 0 to 60 seconds, not {latency!r}")
        if cache is not None and _count(cache) < 0:
            raise InvalidArgumentError(f"cache is 0 to 64 frames, not {cache!r}")
        self = super().__new__(
            cls,
            source,
            -1.0 if latency is None else float(latency),
            _count(ahead),
            -1 if cache is None else cache,
            context,
            caller(),
        )
        self._number = 0
        self._shown = None
        self._pictures = {}
        self._draws = {"drawn": 0, "dropped": 0, "fallbacks": 0}
        return self

    def frame(self, now: float) -> VideoFrame | None:
        """The frame to be seen now; None before the first. The same one is the same object."""
        known = self._number if self._shown is not None and not self._shown.closed else 0
        number, frame = self._show(_seconds(now, "now"), known)
        if frame is not None:
            self._shown = frame
        self._number = number
        return self._shown if number else None

    def draw(self, now: float, renderer: Renderer, **options: Any) -> VideoFrame | None:
        """Draw the frame to be seen now: `frame`, then `Renderer.draw` with these options.

        A frame that cannot be drawn any more is dropped and counted, and None comes back; one that
        cannot be converted on the GPU is drawn from the CPU, and counted as a fallback.

        Raises:
            NotCurrentError: the host's context is not current on this thread.
            InvalidArgumentError: what the host has bound cannot be drawn into.
        """
        from .errors import ClosedError, ContextLostError, StaleError

        frame = self.frame(now)
        if frame is None:
            return None
        try:
            picture = self._picture(frame, renderer)
            renderer.draw(picture, **{"sample_aspect": _aspect(frame), **options})
        except (StaleError, ContextLostError, ClosedError):
            if renderer.closed or renderer.context.closed:
                raise
            self._pictures.clear()
            self._draws["dropped"] += 1
            return None
        self._draws["drawn"] += 1
        return frame

    def _picture(self, frame: VideoFrame, renderer: Renderer) -> Frame:
        """The frame in the renderer's context, made once."""
        from .errors import DmabufError, GLError

        key = id(renderer.context)
        number, picture = self._pictures.get(key, (0, None))
        if picture is not None and number == self._number and picture.usable:
            return picture
        try:
            made = frame.rgb(renderer.context)
        except (DmabufError, GLError):
            from numpy import asarray

            self._draws["fallbacks"] += 1
            made = renderer.context.frame(asarray(frame))
        if len(self._pictures) >= 4:
            self._pictures.clear()
        self._pictures[key] = (self._number, made)
        return made

    def wants_keyframe(self, now: float) -> bool:
        """Whether to ask the sender for a keyframe; see `Decoder.wants_keyframe`."""
        return self._wants_keyframe(_seconds(now, "now"))

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
        report["draw"] = dict(self._draws)
        return report

    def close(self) -> None:
        """Stop: workers, presenter, cache, pictures, decoder, in that order. Twice is fine."""
        self._close()
        self._pictures.clear()
        self._shown = None

    def __repr__(self) -> str:
        if self.closed:
            return "<zcgpu.Pipeline closed>"
        facts = self.stats()
        return f"<zcgpu.Pipeline {facts['state']}, {facts['presenter']['shown']} shown>"


def _aspect(frame: VideoFrame) -> float:
    """How many times as wide as high a sample is, once it is turned upright."""
    aspect = frame.sample_aspect
    if aspect is None or aspect <= 0:
        return 1.0
    return float(1 / aspect if frame.rotation % 180 else aspect)


def _seconds(time: float, name: str) -> float:
    try:
        return float(time)
    except (TypeError, ValueError, OverflowError):
        raise WrongTypeError(f"{name} is seconds, not {time!r}") from None


def _count(number: object) -> int:
    if isinstance(number, bool) or not isinstance(number, int):
        raise WrongTypeError(f"a whole number is wanted, not {number!r}")
    if not -(2**31) <= number < 2**31:
        raise OutOfRangeError(f"{number} is beyond 32 bits")
    return number
