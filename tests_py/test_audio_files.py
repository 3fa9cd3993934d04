"""WAV files: each form that is in use is read, what is broken says how, and nothing hangs."""

import os
import struct
from pathlib import Path

import numpy as np
import pytest
from children import output_of
from commands import raw
from commands import zcgpu as command
from numpy.typing import NDArray
from sounds import audio, chunk, form, hiss, riff, shown, texels, wav, waveform

import zcgpu

EXACT = 1e-5
GUID = bytes.fromhex("000000001000800000aa00389b71")


def encoded(
    samples: NDArray[np.float32], tag: int, width: int
) -> tuple[bytes, NDArray[np.float64]]:
    """Interleaved bytes of samples (channels, n), and what they say as numbers."""
    frames = samples.T.astype(np.float64)
    if tag == 3:
        floats = frames.astype({4: "<f4", 8: "<f8"}[width])
        return floats.tobytes(), floats.T.astype(np.float64)
    scale = 2.0 ** (8 * width - 1)
    whole = np.clip(np.rint(frames * scale), -scale, scale - 1).astype(np.int64)
    numbers = whole.T / scale
    if width == 1:
        return (whole + 128).astype(np.uint8).tobytes(), numbers
    raw = whole.astype("<i8").tobytes()
    eight = np.frombuffer(raw, np.uint8).reshape(-1, 8)[:, :width]
    return eight.tobytes(), numbers


@pytest.mark.parametrize("channels", [1, 2, 6, 9])
@pytest.mark.parametrize(("tag", "width"), [(1, 1), (1, 2), (1, 3), (1, 4), (3, 4), (3, 8)])
@pytest.mark.parametrize("extensible", [False, True])
def test_every_kind_of_sample_is_read(
    context: zcgpu.Context, tmp_path: Path, channels: int, tag: int, width: int, extensible: bool
) -> None:
    samples = hiss(channels, 1200)
    samples[0, :2] = (1.0, -1.0)
    data, numbers = encoded(samples, tag, width)
    block = channels * width
    head = form(tag, channels, 8000, width)
    if extensible:
        fields = (0xFFFE, channels, 8000, 8000 * block, block, width * 8, 22, width * 8, 0, tag)
        head = chunk(b"fmt ", struct.pack("<HHIIHHHHIH", *fields) + GUID)
    path = tmp_path / "sound.wav"
    path.write_bytes(riff(head, chunk(b"data", data)))
    sound = zcgpu.Audio.open(path)
    assert (sound.rate, sound.channels, len(sound)) == (8000.0, channels, 1200)
    scene = context.scene(shown(audio()))
    scene.inputs["sound"] = sound
    found = texels(scene, 1024, channels, time=0.11)[..., 0]
    np.testing.assert_allclose(found, waveform(numbers, 8000, 0.11), rtol=EXACT, atol=1e-7)


def test_chunks_of_other_programs_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    data = (hiss(1, 7) * 32767).astype("<i2").tobytes()
    others = [
        chunk(b"LIST", b"INFOISFT\x05\0\0\0abcde"),
        chunk(b"junk", b"odd"),
        chunk(b"bext", b""),
    ]
    path.write_bytes(riff(*others, form(1, 1, 44100, 2), *others, chunk(b"data", data), *others))
    assert len(zcgpu.Audio.open(path)) == 7


def test_half_a_sample_at_the_end_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    path.write_bytes(wav(b"\0" * 7, 1, 2, 44100, 2))
    assert len(zcgpu.Audio.open(path)) == 1


@pytest.mark.parametrize("form_of", [b"RIFF", b"RF64"])
def test_a_size_that_stands_elsewhere_or_nowhere_is_found(tmp_path: Path, form_of: bytes) -> None:
    data = (hiss(2, 50) * 32767).astype("<i2").T.tobytes()
    sizes = chunk(b"ds64", struct.pack("<QQQI", 0, len(data), 50, 0)) if form_of == b"RF64" else b""
    unknown = struct.pack("<4sI", b"data", 0xFFFFFFFF) + data
    body = b"WAVE" + sizes + form(1, 2, 44100, 2) + unknown
    path = tmp_path / "sound.wav"
    path.write_bytes(form_of + b"\xff\xff\xff\xff" + body)
    assert len(zcgpu.Audio.open(path)) == 50


