"""Videos in the hands of hasty people: whatever is done is done right, or refused in words."""

import asyncio
import os
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from children import output_of, python
from video import media

import zcgpu
from zcgpu import renderer

IMAGE = """/*{"INPUTS": [{"NAME": "inputImage", "TYPE": "image"}]}*/
void main() { gl_FragColor = IMG_THIS_PIXEL(inputImage); }"""
LONG = 10**5000
"""More digits than Python shows."""


class Rude:
    """What says that it is a path, and is none; and cannot even be shown."""

    def __fspath__(self) -> Any:
        return 5

    def __repr__(self) -> str:
        raise RuntimeError


@pytest.fixture
def film() -> Path:
    return media.file("h264_b.mp4")


def luma(frame: zcgpu.VideoFrame) -> Any:
    return np.array(frame.planes[0])


# -- Arguments --


@pytest.mark.parametrize("path", [None, 5, b"film.mp4", [], Rude(), np.arange(3)], ids=type)
def test_what_is_no_path_is_refused(path: Any) -> None:
    with pytest.raises(zcgpu.WrongTypeError, match="a video is the path of a file"):
        zcgpu.open_video(path)
    with pytest.raises(zcgpu.WrongTypeError, match="a sound is the path of a file"):
        zcgpu.Audio.open(path)


@pytest.mark.parametrize("name", ["\ud800", "film\0.mp4"])
def test_a_name_that_no_file_can_have_is_refused(film: Path, name: str) -> None:
    with pytest.raises(zcgpu.FileError, match="no file can have the name"):
        zcgpu.open_video(name)
    with pytest.raises(zcgpu.FileError, match="no file can have the name"):
        zcgpu.Audio.open(name)
    with pytest.raises(zcgpu.FileError, match="no file can have the name"):
        zcgpu.open_video(film, backend="vaapi", device=name)


@pytest.mark.parametrize("backend", [None, [], {}, "gpu", np.arange(3), slice(None)], ids=type)
def test_a_backend_is_one_of_three_words(film: Path, backend: Any) -> None:
    with pytest.raises(zcgpu.InvalidArgumentError, match="backend is one of 'auto', 'software'"):
        zcgpu.open_video(film, backend=backend)
    with pytest.raises(zcgpu.InvalidArgumentError, match="zero_copy is one of 'auto'"):
        zcgpu.open_video(film, zero_copy=backend)
    with pytest.raises(zcgpu.InvalidArgumentError, match="backend is one of 'auto', 'software'"):
        zcgpu.Decoder("h264", backend=backend)
    with pytest.raises(zcgpu.InvalidArgumentError, match="on_backlog is one of 'refuse', 'drop'"):
        zcgpu.Decoder("h264", on_backlog=backend)


@pytest.mark.parametrize(("name", "least"), [("lease_budget", 1), ("threads", 0)])
def test_counts_are_whole_and_within_their_bounds(film: Path, name: str, least: int) -> None:
    for value in (least - 1, 65, 2**31, 2**64, -(2**64), LONG):
        with pytest.raises(zcgpu.InvalidArgumentError, match=f"{name} .* 1 to 64"):
            zcgpu.open_video(film, **{name: value})  # type: ignore[arg-type]
    for other in (None, 1.0, True, "1", np.arange(3), Fraction(1)):
        with pytest.raises(zcgpu.WrongTypeError, match=f"{name} .* 1 to 64"):
            zcgpu.open_video(film, **{name: other})  # type: ignore[arg-type]
    zcgpu.open_video(film, **{name: np.int64(1)}).close()  # type: ignore[arg-type]


def test_a_time_is_a_number_however_large(film: Path) -> None:
    with zcgpu.open_video(film) as video:
        for value in ("1", b"1", None, True, np.arange(3), int, 1j):
            with pytest.raises(zcgpu.WrongTypeError, match="a time is a number of seconds"):
                video.frame_at(value)  # type: ignore[arg-type]
        for far in (LONG, -LONG, float("inf"), float("nan")):
            with pytest.raises(zcgpu.InvalidArgumentError, match="a time is seconds"):
                video.frame_at(far)
        for far in (1e300, -1e300):
            with pytest.raises(zcgpu.OutOfRangeError):
                video.frame_at(far)
        assert video.frame_at(np.float32(0.1)).index == video.frame_at(Fraction(1, 10)).index == 2  # type: ignore[arg-type]


