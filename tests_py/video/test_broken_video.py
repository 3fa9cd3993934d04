"""Files that are cut or damaged: frames up to there, and an exception that says where."""

import os
from pathlib import Path

import numpy as np
import pytest
from children import output_of
from PIL import Image
from video import media, recipes
from video.damage import packets
from video.decoded import md5

import zcgpu

COPY = """/*{"INPUTS": [{"NAME": "film", "TYPE": "image"}]}*/
void main() { gl_FragColor = IMG_THIS_PIXEL(film); }"""
INTRA = f"{recipes.moving(frames=24)} -c:v mjpeg -q:v 2"


def test_a_file_that_is_cut_gives_its_frames_and_then_says_so(tmp_path: Path) -> None:
    whole = media.made("intra.mov", f"{INTRA} -movflags faststart")
    cut = tmp_path / "cut.mov"
    cut.write_bytes(whole.read_bytes()[: packets(whole)[15][0]])
    with zcgpu.open_video(whole) as video:
        expected = [md5(frame) for frame in video]
    assert len(expected) == 24
    for makes_index in (False, True):
        with zcgpu.open_video(cut) as video:
            if makes_index:
                assert len(video) == 15
            frames = iter(video)
            assert [md5(next(frames)) for _ in range(15)] == expected[:15]
            with pytest.raises(zcgpu.MediaError, match=r"cut\.mov"):
                next(frames)
            with pytest.raises(StopIteration):
                next(frames)
            assert len(video) == 15
            assert md5(video[3]) == expected[3]
            with pytest.raises(zcgpu.MediaError, match=r"cut\.mov"):
                video[15]


def reds(path: Path) -> Path:
    """Six pictures, redder and redder."""
    pictures = [Image.new("RGB", (64, 48), (40 * number, 0, 0)) for number in range(6)]
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=100, lossless=True)
    return path


def test_an_animated_webp_says_that_none_of_it_is_decoded_and_what_would_be(
    context: zcgpu.Context, tmp_path: Path
) -> None:
    words = r"film\.webp: .*FFmpeg [\d.]+.* decodes none of its frames; convert .* to APNG or MP4"
    with zcgpu.open_video(reds(tmp_path / "film.webp")) as video:
        frames = iter(video)
        for use in (
            lambda: next(frames),
            lambda: video[0],
            lambda: video.frame_at(0),
            lambda: context.scene(COPY).render(1, 1, inputs={"film": video}),
        ):
            with pytest.raises(zcgpu.MediaError, match=words):
                use()
        assert len(video) == len(list(frames)) == 0
    with zcgpu.open_video(reds(tmp_path / "film.png")) as video:
        assert [frame.to_numpy()[0, 0, 0] for frame in video] == [0, 40, 80, 120, 160, 200]


def test_a_picture_of_which_nothing_can_be_decoded_says_so(tmp_path: Path) -> None:
    path = reds(tmp_path / "cut.png")
    path.write_bytes(path.read_bytes()[:60])
    with (
        zcgpu.open_video(path) as video,
        pytest.raises(zcgpu.MediaError, match=r"cut\.png: .* decodes none of its frames\)$"),
    ):
        video[0]


def test_one_picture_that_cannot_be_decoded_is_not_why_a_file_ends(tmp_path: Path) -> None:
    whole = media.made("keys.avi", f"{recipes.moving(frames=24)} -c:v mpeg4 -g 5")
    data = bytearray(whole.read_bytes())
    place, size = packets(whole)[5]
    data[place + 4 : place + size] = bytes(size - 4)
    path = tmp_path / "hole.avi"
    path.write_bytes(data)
    with zcgpu.open_video(path) as video:
        assert len(video) == 23
        assert video.index_kind == "decoded"
        assert video[22].index == 22
        with pytest.raises(zcgpu.OutOfRangeError, match="there is no frame 23; the video has 23"):
            video[23]


