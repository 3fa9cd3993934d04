"""Decoders: packets fed by hand, for streaming clients."""

from __future__ import annotations

from . import _native
from ._arguments import BACKENDS, choice, encoded, integer, real, shown, whole
from ._closing import Closing, never_raising
from ._origin import caller
from .errors import InvalidArgumentError, WrongTypeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable
    from fractions import Fraction
    from typing import Any

    from ._decoder_wake import Wake
    from .context import Context
    from .video_frame import VideoFrame

    Frames = Callable[[VideoFrame | None], object]

_BACKLOGS = {"refuse": 0, "drop": 1}


class Decoder(_native.Decoder, Closing):
    """Decodes packets that a program feeds by hand, on a thread of its own.

    `send` takes packets, `receive` gives frames. Nothing passes until the first keyframe, and after
    each break in the stream (`flush`, a packet that cannot be decoded, a backlog that was dropped)
    until the next. Frames outlive the decoder.

    To be woken: poll `fileno`; or give ``on_frame``, which is called on the loop with each frame,
    and with None once `finish` is through. What it raises goes to the loop's exception handler, as
    does `MediaError` for each packet that could not be decoded.

    Args:
        codec: FFmpeg's name: ``"h264"``, ``"hevc"``, ``"vp9"``, ``"av1"``, …
        extradata: the codec's own header. For H.264 and HEVC it tells how packets are laid out:
            avcC or hvcC say that lengths part the units (as in MP4); otherwise start codes do
            (Annex B).
        context: the context that frames are meant for.
        backend: who decodes: ``"auto"``, ``"software"`` or ``"vaapi"``, as in `zcgpu.open_video`.
            Where a device fails that was taken by ``"auto"``, the CPU decodes again what was sent
            since the last keyframe, and no frame is lost.
        device: a render node or an X display for ``"vaapi"``; None finds one.
        lease_budget: how many frames of a device's memory may be held at once, 1 to 64.
        threads: how many decode, 1 to 64; 0 leaves it to FFmpeg. With several a frame may come out
            only when as many packets more have come in.
        time_base: seconds a tick of ``pts`` and ``dts``: (numerator, denominator), or a Fraction.
        backlog: packets that may wait, 1 to 4096; 64 unless told otherwise.
        ahead: frames that may wait, 1 to 64; 4 unless told otherwise.
        on_backlog: when more packets would wait than may, ``"refuse"`` raises `PoolExhausted` and
            loses nothing; ``"drop"`` drops all that wait, and goes on at the next keyframe.
        patience: seconds before `wants_keyframe` asks again, 0.01 to 60, doubled each time; 0.25.
        on_frame: called on the loop with each frame, and with the end, that nobody has taken by
            `receive`.
        loop: the asyncio loop for that; otherwise the one that runs.

    ``ZCGPU_PIPELINE="backlog=128,ahead=8"`` has other defaults.

    Raises:
        MediaError: FFmpeg does not decode that, or the device that must cannot be had.
        LibraryError: there is no FFmpeg, or none that this build knows.
        ClosedError: ``context`` is closed.
    """

    __slots__ = ("__weakref__", "_wake")

    _wake: Wake | None

    def __new__(  # noqa: D102  (the class says it)
        cls,
        codec: str,
        extradata: Any = b"",
        *,
        context: Context | None = None,
        backend: str = "auto",
        device: str | None = None,
        lease_budget: int = 8,
        threads: int = 1,
        time_base: tuple[int, int] | Fraction = (1, 1_000_000),
        backlog: int = 0,
        ahead: int = 0,
        on_backlog: str = "refuse",
        patience: float = 0.0,
        on_frame: Frames | None = None,
        loop: AbstractEventLoop | None = None,
    ) -> Decoder:
        if not isinstance(codec, str):
            raise WrongTypeError(f"codec is FFmpeg's name of one, not {shown(codec)}")
        when_full = choice(on_backlog, "on_backlog", _BACKLOGS)
        who = choice(backend, "backend", BACKENDS)
        if device is not None and not isinstance(device, str):
            raise WrongTypeError(f"device is the path of a render node, not {shown(device)}")
        budget = whole(lease_budget, "lease_budget is 1 to 64 frames", 1, 64)
        if on_frame is None:
            running = None
        else:
            from ._decoder_wake import loop_for

            running = loop_for(on_frame, loop)
        numerator, denominator = _base(time_base)
        self = super().__new__(
            cls,
            codec.encode(errors="replace"),
            _bytes(extradata, "extradata"),
            numerator,
            denominator,
            whole(threads, "threads are 1 to 64, or 0 for as many as fit", 0, 64),
            whole(backlog, "backlog is 1 to 4096 packets, or 0 for the usual", 0, 4096),
            whole(ahead, "ahead is 1 to 64 frames, or 0 for the usual", 0, 64),
            when_full,
            _patience(patience),
            who,
            encoded(device or ""),
            budget,
            context,
            caller(),
        )
        self._wake = None
        if running is not None and on_frame is not None:
            from ._decoder_wake import Wake

            try:
                self._wake = Wake(self, running, on_frame)
            except BaseException:
                self.close()
                raise
        return self

    def send(
        self,
        packet: Any,
        *,
        pts: int | None = None,
        dts: int | None = None,
        key: bool | None = None,
    ) -> bool:
        """Hand a packet over; its bytes are copied.

        Waits where ``backlog`` packets wait and the decoder gets on by itself, but not with
        ``on_backlog="drop"``.

        Args:
            packet: bytes, or anything with a buffer of them: what belongs to one picture.
            pts, dts: when it is shown and decoded, in ticks of the time base.
            key: whether decoding can begin with it; otherwise its bits tell (H.264, HEVC, VP8, VP9,
                AV1, MPEG-1, 2 and 4, and codecs whose every packet can be decoded by itself).

        Returns:
            Whether it was taken. False: a keyframe must come first; see `wants_keyframe`.

        Raises:
            PoolExhausted: ``backlog`` packets wait, and frames must be received first; the packet
                was not taken.
            BufferError: no bytes.
            ClosedError: the decoder is closed, or finished.
        """
        data = _bytes(packet, "a packet")
        return self._send(data, _tick(pts, "pts"), _tick(dts, "dts"), _key(key))

    @property
    def backend(self) -> str:
        """Who decodes: ``"software"`` or ``"vaapi"``."""
        backend: str = self.stats()["backend"]
        return backend

    def explain(self) -> str:
        """Who decodes and which road frames take to the GPU, and why: a text for people."""
        text: str = self.stats()["explanation"]
        return text

    def wants_keyframe(self, now: float) -> bool:
        """Whether to ask the sender for a keyframe, at a time in seconds of any clock of yours.

        True once, and then not for a while, which doubles each time up to 16 times ``patience``.
        """
        return self._wants_keyframe(real(now, "now is a number of seconds"))

    def stats(self) -> dict[str, Any]:
        """What was done so far; may be asked for at any time.

        Packets ``packets_taken`` and ``packets_waiting``; ``frames_decoded``, ``frames_waiting``,
        ``frames_received``; what was ``dropped``, ``failures``; the ``gate``: whether it is
        ``closed``, why, what it ``refused``, its ``requests`` for a keyframe; and seconds that
        packets ``wait`` and take to ``decode``, as percentiles of the latest 512. ``backend``,
        ``device``, ``downloads``, ``detached`` and ``zero_copy`` are as in `Video.stats`.
        """
        from json import loads

        report: dict[str, Any] = loads(self._report())
        return report

    def close(self) -> None:
        """Stop the thread and close the decoder; frames stay. Closing twice is fine."""
        wake, self._wake = self._wake, None
        if wake is not None:
            wake.end()
        self._close()

    @never_raising
    def __repr__(self) -> str:
        if self.closed:
            return "<zcgpu.Decoder closed>"
        facts = self.stats()
        return f"<zcgpu.Decoder {facts['codec']}, {facts['frames_decoded']} decoded>"