ONE = form(1, 1, 8000, 2)
BROKEN = {
    "no chunk": (riff(), "no data chunk"),
    "no data": (riff(ONE), "no data chunk"),
    "no format": (riff(chunk(b"data", b"1234")), "before the format"),
    "a short format": (riff(chunk(b"fmt ", b"1234"), chunk(b"data", b"")), "fmt chunk has 4 bytes"),
    "cut off": (riff(ONE, struct.pack("<4sI", b"data", 100) + b"1234"), "says 100 bytes.*4 more"),
    "cut off before": (riff(ONE, struct.pack("<4sI", b"LIST", 9999) + b"1234"), "within the chunk"),
    "no channels": (riff(form(1, 0, 8000, 2), chunk(b"data", b"")), "0 channels"),
    "no rate": (riff(form(1, 1, 0, 2), chunk(b"data", b"")), "0 samples a second"),
    "too many channels": (riff(form(1, 65, 8000, 1), chunk(b"data", b"")), "1 to 64 channels"),
    "a rate beyond": (riff(form(1, 1, 20_000_000, 1), chunk(b"data", b"")), "10000000"),
    "bits of none": (riff(form(1, 1, 8000, 5), chunk(b"data", b"")), "samples of 40 bits"),
    "bits at odds": (riff(form(1, 1, 8000, 2, bits=24), chunk(b"data", b"")), "24 bits, 2 bytes"),
    "half floats": (riff(form(3, 1, 8000, 2), chunk(b"data", b"")), "floats 32 or 64"),
    "unheard of": (riff(form(0x4242, 1, 8000, 1), chunk(b"data", b"")), "format 0x4242"),
    "an unknown extension": (
        riff(chunk(b"fmt ", struct.pack("<HHIIHH", 0xFFFE, 1, 8000, 8000, 1, 8) + b"\7" * 24)),
        "format 0xfffe",
    ),
    "no numbers": (
        riff(form(3, 1, 8000, 4), chunk(b"data", struct.pack("<ff", 0.0, float("nan")))),
        "sample 1 of channel 0 is nan",
    ),
    "chunks for ever": (riff(*[chunk(b"junk", b"")] * 5000, ONE), "4096 chunks"),
    "an RF64 that says more": (
        b"RF64\xff\xff\xff\xffWAVE"
        + chunk(b"ds64", struct.pack("<QQQI", 0, 1 << 60, 0, 0))
        + ONE
        + struct.pack("<4sI", b"data", 0xFFFFFFFF),
        "cut off",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_is_broken_says_how(tmp_path: Path, case: str) -> None:
    contents, words = BROKEN[case]
    path = tmp_path / "broken.wav"
    path.write_bytes(contents)
    with pytest.raises(zcgpu.FileError, match=rf"broken\.wav: .*{words}"):
        zcgpu.Audio.open(path)


FOREIGN = {
    "nothing": b"",
    "text": b"hello, this is no sound at all",
    "another RIFF": b"RIFF\x04\0\0\0AVI ",
    "big-endian": b"RIFX\x04\0\0\0WAVE",
    "ADPCM": riff(form(2, 1, 8000, 1), chunk(b"data", b"")),
    "MP3": riff(form(0x55, 1, 8000, 1), chunk(b"data", b"")),
}


@pytest.mark.parametrize("case", FOREIGN)
def test_what_is_no_wav_file_is_ffmpegs_to_refuse(tmp_path: Path, case: str) -> None:
    path = tmp_path / "other.wav"
    path.write_bytes(FOREIGN[case])
    with pytest.raises(zcgpu.MediaError, match=r"other\.wav: \w"):
        zcgpu.Audio.open(path)


def test_every_prefix_of_a_file_is_a_sound_or_an_error(tmp_path: Path) -> None:
    whole = wav((hiss(2, 20) * 32767).astype("<i2").T.tobytes(), 1, 2, 8000, 2)
    path = tmp_path / "cut.wav"
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises((zcgpu.FileError, zcgpu.MediaError)):
            zcgpu.Audio.open(path)


def test_any_byte_may_be_another(tmp_path: Path) -> None:
    whole = bytearray(wav((hiss(2, 20) * 32767).astype("<i2").T.tobytes(), 1, 2, 8000, 2))
    path = tmp_path / "other.wav"
    random = np.random.default_rng(11)
    for _ in range(1500):
        other = bytearray(whole)
        for place in random.integers(0, 48, random.integers(1, 4)):
            other[place] = random.integers(0, 256)
        path.write_bytes(other)
        try:
            sound = zcgpu.Audio.open(path)
        except (zcgpu.FileError, zcgpu.MediaError):
            continue
        assert len(sound) <= 80


def test_what_is_no_file_is_an_error(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.wav"
    os.mkfifo(pipe)
    for path, words in (
        (tmp_path / "none.wav", "No such file"),
        (tmp_path, "Is a directory"),
        ("/dev/zero", "regular file"),
        (pipe, "regular file"),
        ("a\0b", "no file can have the name"),
        (os.fsdecode(b"\xff.wav"), "No such file"),
    ):
        with pytest.raises(zcgpu.FileError, match=words):
            zcgpu.Audio.open(path)
    for wrong in (None, 7, b"bytes"):
        with pytest.raises(zcgpu.WrongTypeError, match="path of a file"):
            zcgpu.Audio.open(wrong)  # type: ignore[arg-type]


def test_a_file_that_says_it_is_huge_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "huge.wav"
    with path.open("wb") as file:
        start = b"RF64\xff\xff\xff\xffWAVE"
        start += chunk(b"ds64", struct.pack("<QQQI", 0, 1 << 39, 0, 0)) + ONE
        file.write(start + struct.pack("<4sI", b"data", 0xFFFFFFFF))
        file.truncate(1 << 40)
    said = output_of(
        """
        import sys, zcgpu
        try:
            zcgpu.Audio.open(sys.argv[1])
        except zcgpu.FileError as error:
            print(error)
        with open("/proc/self/status") as status:
            (peak,) = [int(line.split()[1]) for line in status if line.startswith("VmHWM")]
        print(peak < 200_000)
        """,
        str(path),
    )
    assert said.endswith("are read at most\nTrue\n")


def test_the_command_line_hears_a_file(tmp_path: Path) -> None:
    samples = np.repeat([-1.0, -0.2, 0.4, 1.0], 2048)
    path = tmp_path / "steps.wav"
    path.write_bytes(wav(samples.astype("<f4").tobytes(), 3, 1, 2048, 4))
    shader = tmp_path / "level.fs"
    shader.write_text(
        '/*{"ISFVSN": "2", "INPUTS": [{"NAME": "a", "TYPE": "audio"}, '
        '{"NAME": "b", "TYPE": "audio"}]}*/ void main() { '
        "gl_FragColor = vec4(vec3(IMG_NORM_PIXEL(a, vec2(0.5)).r), 1.0) "
        "* IMG_NORM_PIXEL(b, vec2(0.5)).a; }"
    )
    sounds = ("--audio", f"a={path}", "--audio", f"b={path}")
    when = ("--size", "1x1", "--frames", "4", "--fps", "1", "--start", "0.75")
    reds = np.frombuffer(raw("render", shader, "-o", "-", *when, *sounds), np.uint8)[::4]
    np.testing.assert_allclose(reds, [0.0, 0.4 * 255, 0.7 * 255, 255.0], atol=0.6)
    missing = command("render", shader, "-o", "-", "--audio", f"a={tmp_path / 'none.wav'}")
    assert missing.returncode == 1
    assert "none.wav: cannot read the sound (No such file" in missing.stderr


def test_one_frame_in_one_line_hears_a_file(tmp_path: Path) -> None:
    path = tmp_path / "steps.wav"
    path.write_bytes(wav(np.full(2048, 0.5, "<f4").tobytes(), 3, 1, 1000, 4))
    frame = zcgpu.render(shown(audio()), 4, 1, time=2.0, inputs={"sound": path})
    assert (np.asarray(frame)[..., 0] == 0.75).all()
