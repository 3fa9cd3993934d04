"""Inputs of type audio and audioFFT: the last of a sound that was heard at a frame's time."""

from pathlib import Path

import numpy as np
import pytest
from expected import assert_shows, rgba
from sounds import (
    amplitudes,
    audio,
    heard,
    hiss,
    shown,
    sine,
    size_of,
    spectrum,
    texels,
    wav,
    waveform,
)
from sources import colour, shader

import zcgpu

EXACT = 1e-5
"""How far 32-bit floats may be off, relative to what is there."""


@pytest.mark.parametrize("rate", [8000, 44100, 48000, 96000.5])
@pytest.mark.parametrize("time", [0.0, 0.001, 0.25, 1.0 / 3.0, 0.999, 1.01, 7.5, -2.0])
def test_a_waveform_shows_the_last_1024_samples_before_the_frames_time(
    each_dialect: zcgpu.Context, rate: float, time: float
) -> None:
    samples = hiss(2, 8000)
    scene = each_dialect.scene(shown(audio()))
    scene.inputs["sound"] = zcgpu.Audio(samples, rate)
    found = texels(scene, 1024, 2, time=time)
    expected = waveform(samples, rate, time)
    np.testing.assert_allclose(found, rgba(expected, expected, expected, 1.0), rtol=EXACT)


def test_the_newest_sample_is_the_last_column(each_dialect: zcgpu.Context) -> None:
    samples = np.zeros((1, 100), np.float32)
    samples[0, 59] = 1.0
    scene = each_dialect.scene(shown(audio()))
    scene.inputs["sound"] = zcgpu.Audio(samples, 100)
    found = texels(scene, 1024, time=0.6)[0, :, 0]
    assert (found[-1], found[-2], found[0]) == (1.0, 0.5, 0.5)
    assert texels(scene, 1024, time=0.59)[0, -1, 0] == 0.5
    assert texels(scene, 1024, time=0.62)[0, -3, 0] == 1.0


@pytest.mark.parametrize("columns", [1, 2, 7, 256, 1000, 1024, 1025, 3000])
def test_max_says_how_many_columns_a_waveform_has(
    each_dialect: zcgpu.Context, columns: int
) -> None:
    samples = hiss(2)
    sound = zcgpu.Audio(samples, 48000)
    sized = each_dialect.scene(size_of(audio(MAX=columns)))
    sized.inputs["sound"] = sound
    assert np.asarray(sized.render(1, 1))[0, 0, :2].tolist() == [columns, 2]
    scene = each_dialect.scene(shown(audio(MAX=columns)))
    scene.inputs["sound"] = sound
    found = texels(scene, columns, 2, time=0.7)
    expected = waveform(samples, 48000, 0.7, columns)
    np.testing.assert_allclose(found[..., 0], expected, rtol=EXACT)


def test_one_column_of_a_waveform_is_the_volume(each_dialect: zcgpu.Context) -> None:
    scene = each_dialect.scene(shown(audio(MAX=1)))
    scene.inputs["sound"] = zcgpu.Audio(sine(1500.0, amplitude=0.8), 48000)
    # 32 whole periods: the root of the mean square of a sine is its amplitude over sqrt(2).
    volume = texels(scene, 1, time=0.5)[0, 0, 0]
    np.testing.assert_allclose(volume, 0.5 + 0.8 / np.sqrt(2) / 2, rtol=EXACT)


@pytest.mark.parametrize("rate", [11025, 44100, 48000])
@pytest.mark.parametrize("time", [0.0, 0.004, 0.21, 0.5, 1.2])
@pytest.mark.parametrize("kind", ["sines", "chirp", "noise", "impulse", "mean"])
def test_a_spectrum_shows_the_amplitudes_of_the_last_1024_samples(
    each_dialect: zcgpu.Context, rate: float, time: float, kind: str
) -> None:
    seconds = np.arange(12000) / rate
    samples = {
        "sines": np.stack([np.sin(2 * np.pi * 440 * seconds), 0.3 * np.cos(5000 * seconds)]),
        "chirp": 0.7 * np.sin(2 * np.pi * (100 * seconds + 4000 * seconds**2))[None],
        "noise": hiss(3, 12000),
        "impulse": (np.arange(12000) == int(0.2 * rate)).astype(float)[None],
        "mean": np.full((1, 12000), 0.25),
    }[kind].astype(np.float32)
    scene = each_dialect.scene(shown(spectrum()))
    scene.inputs["sound"] = zcgpu.Audio(samples, rate)
    found = texels(scene, 512, len(samples), time=time)
    expected = amplitudes(samples, rate, time)
    scale = max(expected.max(), 1e-3)
    np.testing.assert_allclose(found[..., 0], expected, rtol=EXACT, atol=EXACT * scale * 0.01)
    assert (found[..., 0] == found[..., 1]).all()
    assert (found[..., 0] == found[..., 2]).all()
    assert (found[..., 3] == 1.0).all()


