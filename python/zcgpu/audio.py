"""Sound for inputs of type audio and audioFFT."""

from __future__ import annotations

import builtins
import os

from . import _native
from ._arguments import encoded, real
from ._arguments import path as path_of
from .errors import BufferError, WrongTypeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self


class Audio(_native.Audio):
    """Sound in memory: channels of samples at one rate. It never changes.

    A scene's audio and audioFFT inputs show the last of it that has been heard at a frame's
    ``time``: ``scene.inputs["sound"] = zcgpu.Audio(samples, 48000)``. Before 0 and after its end
    it is silent. Any number of scenes, contexts and threads may share one; docs/audio.md says
    what a shader sees.

    ``rate`` is samples a second, ``duration`` seconds, ``len()`` the samples of each channel.

    Args:
        samples: an array or buffer (channels, samples) or (samples,), of float32 or float64 (-1 to
            1 at full scale) or int16. It is copied. 1 to 64 channels.
        rate: samples a second, 1 to 10000000.

    Raises:
        BufferError: another shape or type of elements, or more than fits into memory.
        InvalidArgumentError: another rate, or a sample that is no number.
    """

    __slots__ = ()

    def __new__(cls, samples: Any, rate: float) -> Self:  # noqa: D102  (the class says it)
        hertz = real(rate, "rate is samples a second, 48000 say")
        return super().__new__(cls, _array(samples), hertz, 0, 0)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Self:
        """Read a sound file, or the sound of a video.

        A WAV file of PCM (8 to 32 bits) or floats is read as it is. Any other is decoded by the
        machine's FFmpeg, to its end: the samples are those that ``ffmpeg`` gives, without the
        delay that encoders put before them. Of several streams it is the one FFmpeg thinks best.

        Raises:
            FileError: there is no such file, or it is a WAV file that cannot be read.
            MediaError: it has no sound, one that FFmpeg cannot decode, or more than 2^29 samples.
            LibraryError: it is no WAV file, and there is no FFmpeg.
        """
        from ._wav import is_wave, read

        file = path_of(path, "a sound is the path of a file")
        bytes_ = encoded(file)
        if not is_wave(file):
            return cls._open(bytes_, -1)
        name, wave = read(file)
        try:
            return super().__new__(cls, wave.data, wave.rate, wave.format, wave.channels)
        except (BufferError, ValueError) as error:
            from .errors import FileError

            raise FileError(f"{name}: {error}") from error

    def __repr__(self) -> str:
        channels = "1 channel" if self.channels == 1 else f"{self.channels} channels"
        return f"<zcgpu.Audio {self.duration:.3f} s, {channels}, {self.rate:g} Hz>"


def load(sound: Any) -> Audio:
    """What is set as an audio input that is no `Audio` and no video: the path of a file."""
    if isinstance(sound, (str, os.PathLike)):
        return Audio.open(sound)
    raise WrongTypeError(
        "an audio input takes a zcgpu.Audio(samples, rate), the path of a sound file or a video, "
        f"not {type(sound).__name__}"
    )


def _array(samples: Any) -> Any:
    """Something with a buffer, by way of NumPy where need be."""
    try:
        memoryview(samples).release()
        return samples
    except (TypeError, ValueError, builtins.BufferError):
        pass
    if not any(hasattr(samples, name) for name in ("__array_interface__", "__array__")):
        raise WrongTypeError(
            "samples are an array (channels, samples) of float32, float64 or int16, "
            f"not {type(samples).__name__}"
        )
    import numpy as np

    try:
        return np.asarray(samples)
    except Exception as error:
        raise BufferError(f"this {type(samples).__name__} gives no array ({error})") from error
