"""Renderers: pictures drawn into a host's window."""

from __future__ import annotations

from operator import index

from . import _native
from ._arguments import choice, real, shown
from ._closing import Closing
from .errors import InvalidArgumentError, SizeError, WrongTypeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from .context import Context
    from .frame import Frame
    from .video_frame import VideoFrame

    Fit = Literal["contain", "cover", "stretch"]

_FITS = {"contain": 0, "cover": 1, "stretch": 2}


class Renderer(_native.Renderer, Closing):
    """Draws pictures into the framebuffer that a host has bound.

    Made by ``context.renderer()`` in a context that is borrowed (`Context.from_current`). Each call
    wants the host's context current, and leaves its GL state as it found it.

    Raises:
        InvalidArgumentError: a context of zcgpu's own, which has no window.
    """

    __slots__ = ()

    def __new__(cls, context: Context) -> Renderer:  # noqa: D102  (the class says it)
        return super().__new__(cls, context)

    def draw(
        self,
        frame: Frame | VideoFrame,
        *,
        viewport: Sequence[int] | None = None,
        fit: Fit = "contain",
        background: Sequence[float] | None = None,
        sample_aspect: float | None = None,
    ) -> None:
        """Draw a frame, upright, over what is there; its alpha is written, not blended.

        The host may let go of the frame at once: what is drawn is held, in the role ``renderer``
        while the call lasts and then ``gpu``, until the GPU has finished.

        A `VideoFrame` is drawn in its colours and turned upright, from its device's memory where
        that can be. Where the GPU cannot bring it in or draw it, it is converted on the CPU, and
        counted as one of the ``fallbacks`` in `stats`. The renderer keeps what it made of the last
        one: drawn again, it is neither imported nor uploaded again.

        Args:
            frame: of the renderer's context; or a decoded one of any video.
            viewport: x, y, width, height in pixels from the framebuffer's lower left corner;
                otherwise the host's own. One without pixels, of a window that is folded up, draws
                nothing.
            fit: ``"contain"`` shows all of the picture; ``"cover"`` fills the viewport with its
                middle; ``"stretch"`` does both and changes its shape.
            background: RGBA from 0 to 1, for the viewport around the picture; otherwise that
                stays as it is.
            sample_aspect: how many times as wide as high the picture's samples are, once it is
                upright; otherwise what a video's frame says of itself, and 1.

        Raises:
            NotCurrentError: the host's context is not current on this thread.
            InvalidArgumentError: what the host has bound cannot be drawn into; or no such fit.
            ClosedError: the frame is closed, which is counted as dropped.
            StaleError: the frame belongs to an ended generation of the context.
            WrongContextError: the frame belongs to another context.
            MediaError: the device that decoded the frame fails.
        """
        self._draw(frame, options(viewport, fit, background, sample_aspect))

    def __repr__(self) -> str:
        if self.closed:
            return "<zcgpu.Renderer closed>"
        return f"<zcgpu.Renderer, {self.stats()['drawn']} drawn>"


def options(
    viewport: Sequence[int] | None,
    fit: Fit,
    background: Sequence[float] | None,
    sample_aspect: float | None,
) -> _native.DrawOptions:
    """How a frame is drawn, as `_native` takes it."""
    x, y, width, height = (0, 0, -1, -1) if viewport is None else _box(viewport)
    color = None if background is None else _color(background)
    aspect = 0.0 if sample_aspect is None else _ratio(sample_aspect)
    return choice(fit, "fit", _FITS), x, y, width, height, color, aspect


def _box(viewport: Sequence[int]) -> tuple[int, int, int, int]:
    try:
        x, y, width, height = map(index, viewport)
    except (TypeError, ValueError) as error:
        raise WrongTypeError(
            f"viewport is (x, y, width, height) in whole pixels, not {shown(viewport)}"
        ) from error
    if not all(-(2**31) <= number < 2**31 for number in (x, y, width, height)):
        raise SizeError(f"viewport is beyond any framebuffer: {shown(viewport)}")
    if width < 0 or height < 0:
        raise SizeError(f"a viewport of {width} x {height}: 0 or more pixels each way")
    return x, y, width, height


def _color(background: Sequence[float]) -> tuple[float, float, float, float]:
    try:
        red, green, blue, alpha = map(float, background)
    except (TypeError, ValueError, OverflowError) as error:
        raise WrongTypeError(f"background is four numbers, not {shown(background)}") from error
    return red, green, blue, alpha


def _ratio(aspect: float) -> float:
    ratio = real(aspect, "sample_aspect is a number")
    if not 0 < ratio < float("inf"):
        raise InvalidArgumentError(f"sample_aspect is a number above 0, not {shown(aspect)}")
    return ratio