def test_a_sine_of_full_scale_has_amplitude_one_at_its_frequency(
    each_dialect: zcgpu.Context,
) -> None:
    scene = each_dialect.scene(shown(spectrum()))
    scene.inputs["sound"] = zcgpu.Audio(sine(64 * 48000 / 1024), 48000)
    found = texels(scene, 512, time=0.5)[0, :, 0]
    # A Hann window spreads it over three bands: a half, one, a half.
    np.testing.assert_allclose(found[63:66], [0.5, 1.0, 0.5], rtol=EXACT)
    assert np.delete(found, [63, 64, 65]).max() < 1e-6


@pytest.mark.parametrize("columns", [1, 4, 100, 511, 513, 600, 2048])
def test_max_says_how_many_columns_a_spectrum_has(
    each_dialect: zcgpu.Context, columns: int
) -> None:
    samples = hiss(2)
    scene = each_dialect.scene(shown(spectrum(MAX=columns)))
    scene.inputs["sound"] = zcgpu.Audio(samples, 48000)
    found = texels(scene, columns, 2, time=0.7)
    expected = amplitudes(samples, 48000, 0.7, columns)
    np.testing.assert_allclose(found[..., 0], expected, rtol=EXACT, atol=1e-8)


@pytest.mark.parametrize("columns", [0, -1, 2**31 - 1])
def test_a_max_that_no_texture_has_is_the_nearest_that_one_has(
    each_dialect: zcgpu.Context, columns: int
) -> None:
    for declaration, native in ((audio, 1024), (spectrum, 512)):
        scene = each_dialect.scene(size_of(declaration(MAX=columns)))
        scene.inputs["sound"] = zcgpu.Audio(hiss(1, 100), 48000)
        width = np.asarray(scene.render(1, 1))[0, 0, 0]
        assert width == (native if columns < 1 else min(16384, each_dialect.info["max_size"]))


@pytest.mark.parametrize(("declaration", "quiet"), [(audio, 0.5), (spectrum, 0.0)])
def test_an_audio_input_that_is_not_set_is_silent(
    each_dialect: zcgpu.Context, declaration: type, quiet: float
) -> None:
    scene = each_dialect.scene(shown(declaration(MAX=32)))
    assert scene.inputs["sound"] is None
    assert (texels(scene, 32)[..., :3] == quiet).all()
    scene.inputs["sound"] = zcgpu.Audio(hiss(), 48000)
    assert not (texels(scene, 32, time=0.5)[..., :3] == quiet).all()
    scene.inputs["sound"] = None
    assert (texels(scene, 32, time=0.5)[..., :3] == quiet).all()


@pytest.mark.parametrize("channels", [1, 2, 6, 64])
def test_each_channel_is_a_row_and_the_first_is_at_the_bottom(
    each_dialect: zcgpu.Context, channels: int
) -> None:
    levels = np.linspace(-1.0, 1.0, channels)
    samples = np.repeat(levels[:, None], 2000, axis=1)
    scene = each_dialect.scene(shown(audio(MAX=4)))
    scene.inputs["sound"] = zcgpu.Audio(samples, 1000)
    found = texels(scene, 4, channels, time=1.5)[..., 0]
    expected = np.repeat((0.5 + levels / 2)[:, None], 4, axis=1)
    np.testing.assert_allclose(found, expected, rtol=EXACT, atol=1e-7)


def test_halfway_up_two_channels_mix_and_at_the_edges_each_is_alone(
    each_dialect: zcgpu.Context,
) -> None:
    samples = np.stack([np.full(4000, -0.5), np.full(4000, 0.75)])
    sample = "IMG_NORM_PIXEL(sound, vec2(0.5, {})).r"
    scene = each_dialect.scene(
        shader(
            "gl_FragColor = vec4("
            + ", ".join(sample.format(y) for y in ("0.0", "0.5", "1.0"))
            + ", 1.0);",
            inputs=[audio()],
            passes=[{"FLOAT": True}],
        )
    )
    scene.inputs["sound"] = zcgpu.Audio(samples, 1000)
    found = np.asarray(scene.render(1, 1, time=2.0))[0, 0, :3]
    np.testing.assert_allclose(found, [0.25, (0.25 + 0.875) / 2, 0.875], rtol=1e-3)