def test_a_file_that_has_no_frames_is_an_empty_video(tmp_path: Path) -> None:
    header = tmp_path / "none.y4m"
    header.write_bytes(b"YUV4MPEG2 W64 H48 F25:1 Ip A1:1 C420jpeg\n")
    none = media.made("none.avi", "-f lavfi -i color=s=64x48 -frames:v 0 -c:v mpeg4")
    for path, kind in ((header, "packets"), (none, "decoded")):
        with zcgpu.open_video(path) as video:
            assert len(video) == len(list(video)) == 0
            assert video.index_kind == kind
            with pytest.raises(zcgpu.OutOfRangeError, match="there is no frame 0; the video has 0"):
                video[0]
            with pytest.raises(zcgpu.OutOfRangeError, match="has no frame that can be decoded"):
                video.frame_at(0)


TELLING = ["h264_open.mkv", "vp9.webm", "vp9.ivf", "mjpeg.avi", "h264.flv", "mpeg2_422.mxf"]
"""Files that say how long they are, or end within a frame that says so."""


@pytest.mark.parametrize("name", TELLING)
def test_a_cut_file_of_any_container_that_can_tell_says_so(name: str, tmp_path: Path) -> None:
    data = media.file(name).read_bytes()
    expected = [picture.md5 for picture in media.framemd5(name)]
    cut = tmp_path / name
    cut.write_bytes(data[: len(data) * 3 // 5])
    for makes_index in (False, True):
        with zcgpu.open_video(cut) as video:
            count = len(video) if makes_index else None
            frames = iter(video)
            found: list[int] = []
            with pytest.raises(zcgpu.MediaError, match=r"the file (ends within|is shorter than)"):
                found.extend(expected.index(md5(frame)) for frame in frames)
            # What is shown before the last that came may have been stored behind it.
            assert found[:5] == [0, 1, 2, 3, 4]
            assert found == sorted(found)
            assert 5 < len(found) < len(expected)
            assert count in (None, len(found))


def test_files_that_change_while_they_are_open_are_errors_or_frames(tmp_path: Path) -> None:
    path = tmp_path / "changing.mp4"
    whole = media.file("h264_b.mp4").read_bytes()
    expected = [picture.md5 for picture in media.framemd5("h264_b.mp4")]

    def seen(video: zcgpu.Video) -> list[str | None]:
        found: list[str | None] = []
        for number in (39, 0, 17, 5, 38):
            try:
                found.append(md5(video[number]))
            except (zcgpu.MediaError, zcgpu.OutOfRangeError):
                found.append(None)
        return found

    wanted = [expected[number] for number in (39, 0, 17, 5, 38)]
    path.write_bytes(whole)
    with zcgpu.open_video(path) as video:
        os.truncate(path, len(whole) // 2)
        assert all(it in (None, there) for it, there in zip(seen(video), wanted, strict=True))
        os.truncate(path, 0)
        seen(video)
        path.write_bytes(whole)  # the same file, and whole again
        os.truncate(path, 1 << 40)  # a terabyte that nobody wrote
        seen(video)
    with zcgpu.open_video(path) as video:
        assert seen(video) == wanted
    path.unlink()


def test_a_packet_that_cannot_be_decoded_is_one_frame_that_is_missing(tmp_path: Path) -> None:
    whole = media.made("intra.mov", INTRA)
    position, size = packets(whole)[9]
    data = bytearray(whole.read_bytes())
    data[position : position + size] = bytes(size)
    broken = tmp_path / "broken.mov"
    broken.write_bytes(data)
    with zcgpu.open_video(whole) as video:
        expected: list[str | None] = [md5(frame) for frame in video]
    expected[9] = None
    with zcgpu.open_video(broken) as video:
        frames = iter(video)
        found: list[str | None] = []
        while True:
            try:
                found.append(md5(next(frames)))
            except zcgpu.MediaError as error:
                assert "broken.mov" in str(error)  # noqa: PT017
                assert "frame 9, at 0.36 s" in str(error)  # noqa: PT017
                found.append(None)
            except StopIteration:
                break
        assert found == expected
        assert len(video) == 24
        for number in (20, 9, 8, 10, 9, 0):
            if number == 9:
                with pytest.raises(zcgpu.MediaError, match="frame 9, at"):
                    video[number]
            else:
                assert md5(video[number]) == expected[number]


def test_packets_that_show_nothing_are_no_frames(tmp_path: Path) -> None:
    recipe = f"{recipes.moving()} -c:v libvpx -deadline realtime -cpu-used 8 -g 12"
    data = bytearray(media.made("vp8.ivf", recipe).read_bytes())
    place, number = 32, 0  # behind IVF's header
    while place < len(data):
        if number in (3, 20, 23):
            data[place + 12] &= ~0x10  # show_frame: RFC 6386, 9.1
        place += 12 + int.from_bytes(data[place : place + 4], "little")
        number += 1
    assert number == 24
    hollow = tmp_path / "hollow.ivf"
    hollow.write_bytes(data)
    pixels = media.raw_frames(hollow)
    expected = [pixels[i : i + 4608] for i in range(0, len(pixels), 4608)]
    assert len(expected) == 21
    for order in (range(21), reversed(range(21)), [19, 1, 20, 2, 9]):
        with zcgpu.open_video(hollow) as video:
            for number in order:
                planes = b"".join(np.asarray(plane).tobytes() for plane in video[number].planes)
                assert planes == expected[number]
            assert len(video) == 21
            assert video.index_kind == "decoded"


def test_a_picture_that_is_damaged_is_not_shown(tmp_path: Path) -> None:
    whole = media.file("h264_b.mp4")
    position, size = packets(whole)[0]
    data = bytearray(whole.read_bytes())
    data[position + size - size // 3 : position + size - size // 4] = b"\xff" * (
        size // 3 - size // 4
    )
    broken = tmp_path / "damaged.mp4"
    broken.write_bytes(data)
    expected = [picture.md5 for picture in media.framemd5("h264_b.mp4")]
    for threads in (1, 2, 2, 2):
        with zcgpu.open_video(broken, threads=threads) as video:
            with pytest.raises(zcgpu.MediaError, match=r"frame 0, at 0\.0 s"):
                video[0]
            assert md5(video[30]) == expected[30]


def test_a_video_is_refused_in_a_child_of_a_fork_and_does_not_hang() -> None:
    said = output_of(
        f"""
        import os, sys, threading, warnings
        warnings.simplefilter("ignore", DeprecationWarning)
        import numpy as np, zcgpu
        path = {str(media.file("h264_b.mp4"))!r}
        video = zcgpu.open_video(path, threads=4)
        frame = video[3]
        plane = frame.planes[0]
        pixels = np.array(plane)
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            code = 9
            try:
                uses = [lambda: video[4], lambda: next(iter(video)), lambda: len(video),
                        lambda: video.frame_at(0.1), video.stats, lambda: frame.planes]
                for use in uses:
                    try:
                        use()
                        print("used in a child")
                    except zcgpu.ForkError as error:
                        assert "open the video again" in str(error)
                assert (np.asarray(plane) == pixels).all()
                with zcgpu.open_video(path) as own:
                    assert (np.asarray(own[3].planes[0]) == pixels).all()
                frame.close()
                video.close()
                del frame, plane, video
                code = 0
            finally:
                sys.stdout.flush()
                os._exit(code)
        print("the child ended", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        print("the parent goes on", video[4].index)
        video.close()
        """
    )
    assert said == "the child ended 0\nthe parent goes on 4\n"


def test_a_program_may_end_with_a_video_open() -> None:
    said = output_of(
        f"""
        import zcgpu
        video = zcgpu.open_video({str(media.file("h264_b.mp4"))!r}, threads=4)
        frame = next(iter(video))
        planes = frame.planes
        print(frame.index)
        """,
    )
    assert said == "0\n"