def test_a_number_of_a_frame_is_whole_however_large(film: Path) -> None:
    with zcgpu.open_video(film) as video:
        for value in (None, 1.0, True, "1", np.arange(3)):
            with pytest.raises(zcgpu.WrongTypeError, match="a frame has a whole number"):
                video[value]  # type: ignore[index]
        for far in (LONG, -LONG, 2**63):
            with pytest.raises(zcgpu.OutOfRangeError, match="there is no frame"):
                video[far]
            with pytest.raises(zcgpu.OutOfRangeError, match="there is no frame"):
                video[2:5][far]


def test_some_frames_are_taken_by_whole_numbers_and_a_step(film: Path) -> None:
    with zcgpu.open_video(film) as video:
        for frames in (video, video[:]):
            for wrong in ("a", 1.0, True, Rude(), np.arange(3), Fraction(1)):
                for part in (slice(wrong), slice(wrong, None), slice(None, None, wrong)):
                    with pytest.raises(zcgpu.WrongTypeError, match=r"video\[10:20:2\], not"):
                        frames[part]
            for none in (0, np.int64(0)):
                with pytest.raises(zcgpu.InvalidArgumentError, match="a step is at least 1, or"):
                    frames[::none]
            assert len(frames[-LONG:LONG]) == len(frames[::-1]) == 40
            assert len(frames[::LONG]) == len(frames[::-LONG]) == 1
            assert [it.index for it in frames[np.int64(3) : np.uint8(9) : 2]] == [3, 5, 7]


def test_a_plane_is_a_number(film: Path, context: zcgpu.Context) -> None:
    with zcgpu.open_video(film) as video, video[0] as frame:
        for value in (None, 0.0, "0", context, np.arange(3)):
            with pytest.raises(zcgpu.WrongTypeError, match="the number of a plane is an integer"):
                frame.texture(value, context)  # type: ignore[arg-type]


@pytest.mark.parametrize("path", [None, 5, bytearray(b"a.png"), Rude()], ids=type)
def test_a_picture_is_written_to_a_path(film: Path, path: Any, context: zcgpu.Context) -> None:
    with zcgpu.open_video(film) as video, video[0] as frame, frame.rgb(context) as picture:
        for save in (frame.save, picture.save):
            with pytest.raises(zcgpu.WrongTypeError, match="a picture is written to the path"):
                save(path)


@pytest.mark.parametrize("planes", [None, 5, [None], [5], [(1, 2)], np.array(2)], ids=str)
def test_planes_of_others_are_three_numbers_each(planes: Any, context: zcgpu.Context) -> None:
    with pytest.raises(zcgpu.WrongTypeError, match=r"\(fd, offset, pitch\)"):
        context.import_dmabuf(planes, width=4, height=4, fourcc="AR24")


@pytest.mark.parametrize("rate", [np.arange(3), np.array([48000.0]), int, "48000", None], ids=type)
def test_a_rate_is_a_number(rate: Any) -> None:
    with pytest.raises(zcgpu.WrongTypeError, match="rate is samples a second"):
        zcgpu.Audio(np.zeros(4, np.float32), rate)


def test_a_message_is_short_whatever_was_handed_in() -> None:
    with pytest.raises(zcgpu.WrongTypeError) as caught:
        zcgpu.open_video(bytes(100_000))  # type: ignore[arg-type]
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize("arguments", [(), ("film.mp4",), (b"film.mp4", 0, b"", 8, 0, None, "")])
def test_a_video_is_not_made_by_its_class(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match=r"videos come from zcgpu\.open_video"):
        zcgpu.Video(*arguments)


IN_A_CONTEXT: dict[str, Callable[[Path, zcgpu.Video, zcgpu.Context], Any]] = {
    "video": lambda film, _, context: zcgpu.open_video(film, context=context),
    "decoder": lambda _, __, context: zcgpu.Decoder("h264", context=context),
    "pipeline": lambda _, video, context: zcgpu.Pipeline(video, context=context),
}


@pytest.mark.parametrize("make", IN_A_CONTEXT.values(), ids=IN_A_CONTEXT)
def test_a_context_that_is_closed_is_refused_at_once(film: Path, make: Any) -> None:
    with zcgpu.Context() as closed, zcgpu.open_video(film) as video:
        closed.close()
        with pytest.raises(zcgpu.ClosedError) as caught:
            make(film, video, closed)
        with pytest.raises(zcgpu.ClosedError) as usual:
            closed.scene(IMAGE)
        assert str(caught.value) == str(usual.value)
        assert video[3].index == 3


