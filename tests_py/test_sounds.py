"""Sounds as objects: what is taken and refused, who keeps them, and what is left behind."""

import builtins
import gc
import threading
from array import array
from collections.abc import Callable
from typing import Any

import angle
import numpy as np
import pytest
from side_by_side import is_overtaken_by_others
from sounds import amplitudes, audio, hiss, shown, spectrum, texels, waveform
from sources import image, shader

import zcgpu
from zcgpu import diagnostics

EXACT = 1e-5


@pytest.mark.parametrize(
    ("samples", "rate", "channels", "count"),
    [
        (np.zeros((2, 300), np.float32), 100, 2, 300),
        (np.zeros((2, 300)), np.float32(100), 2, 300),
        (np.zeros(300, np.int16), np.int64(100), 1, 300),
        (array("h", [0] * 5), 2.5, 1, 5),
    ],
)
def test_a_sound_says_what_it_is(samples: Any, rate: float, channels: int, count: int) -> None:
    sound = zcgpu.Audio(samples, rate)
    assert (sound.channels, len(sound), sound.rate) == (channels, count, float(rate))
    assert sound.duration == count / float(rate)
    assert repr(zcgpu.Audio(np.zeros((2, 48000)), 48000)) == (
        "<zcgpu.Audio 1.000 s, 2 channels, 48000 Hz>"
    )


@pytest.mark.parametrize("kind", ["float32", "float64", "int16"])
@pytest.mark.parametrize("order", ["C", "F", "every other"])
def test_arrays_of_any_arrangement_are_the_same_sound(
    context: zcgpu.Context, kind: str, order: str
) -> None:
    whole = hiss(3, 4000)
    if kind == "int16":
        whole = np.round(whole * 32767)
    samples = whole.astype(kind)
    expected = waveform(samples / (32768.0 if kind == "int16" else 1.0), 8000, 0.2)
    if order == "F":
        samples = np.asfortranarray(samples)
    elif order == "every other":
        samples = np.repeat(np.repeat(samples, 2, axis=0), 2, axis=1)[::2, ::2]
    scene = context.scene(shown(audio()))
    scene.inputs["sound"] = zcgpu.Audio(samples, 8000)
    np.testing.assert_allclose(texels(scene, 1024, 3, time=0.2)[..., 0], expected, rtol=EXACT)


def test_a_sound_is_a_copy(context: zcgpu.Context) -> None:
    samples = np.full((1, 2000), 0.5, np.float32)
    scene = context.scene(shown(audio(MAX=2)))
    scene.inputs["sound"] = zcgpu.Audio(samples, 1000)
    samples[:] = -1.0
    assert (texels(scene, 2, time=1.5)[..., 0] == 0.75).all()


@pytest.mark.parametrize(
    ("samples", "rate", "error", "words"),
    [
        (np.zeros((2, 3, 4)), 100, zcgpu.BufferError, "3 dimensions.*channels, samples"),
        (np.float32(1.0), 100, zcgpu.BufferError, "0 dimensions"),
        (np.zeros((2, 3), np.uint8), 100, zcgpu.BufferError, "float32, float64 or int16"),
        (np.zeros((2, 3), ">f4"), 100, zcgpu.BufferError, "float32, float64 or int16"),
        (np.zeros((2, 3), np.complex64), 100, zcgpu.BufferError, "float32, float64 or int16"),
        (b"abc", 100, zcgpu.BufferError, "float32, float64 or int16"),
        (np.zeros((0, 3)), 100, zcgpu.BufferError, "1 to 64 channels, not 0"),
        (np.zeros((65, 3)), 100, zcgpu.BufferError, "1 to 64 channels, not 65"),
        (np.zeros((2, 30))[:, ::-1], 100, zcgpu.BufferError, "ascontiguousarray"),
        (np.broadcast_to(np.float32(0), (64, 1 << 24)), 100, zcgpu.BufferError, "at most"),
        ([0.0, 1.0], 100, zcgpu.WrongTypeError, "not list"),
        ("sound.wav", 100, zcgpu.WrongTypeError, "not str"),
        (None, 100, zcgpu.WrongTypeError, "not NoneType"),
        (np.zeros(3), "100", zcgpu.WrongTypeError, "rate"),
        (np.zeros(3), None, zcgpu.WrongTypeError, "rate"),
        (np.zeros(3), True, zcgpu.WrongTypeError, "rate"),
        (np.zeros(3), 0, zcgpu.InvalidArgumentError, "1 to 10000000"),
        (np.zeros(3), -48000, zcgpu.InvalidArgumentError, "1 to 10000000"),
        (np.zeros(3), 1e9, zcgpu.InvalidArgumentError, "1 to 10000000"),
        (np.zeros(3), float("nan"), zcgpu.InvalidArgumentError, "1 to 10000000"),
        (np.zeros(3), float("inf"), zcgpu.InvalidArgumentError, "1 to 10000000"),
        (np.array([[0, 1], [2, np.nan]]), 9, zcgpu.InvalidArgumentError, "sample 1 of channel 1"),
        (np.array([0, -np.inf], np.float32), 9, zcgpu.InvalidArgumentError, "sample 1 of channel"),
        (np.array([1e300]), 9, zcgpu.InvalidArgumentError, "nan_to_num"),
    ],
)
def test_what_is_no_sound_is_refused(
    samples: Any, rate: Any, error: type[zcgpu.Error], words: str
) -> None:
    with pytest.raises(error, match=words):
        zcgpu.Audio(samples, rate)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.zeros((2, 100)), "path of a sound file or a video, not ndarray"),
        (0.5, "audio.*not a float"),
        (True, "audio.*not a bool"),
        ((1.0, 2.0), "audio.*not 2 numbers"),
        (object(), "not object"),
    ],
)
def test_what_no_audio_input_takes_is_refused(
    context: zcgpu.Context, value: Any, words: str
) -> None:
    scene = context.scene(shown(audio()))
    sound = zcgpu.Audio(np.ones(10), 10)
    scene.inputs["sound"] = sound
    with pytest.raises(zcgpu.WrongTypeError, match=words):
        scene.inputs["sound"] = value
    assert len(scene.inputs["sound"]) == 10