def test_a_frame_is_the_same_alone_and_in_a_row(each_dialect: zcgpu.Context) -> None:
    sound = zcgpu.Audio(hiss(1), 48000)
    for declaration in (audio(MAX=64), spectrum(MAX=64)):
        row = each_dialect.scene(shown(declaration))
        row.inputs["sound"] = sound
        frames = [texels(row, 64, time=index / 30) for index in (0, 1, 2, 3, 2, 0, 1)]
        for index, frame in zip((0, 1, 2, 3, 2, 0, 1), frames, strict=True):
            alone = each_dialect.scene(shown(declaration))
            alone.inputs["sound"] = sound
            assert (texels(alone, 64, time=index / 30) == frame).all()


def test_sounds_pictures_and_buffers_have_textures_of_their_own(
    each_dialect: zcgpu.Context,
) -> None:
    source = shader(
        """
        if (PASSINDEX == 0) gl_FragColor = vec4(0.25);
        else gl_FragColor = vec4(
            IMG_NORM_PIXEL(picture, vec2(0.5)).r, IMG_NORM_PIXEL(wave, vec2(0.5)).r,
            IMG_NORM_PIXEL(bands, vec2(0.0, 0.5)).r, IMG_NORM_PIXEL(kept, vec2(0.5)).r
            + IMG_NORM_PIXEL(quiet, vec2(0.5)).r);
        """,
        inputs=[
            audio("wave"),
            {"NAME": "picture", "TYPE": "image"},
            spectrum("bands"),
            audio("quiet"),
            audio("unused"),
        ],
        passes=[{"TARGET": "kept", "FLOAT": True}, {"FLOAT": True}],
    )
    scene = each_dialect.scene(source)
    scene.inputs["picture"] = np.full((2, 2, 4), 51, np.uint8)
    scene.inputs["wave"] = zcgpu.Audio(np.full((1, 5000), -0.5), 1000)
    scene.inputs["bands"] = zcgpu.Audio(np.full((1, 5000), 0.125), 1000)
    scene.inputs["unused"] = zcgpu.Audio(hiss(), 1000)
    for time in (2.0, 2.5):
        found = np.asarray(scene.render(1, 1, time=time))[0, 0]
        np.testing.assert_allclose(found, [0.2, 0.25, 0.125, 0.75], rtol=1e-4)


def test_a_sound_for_one_frame_is_that_frames_alone(each_dialect: zcgpu.Context) -> None:
    loud, soft = (zcgpu.Audio(np.full((1, 5000), level), 1000) for level in (1.0, 0.2))
    scene = each_dialect.scene(colour("IMG_NORM_PIXEL(sound, vec2(0.5))", inputs=[audio()]))
    scene.inputs["sound"] = soft
    for inputs, gray in (({}, 0.6), ({"sound": loud}, 1.0), ({"sound": None}, 0.5), ({}, 0.6)):
        frame = scene.render(1, 1, time=2.0, inputs=inputs)
        assert_shows(frame, rgba([[gray]], gray, gray, 1.0))


def test_the_path_of_a_wav_file_is_a_sound(each_dialect: zcgpu.Context, tmp_path: Path) -> None:
    samples = (hiss(2, 3000) * 32767).astype("<i2")
    path = tmp_path / "noise.wav"
    path.write_bytes(wav(samples.T.tobytes(), 1, 2, 8000, 2))
    scene = each_dialect.scene(shown(audio()))
    for given in (path, str(path)):
        scene.inputs["sound"] = given
        found = texels(scene, 1024, 2, time=0.3)[..., 0]
        expected = waveform(samples / 32768.0, 8000, 0.3)
        np.testing.assert_allclose(found, expected, rtol=EXACT)
    sound = scene.inputs["sound"]
    assert (sound.rate, sound.channels, len(sound)) == (8000.0, 2, 3000)


def test_times_far_away_are_silent(each_dialect: zcgpu.Context) -> None:
    scene = each_dialect.scene(shown(audio(MAX=8)))
    scene.inputs["sound"] = zcgpu.Audio(np.ones((1, 10), np.float32), 1e7)
    for time in (3e38, -3e38, 1e9):
        assert (texels(scene, 8, time=time)[..., 0] == 0.5).all()


def test_a_sound_without_samples_is_silent(each_dialect: zcgpu.Context) -> None:
    sound = zcgpu.Audio(np.zeros((2, 0), np.float32), 48000)
    assert (len(sound), sound.duration, sound.channels) == (0, 0.0, 2)
    for declaration, quiet in ((audio(MAX=8), 0.5), (spectrum(MAX=8), 0.0)):
        scene = each_dialect.scene(shown(declaration))
        scene.inputs["sound"] = sound
        assert (texels(scene, 8, 2, time=0.1)[..., 0] == quiet).all()
    assert heard(np.zeros((2, 0)), 48000, 0.1, 4).tolist() == [[0.0] * 4] * 2