@pytest.mark.parametrize("make", IN_A_CONTEXT.values(), ids=IN_A_CONTEXT)
def test_a_context_that_may_come_back_is_taken(film: Path, make: Any) -> None:
    with zcgpu.Context() as context, zcgpu.open_video(film) as video:
        context.simulate_loss()
        with make(film, video, context):
            pass
    with zcgpu.Context() as context, zcgpu.open_video(film) as video:
        reference = context.acquire("somebody")
        context.close()
        with make(film, video, context):
            pass
        reference.release()
        assert context.closed


def test_a_video_for_a_context_that_was_lost_shows_in_the_next_generation(film: Path) -> None:
    with zcgpu.Context() as context:
        context.simulate_loss()
        with zcgpu.open_video(film, context=context) as video, video[0] as frame:
            context.reinitialize()
            assert np.array_equal(np.asarray(frame.rgb()), frame.to_numpy())


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda _, value: zcgpu.open_video(media.file("h264_b.mp4"), context=value), "context is"),
        (lambda _, value: zcgpu.Decoder("h264", context=value), "context is a zcgpu.Context or"),
        (lambda _, value: zcgpu.Pipeline(value), "source is a zcgpu.Video or Decoder, not"),
        (lambda it, value: zcgpu.Pipeline(it, context=value), "context is a zcgpu.Context or"),
        (lambda it, value: zcgpu.Pipeline(it).draw(0, value), "renderer is a zcgpu.Renderer, not"),
        (lambda it, value: it[0].rgb(value), "context is a zcgpu.Context, not"),
        (lambda it, value: it[0].texture(0, value), "context is a zcgpu.Context, not"),
        (lambda it, value: it[0].lease(value), "a role is"),
        (lambda it, value: it[0].planes[0].__dlpack__(stream=value), "where stream is None, not"),
    ],
)
@pytest.mark.parametrize("value", [LONG, "x" * 100_000, Rude()], ids=["huge", "long", "unshown"])
def test_what_is_no_part_of_a_video_is_told_whatever_its_repr_does(
    film: Path, call: Callable[[zcgpu.Video, Any], object], words: str, value: Any
) -> None:
    with zcgpu.open_video(film) as video:
        with pytest.raises(zcgpu.Error, match=words) as caught:
            call(video, value)
        assert len(str(caught.value)) < 250


def test_a_packets_time_is_told_however_large() -> None:
    with (
        zcgpu.Decoder("h264") as decoder,
        pytest.raises(zcgpu.OutOfRangeError, match="pts is far beyond what fits: a int"),
    ):
        decoder.send(b"\0", pts=LONG)


def test_a_video_is_no_single_picture(film: Path, context: zcgpu.Context) -> None:
    with zcgpu.open_video(film) as video:
        with pytest.raises(zcgpu.WrongTypeError, match=r"video\[i\] is one"):
            context.frame(video)
        with video[0] as frame, context.frame(frame) as picture:
            assert picture.size == (64, 48)


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("latency", "x", "latency is 0 to 60 seconds"),
        ("latency", 61, "latency is 0 to 60 seconds"),
        ("latency", -LONG, "latency is 0 to 60 seconds"),
        ("latency", float("nan"), "latency is 0 to 60 seconds"),
        ("ahead", 65, "ahead is 1 to 64 frames"),
        ("ahead", None, "ahead is 1 to 64 frames"),
        ("cache", -1, "cache is 0 to 64 frames"),
        ("cache", LONG, "cache is 0 to 64 frames"),
        ("cache", 2.0, "cache is 0 to 64 frames"),
    ],
    ids=lambda it: it if isinstance(it, str) else type(it).__name__,
)
def test_a_pipeline_says_what_it_can_be(film: Path, option: str, value: Any, words: str) -> None:
    with zcgpu.open_video(film) as video:
        with pytest.raises(zcgpu.Error, match=words):
            zcgpu.Pipeline(video, **{option: value})
        with zcgpu.Pipeline(video) as pipeline:
            with pytest.raises(zcgpu.WrongTypeError, match="now is seconds"):
                pipeline.frame("1")  # type: ignore[arg-type]
            with pytest.raises(zcgpu.InvalidArgumentError, match="now is seconds"):
                pipeline.frame(LONG)
            with pytest.raises(zcgpu.InvalidArgumentError, match="steps are"):
                pipeline.past(LONG)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"fit": []}, "fit is one of 'contain', 'cover', 'stretch'"),
        ({"fit": np.arange(3)}, "fit is one of 'contain', 'cover', 'stretch'"),
        ({"sample_aspect": LONG}, "sample_aspect is a number above 0"),
        ({"sample_aspect": "1"}, "sample_aspect is a number"),
        ({"background": (LONG, 0, 0, 0)}, "background is four numbers"),
        ({"viewport": (0, 0, LONG, 1)}, "viewport is beyond any framebuffer"),
        ({"viewport": np.zeros((90, 90))}, "viewport is .* in whole pixels"),
    ],
    ids=lambda it: next(iter(it)) if isinstance(it, dict) else "",
)
def test_how_a_frame_is_drawn_is_told_in_words(options: dict[str, Any], words: str) -> None:
    usual = {"viewport": None, "fit": "contain", "background": None, "sample_aspect": None}
    with pytest.raises(zcgpu.Error, match=words) as caught:
        renderer.options(**{**usual, **options})
    assert len(str(caught.value)) < 250