def _bytes(data: Any, name: str) -> Any:
    try:
        view = memoryview(data)
    except TypeError:
        raise WrongTypeError(f"{name} is bytes, not {shown(data)}") from None
    if not view.contiguous:
        raise WrongTypeError(f"{name} is bytes that lie together")
    return view


def _key(key: object) -> int:
    """-1 where the bits tell."""
    if key is None:
        return -1
    try:
        return int(bool(key))
    except (TypeError, ValueError):
        raise WrongTypeError(f"key is True, False or None, not {shown(key)}") from None


def _base(time_base: Any) -> tuple[int, int]:
    rule = "time_base is two whole numbers from 1 to 2147483647"
    try:
        pair = (time_base.numerator, time_base.denominator)
    except AttributeError:
        pair = time_base
    try:
        numerator, denominator = pair
    except (TypeError, ValueError):
        raise WrongTypeError(f"{rule}, not {shown(time_base)}") from None
    return whole(numerator, rule, 1, 2**31 - 1), whole(denominator, rule, 1, 2**31 - 1)


def _patience(seconds: object) -> float:
    rule = "patience is 0.01 to 60 seconds, or 0 for the usual"
    patience = real(seconds, rule)
    if patience != 0 and not 0.01 <= patience <= 60:
        raise InvalidArgumentError(f"{rule}, not {shown(seconds)}")
    return patience


def _tick(time: object, name: str) -> int | None:
    return None if time is None else integer(time, f"{name} is a whole number of ticks, or None")
