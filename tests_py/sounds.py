"""What audio inputs must show, worked out by NumPy in double precision; and WAV files."""

import itertools
import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sources import shader

import zcgpu

Numbers = NDArray[np.float64]


def audio(name: str = "sound", **rest: Any) -> dict[str, Any]:
    """The declaration of an audio input."""
    return {"NAME": name, "TYPE": "audio", **rest}


def spectrum(name: str = "sound", **rest: Any) -> dict[str, Any]:
    """The declaration of an audioFFT input."""
    return {"NAME": name, "TYPE": "audioFFT", **rest}


def shown(declaration: dict[str, Any]) -> str:
    """An ISF file that paints an input's texture, texel by pixel, row 0 at the bottom."""
    return shader(
        f"gl_FragColor = texelFetch({declaration['NAME']}, ivec2(gl_FragCoord.xy), 0);",
        inputs=[declaration],
        passes=[{"FLOAT": True}],
    )


def texels(scene: zcgpu.Scene, columns: int, rows: int = 1, *, time: float = 0.0) -> Any:
    """What a scene of `shown` paints: (rows, columns, 4), row 0 first."""
    return np.asarray(scene.render(columns, rows, time=time))[::-1]


def size_of(declaration: dict[str, Any]) -> str:
    """An ISF file that paints IMG_SIZE of an input."""
    return shader(
        f"gl_FragColor = vec4(IMG_SIZE({declaration['NAME']}), 0.0, 1.0);",
        inputs=[declaration],
        passes=[{"FLOAT": True}],
    )


def heard(samples: NDArray[Any], rate: float, time: float, span: int) -> Numbers:
    """The last samples (channels, span) before a time; zeros where there are none."""
    end = int(np.floor(time * rate + 0.5))
    padded = np.zeros((samples.shape[0], span))
    for column, index in enumerate(range(end - span, end)):
        if 0 <= index < samples.shape[1]:
            padded[:, column] = samples[:, index]
    return padded


def waveform(
    samples: NDArray[Any], rate: float, time: float, columns: int | None = None
) -> Numbers:
    """The texels of an audio input: (channels, columns)."""
    columns = columns or 1024
    last = heard(samples, rate, time, max(1024, columns))
    if columns == 1:
        volume: Numbers = 0.5 + np.sqrt(np.mean(last**2, axis=1, keepdims=True)) / 2
        return volume
    return 0.5 + _grouped(last, columns) / 2


def amplitudes(
    samples: NDArray[Any], rate: float, time: float, columns: int | None = None
) -> Numbers:
    """The texels of an audioFFT input: (channels, columns)."""
    columns = columns or 512
    size = 1024
    while size // 2 < columns:
        size *= 2
    window = np.hanning(size + 1)[:-1]  # periodic
    bins = np.abs(np.fft.rfft(heard(samples, rate, time, size) * window))[:, : size // 2]
    bins *= 2.0 / window.sum()
    bins[:, 0] /= 2.0
    return _grouped(bins, columns)


def _grouped(numbers: Numbers, columns: int) -> Numbers:
    total = numbers.shape[1]
    edges = [column * total // columns for column in range(columns + 1)]
    groups = [numbers[:, a:b].mean(axis=1) for a, b in itertools.pairwise(edges)]
    return np.stack(groups, axis=1)


def sine(
    frequency: float, rate: float = 48000.0, count: int = 48000, *, amplitude: float = 1.0
) -> NDArray[np.float32]:
    """One channel of a sine."""
    wave: Numbers = amplitude * np.sin(2 * np.pi * frequency * np.arange(count) / rate)
    return wave[None].astype(np.float32)


def hiss(channels: int = 2, count: int = 48000, seed: int = 5) -> NDArray[np.float32]:
    """Noise, the same each time, other in each channel."""
    random = np.random.default_rng(seed)
    return np.asarray(random.uniform(-1.0, 1.0, (channels, count)), np.float32)


def chunk(kind: bytes, data: bytes) -> bytes:
    """A RIFF chunk, padded to an even length."""
    return struct.pack("<4sI", kind, len(data)) + data + b"\0" * (len(data) % 2)


def form(tag: int, channels: int, rate: int, width: int, *, bits: int | None = None) -> bytes:
    """The format chunk of samples of `width` bytes."""
    block = channels * width
    fields = (tag, channels, rate, rate * block, block, width * 8 if bits is None else bits)
    return chunk(b"fmt ", struct.pack("<HHIIHH", *fields))


def wav(data: bytes, tag: int, channels: int, rate: int, width: int) -> bytes:
    """A plain WAV file of interleaved samples."""
    return riff(form(tag, channels, rate, width), chunk(b"data", data))


def riff(*chunks: bytes) -> bytes:
    """A WAV file of chunks."""
    body = b"WAVE" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body