def test_a_loop_that_is_closed_is_refused_and_leaves_nothing_open() -> None:
    loop = asyncio.new_event_loop()
    loop.close()
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(zcgpu.InvalidArgumentError, match="this one is closed"):
        zcgpu.Decoder("h264", on_frame=print, loop=loop)
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_wrong_word_in_the_environment_is_told_of(film: Path) -> None:
    program = """
    import sys, zcgpu
    with zcgpu.open_video(sys.argv[1]) as video, zcgpu.Pipeline(video):
        pass
    """
    done = python(program, str(film), environment={"ZCGPU_PIPELINE": "latency=x,ahead=2"})
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "ZCGPU_PIPELINE cannot be 'latency=x'; there are latency, ahead, cache, backlog, patience, "
        "each with a number"
    ]


# -- Files --


def test_a_name_is_kept_whatever_its_bytes(film: Path, tmp_path: Path) -> None:
    for name in (b"\xff\xfe.mp4", "日本 é.mp4".encode(), b"a\nb.mp4", b"a%d.mp4", b": error: .mp4"):
        path = os.path.join(os.fsencode(tmp_path), name)
        shutil.copyfile(film, path)
        with zcgpu.open_video(os.fsdecode(path)) as video:
            assert os.fsencode(video.path) == path
            assert video[3].index == 3


@pytest.mark.parametrize("name", ["h264_b.mp4", "h264.h264"])
@pytest.mark.parametrize("change", ["replaced", "deleted"])
def test_what_was_opened_is_read_whatever_becomes_of_its_name(
    tmp_path: Path, name: str, change: str
) -> None:
    path, other = tmp_path / name, tmp_path / f"other_{name}"
    shutil.copyfile(media.file(name), path)
    with zcgpu.open_video(media.file(name)) as video:
        wanted = [luma(frame) for frame in video]
    with zcgpu.open_video(path) as video:
        video[0].close()
        if change == "replaced":
            shutil.copyfile(
                media.made(f"black_{name}", "-f lavfi -i color=black:s=64x48:d=1.6"), other
            )
            os.replace(other, path)
        else:
            path.unlink()
        numbers = [20, 3, len(wanted) - 1, 0]
        assert len(video) == len(wanted)
        assert all(np.array_equal(luma(video[n]), wanted[n]) for n in numbers)


def test_a_pipe_is_no_picture_and_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    program = """
    import sys, zcgpu
    scene = zcgpu.Context().scene(sys.argv[2])
    try:
        scene.inputs["inputImage"] = sys.argv[1]
    except zcgpu.FileError as error:
        print(str(error).removeprefix(sys.argv[1]))
    """
    assert output_of(program, str(tmp_path / "pipe.png"), IMAGE) == ": no regular file\n"


# -- Forks --

FORK = """
import os, sys, threading
import zcgpu

context = zcgpu.Context()
video = zcgpu.open_video(sys.argv[1])
pipeline = zcgpu.Pipeline(zcgpu.open_video(sys.argv[1]))
if os.fork() == 0:
    {body}
    print("child", flush=True)
    sys.exit(7)
print(os.waitstatus_to_exitcode(os.wait()[1]), video[9].index)
pipeline.close()
video.close()
"""


@pytest.mark.parametrize(
    "body",
    [
        "with zcgpu.open_video(sys.argv[1]) as own: own[9]",
        """gate = threading.Barrier(20)
    crowd = [threading.Thread(target=gate.wait) for _ in range(20)]
    [it.start() for it in crowd], [it.join() for it in crowd]""",
    ],
    ids=["a video of its own", "threads of its own"],
)
def test_a_forked_child_ends_well_whatever_threads_it_had(film: Path, body: str) -> None:
    assert output_of(FORK.format(body=body), str(film)) == "child\n7 9\n"