def test_pictures_and_sounds_are_not_each_other(context: zcgpu.Context) -> None:
    source = shader(
        "gl_FragColor = IMG_THIS_PIXEL(picture) + IMG_THIS_PIXEL(sound) + level;",
        inputs=[image("picture"), spectrum(), {"NAME": "level", "TYPE": "float"}],
    )
    scene = context.scene(source)
    sound = zcgpu.Audio(np.ones(10), 10)
    with pytest.raises(zcgpu.WrongTypeError, match=r"'sound' is an audioFFT.*not a picture"):
        scene.inputs["sound"] = context.frame(np.zeros((1, 1, 4), np.uint8))
    for name in ("picture", "level"):
        with pytest.raises(zcgpu.WrongTypeError, match=f"'{name}'.*not a sound"):
            scene.inputs[name] = sound
    with pytest.raises(zcgpu.WrongTypeError, match=r"'picture'.*not a sound"):
        scene.render(1, 1, inputs={"picture": sound})


def test_an_input_gives_its_sound_back_and_keeps_it(context: zcgpu.Context) -> None:
    scene = context.scene(shown(audio(MAX=2)))
    scene.inputs["sound"] = zcgpu.Audio(np.full((1, 2000), 0.5), 1000)
    gc.collect()
    assert zcgpu.census()["audios"] == 0
    again = scene.inputs["sound"]
    assert isinstance(again, zcgpu.Audio)
    assert zcgpu.census()["audios"] == 1
    scene.close()
    other = context.scene(shown(audio(MAX=2)))
    other.inputs["sound"] = again
    del again
    assert (texels(other, 2, time=1.5)[..., 0] == 0.75).all()


def test_one_sound_serves_contexts_of_both_dialects() -> None:
    samples = hiss(2)
    sound = zcgpu.Audio(samples, 48000)
    for dialect in ("gl", "es"):
        with zcgpu.Context(dialect=dialect) as context:
            scene = context.scene(shown(audio()))
            scene.inputs["sound"] = sound
            found = texels(scene, 1024, 2, time=0.5)[..., 0]
            np.testing.assert_allclose(found, waveform(samples, 48000, 0.5), rtol=EXACT)
    assert len(sound) == 48000


def test_threads_share_a_sound(context: zcgpu.Context) -> None:
    samples = hiss(2, 20000)
    sound = zcgpu.Audio(samples, 20000)
    failures: list[BaseException] = []

    def draw(seed: int) -> None:
        try:
            with context.scene(shown(spectrum(MAX=128))) as scene:
                scene.inputs["sound"] = sound
                for index in range(12):
                    time = (seed + 4 * index) / 48
                    found = texels(scene, 128, 2, time=time)[..., 0]
                    expected = amplitudes(samples, 20000, time, 128)
                    np.testing.assert_allclose(found, expected, rtol=EXACT, atol=1e-8)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=draw, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_scene_hears_its_sound_in_the_next_generation(each_dialect: zcgpu.Context) -> None:
    samples = hiss(1)
    expected = waveform(samples, 48000, 0.5)
    scene = each_dialect.scene(shown(audio()))
    scene.inputs["sound"] = zcgpu.Audio(samples, 48000)
    ends: list[Callable[[], object]] = [
        lambda: None,
        each_dialect.reinitialize,
        each_dialect.simulate_loss,
    ]
    for end in ends:
        end()
        if each_dialect.validate()["phase"] == "lost":
            with pytest.raises(zcgpu.ContextLostError):
                scene.render(1024, 1, time=0.5)
            each_dialect.reinitialize()
        found = texels(scene, 1024, time=0.5)[..., 0]
        np.testing.assert_allclose(found, expected, rtol=EXACT)


