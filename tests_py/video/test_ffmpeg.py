"""FFmpeg: found, missing, shared with others in the process, and kept from reading elsewhere."""

import os
from pathlib import Path

import pytest
from children import output_of
from video import media

import zcgpu


def test_without_ffmpeg_video_says_what_to_do_and_the_rest_works(tmp_path: Path) -> None:
    program = """
        import sys
        import numpy as np
        import zcgpu

        for _ in range(2):
            try:
                zcgpu.open_video(sys.argv[1])
            except zcgpu.LibraryError as error:
                print(error)
        with zcgpu.Context() as context:
            scene = context.scene("/*{}*/ void main() { gl_FragColor = vec4(1.0); }")
            print(np.asarray(scene.render(2, 2)).min())
    """
    path = str(media.file("h264_b.mp4"))
    said = output_of(program, path, environment={"ZCGPU_LIBAV": str(tmp_path)})
    assert said.count(f"{tmp_path}/libavutil.so.") == 2
    assert "unset it, or name the folder of FFmpeg's libraries" in said
    assert said.endswith("255\n")


def loaded(name: str) -> str:
    """The path of the library that this process has by now."""
    with zcgpu.open_video(media.file("h264_b.mp4")):
        lines = Path("/proc/self/maps").read_text().splitlines()
    return next(line.split()[-1] for line in lines if name in line)


def test_the_folder_of_ffmpeg_may_be_named() -> None:
    program = """
        import sys
        import zcgpu

        with zcgpu.open_video(sys.argv[1]) as video:
            print(video.codec)
    """
    folder = os.path.dirname(loaded("libavcodec.so"))
    path = str(media.file("h264_b.mp4"))
    assert output_of(program, path, environment={"ZCGPU_LIBAV": folder}) == "h264\n"


def test_ffmpeg_complains_to_nobody_but_the_caller(tmp_path: Path) -> None:
    whole = media.file("h264_b.mp4").read_bytes()
    middle = len(whole) // 2
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(whole[:middle] + bytes(400) + whole[middle + 400 :])
    program = """
        import sys
        import zcgpu

        for path in sys.argv[1:]:
            try:
                with zcgpu.open_video(path) as video:
                    for frame in video:
                        frame.close()
            except zcgpu.MediaError:
                pass
        print("done")
    """
    (tmp_path / "short.mp4").write_bytes(whole[: middle // 2])
    # output_of asserts that nothing came on stderr.
    assert output_of(program, str(broken), str(tmp_path / "short.mp4")) == "done\n"


LEVEL = """
    import ctypes, sys
    import zcgpu

    def level():
        return ctypes.CDLL(sys.argv[2]).av_log_get_level()

    before = level() if "first" in sys.argv[3:] else None
    zcgpu.open_video(sys.argv[1]).close()
    print(before, level())
"""
INFO, QUIET = 32, -8


@pytest.mark.parametrize(("order", "levels"), [("first", (INFO, INFO)), ("last", (None, QUIET))])
def test_the_log_of_a_program_with_ffmpeg_of_its_own_stays_as_it_was(
    order: str, levels: tuple[int | None, int]
) -> None:
    said = output_of(LEVEL, str(media.file("h264_b.mp4")), loaded("libavutil.so"), order)
    assert said == f"{levels[0]} {levels[1]}\n"


def test_pyav_with_an_ffmpeg_of_its_own_decodes_beside_us() -> None:
    program = """
        import sys
        import av
        import numpy as np
        import zcgpu

        theirs = av.open(sys.argv[1]).decode(video=0)
        with zcgpu.open_video(sys.argv[1]) as video:
            for ours, other in zip(video, theirs, strict=True):
                plane = other.planes[0]
                rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
                assert np.array_equal(np.asarray(ours.planes[0]), rows[:48, :64])
                ours.close()
            print(video.frame_rate)
    """
    assert output_of(program, str(media.file("h264_b.mp4"))) == "25\n"


def test_a_playlist_is_refused_whatever_its_name(tmp_path: Path) -> None:
    part = media.file("h264_b.mp4")
    listed = tmp_path / "film.mp4"
    listed.write_text(f"ffconcat version 1.0\nfile {part}\n")
    with pytest.raises(zcgpu.MediaError, match="list of other files"):
        zcgpu.open_video(listed)
