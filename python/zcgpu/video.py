"""Video files: their frames by number and by time."""

from __future__ import annotations

import json
import os

from . import _native
from ._arguments import BACKENDS, choice, encoded, real, shown, whole
from ._arguments import path as path_of
from ._closing import Closing
from ._origin import caller
from ._video_facts import VideoFacts
from .errors import FileError, OutOfRangeError, WrongTypeError
from .video_sequence import FrameSequence, VideoFrames, VideoSlice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .context import Context
    from .video_frame import VideoFrame

_ZERO_COPY = {"auto": 0, "require": 1, "off": 2}
_DAMAGE = {"error": 0, "show": 1}


def open_video(
    path: str | os.PathLike[str],
    *,
    context: Context | None = None,
    backend: str = "auto",
    device: str | None = None,
    lease_budget: int = 8,
    threads: int = 0,
    zero_copy: str = "auto",
    damage: str = "error",
) -> Video:
    """Open a video file.

    Args:
        path: a file that the machine's FFmpeg can read.
        context: the context that frames are meant for, as `Frame`s.
        backend: who decodes: ``"auto"``, ``"software"`` or ``"vaapi"``.
        device: a render node (``"/dev/dri/renderD128"``) for ``"vaapi"``; None finds one.
        lease_budget: how many frames of a device's memory may be held at once, 1 to 64. Frames in
            the machine's memory are as many as there is memory for.
        threads: how many decode, 1 to 64; 0 leaves it to FFmpeg.
        zero_copy: how frames in a device's memory come to ``context``: ``"auto"`` draws from that
            memory, or copies it where that cannot be; ``"require"`` never copies: what is in the
            way is an error here, or of that frame; ``"off"`` always copies.
        damage: what becomes of frames that are partly made up, or decoded from such, until a key
            frame is whole again: ``"error"``, a `MediaError` each; ``"show"``, frames whose
            ``is_damaged`` is True.

    Raises:
        FileError: there is no such file.
        MediaError: it has no video, or none that FFmpeg can read; the message says why.
        LibraryError: there is no FFmpeg, or none that this build knows.
        ClosedError: ``context`` is closed.
        DmabufError: ``zero_copy="require"`` cannot be had, and why.
    """
    ways = (
        choice(backend, "backend", BACKENDS),
        choice(zero_copy, "zero_copy", _ZERO_COPY),
        choice(damage, "damage", _DAMAGE),
    )
    return Video._open(caller(), path, context, ways, device, (lease_budget, threads))


class Video(_native.Video, FrameSequence, VideoFacts, Closing):
    """A video file, as a sequence of `VideoFrame`s. Made by ``zcgpu.open_video(path)``.

    ``for frame in video`` decodes one frame after the other. ``video[i]`` and
    ``video.frame_at(seconds)`` are exact, whatever the file: the first use of one that is not next
    makes an index of all frames, which reads the file to its end. ``video[a:b]`` is a view, which
    decodes what is asked of it. Any number of iterators and threads may share a video: one at a
    time decodes. Frames outlive it.

    Close it, or use it in a ``with`` block.
    """

    __slots__ = ("_known",)

    _known: dict[str, Any]

    def __new__(cls, *_: object, **__: object) -> Video:  # noqa: D102  (there is none)
        raise TypeError("videos come from zcgpu.open_video(path)")

    @classmethod
    def _open(
        cls,
        origin: str,
        path: str | os.PathLike[str],
        context: Context | None,
        ways: tuple[int, int, int],
        device: str | None,
        numbers: tuple[int, int],
    ) -> Video:
        name = encoded(path_of(path, "a video is the path of a file"))
        if device is not None and not isinstance(device, str):
            raise WrongTypeError(f"device is the path of a render node, not {shown(device)}")
        budget = whole(numbers[0], "lease_budget is 1 to 64 frames", 1, 64)
        threads = whole(numbers[1], "threads are 1 to 64, or 0 for as many as fit", 0, 64)
        _look(name)
        backend, zero_copy, harm = ways
        place = encoded(device or "")
        self = super().__new__(
            cls, name, backend, place, budget, threads, zero_copy, harm, context, origin
        )
        self._known = json.loads(self._describe())
        return self

    # -- Frames --

    def __len__(self) -> int:
        """How many frames there are. Makes the index."""
        return self._count()

    def _some(self, which: slice) -> VideoSlice:
        return VideoSlice(self, range(len(self))[which])

    def _one(self, number: int) -> VideoFrame:
        wanted = number if number >= 0 else number + len(self)
        frame = self._frame(wanted) if 0 <= wanted < 2**63 else None
        if frame is None:
            raise OutOfRangeError(
                f"there is no frame {shown(number)}; the video has {len(self)} frames"
            )
        return frame  # type: ignore[no-any-return]

    def __iter__(self) -> Iterator[VideoFrame]:
        """Every frame, in the order in which they are shown.

        One that cannot be decoded raises `MediaError`; ``next()`` goes on behind it.
        """
        return VideoFrames(self)

    def frame_at(self, seconds: float) -> VideoFrame:
        """The frame that is shown at a time, in seconds since the first one is.

        Raises:
            OutOfRangeError: before the first frame, or once the last one is over.
            MediaError: that frame cannot be decoded.
        """
        return self[self.index_at(seconds)]

    def index_at(self, seconds: float) -> int:
        """The number of that frame."""
        return self._find(real(seconds, "a time is a number of seconds"))

    # -- How it goes --

    @property
    def _facts(self) -> dict[str, Any]:
        try:
            return self._known
        except AttributeError:
            self._known = json.loads(self._describe())
            return self._known

    @property
    def backend(self) -> str:
        """Who decodes: ``"software"`` or ``"vaapi"``; of a closed video, who did at first."""
        backend: str = self._now()["backend"]
        return backend

    def explain(self) -> str:
        """Who decodes and which road frames take to the GPU, and why: a text for people."""
        text: str = self._now()["explanation"]
        return text

    def _now(self) -> dict[str, Any]:
        return self._facts if self.closed else json.loads(self._describe())

    # -- What was done --

    @property
    def index_kind(self) -> str | None:
        """How the index was made; None while nobody needed it.

        From ``"packets"``, or by having ``"decoded"`` every frame where packets do not tell.
        """
        kind: str | None = self.stats()["index"]
        return kind

    def stats(self) -> dict[str, Any]:
        """What was done so far.

        How many frames were ``decoded``, and of those ``dropped`` on the way to others; ``seeks``
        in the file and ``rewinds`` to its beginning; ``failures`` to read or decode; and how the
        ``index`` was made. ``backend``, ``device`` and ``backend_reason`` say who decodes and why;
        ``downloads`` counts frames copied from the device's memory, of which ``detached`` were to
        make room for others; ``zero_copy`` has the road to the GPU, with its counters, and
        ``plane_textures`` how many textures of planes were ``drawn`` from the device's memory,
        and how many ``uploaded``, with the ``reason`` of the last.
        """
        report: dict[str, Any] = json.loads(self._report())
        return report

    def __repr__(self) -> str:
        state = " closed" if self.closed else ""
        return f"<zcgpu.Video {self.path!r} {self.codec} {self.width}x{self.height}{state}>"


def _look(name: bytes) -> None:
    """Raises where there is no such file; whether it is a video, FFmpeg knows."""
    try:
        os.stat(name)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FileError(f"{os.fsdecode(name)}: {reason}") from None