def test_a_driver_that_loses_the_context_shows_the_sound_in_the_next_generation() -> None:
    said = angle.output_of(
        """
        import numpy as np, zcgpu
        from losing import lose
        from sounds import amplitudes, audio, hiss, shown, spectrum, texels, waveform
        samples = hiss(2)
        sound = zcgpu.Audio(samples, 48000)
        with zcgpu.Context(dialect="es") as context:
            scenes = [context.scene(shown(audio())), context.scene(shown(spectrum(MAX=64)))]
            for scene in scenes:
                scene.inputs["sound"] = sound
            def check():
                waves = texels(scenes[0], 1024, 2, time=0.5)[..., 0]
                np.testing.assert_allclose(waves, waveform(samples, 48000, 0.5), rtol=1e-5)
                bands = texels(scenes[1], 64, 2, time=0.5)[..., 0]
                np.testing.assert_allclose(bands, amplitudes(samples, 48000, 0.5, 64), rtol=1e-5)
            check()
            lose(context)
            try:
                scenes[0].render(4, 4, time=0.5)
                print("drawn in a lost context")
            except zcgpu.ContextLostError:
                context.reinitialize()
            check()
            print("heard again on", context.info["renderer"][:5])
        """,
        environment={"ZCGPU_LOG": ""},
    )
    assert said == "heard again on ANGLE\n"


def test_a_scene_keeps_one_texture_an_input_and_gives_it_back(context: zcgpu.Context) -> None:
    source = shader(
        "gl_FragColor = IMG_THIS_PIXEL(a) + IMG_THIS_PIXEL(b);",
        inputs=[audio("a", MAX=16), spectrum("b", MAX=8), audio("unused")],
    )
    pool = context.pool()
    scene = context.scene(source)
    for name in ("a", "b", "unused"):
        scene.inputs[name] = zcgpu.Audio(hiss(2), 48000)
    for time in (0.1, 0.2, 0.3):
        scene.render(4, 4, time=time).close()
    held = {(it.use, it.width, it.height, it.dtype, it.count) for it in pool.holdings()}
    assert held == {("audio", 16, 2, "float32", 1), ("audio", 8, 2, "float32", 1)}
    scene.inputs["a"] = zcgpu.Audio(hiss(3), 48000)
    scene.render(4, 4, time=0.3).close()
    assert {(it.width, it.height) for it in pool.holdings()} == {(16, 3), (8, 2)}
    scene.close()
    assert pool.cleanup() == ()


def test_a_pool_without_room_for_a_sounds_texture_says_so() -> None:
    with zcgpu.Context(pool_budget=4096) as context:
        scene = context.scene(shown(audio()))
        with pytest.raises(zcgpu.PoolExhausted, match="1024 x 1"):
            scene.render(4, 4)


def test_diagnostics_tell_of_sounds() -> None:
    sound = zcgpu.Audio(hiss(2, 24000), 48000)
    (live,) = [it for it in diagnostics.live() if it.kind == "audio"]
    assert (live.bytes, live.context, live.detail) == (2 * 24000 * 4, None, "2 channels, 0.500 s")
    assert "192,000 bytes, 2 channels, 0.500 s" in diagnostics.report()
    diagnostics.trace(True)
    try:
        traced = zcgpu.Audio(np.zeros(3), 1)
        traces = [it.trace for it in diagnostics.live() if it.kind == "audio"]
        assert any("test_sounds.py" in (trace or "") for trace in traces)
        del traced
    finally:
        diagnostics.trace(False)
    assert len(sound) == 24000


def test_others_run_while_a_sound_is_copied() -> None:
    samples = np.zeros((2, 20_000_000))
    assert is_overtaken_by_others(lambda: zcgpu.Audio(samples, 48000))


def test_an_attribute_of_a_subclass_that_leads_back_to_it_is_collected() -> None:
    class Named(zcgpu.Audio):
        pass

    sound = Named(np.zeros(4), 4)
    sound.self = sound  # type: ignore[attr-defined]
    assert zcgpu.census()["audios"] == 1
    del sound
    gc.collect()
    assert zcgpu.census()["audios"] == 0


def test_interleaved_bytes_that_run_backwards_are_refused() -> None:
    backwards = memoryview(bytes(64))[::-1]  # of which 64 bytes lie before its first
    with pytest.raises(builtins.BufferError):
        zcgpu._native.Audio(backwards, 8000.0, 2, 1)
