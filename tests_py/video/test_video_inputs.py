"""A video as the image of a scene: what it shows is the frame of the render's time."""

import threading

import numpy as np
import pytest
from video import media

import zcgpu

COPY = (
    '/*{"INPUTS": [{"NAME": "film", "TYPE": "image"}, {"NAME": "hit", "TYPE": "event"}]}*/'
    " void main() { gl_FragColor = hit ? vec4(1.0) : IMG_THIS_PIXEL(film); }"
)
FILM = "h264.mp4"


def shown(scene: zcgpu.Scene, size: tuple[int, int], time: float) -> np.ndarray:
    with scene.render(*size, time=time) as frame:
        pixels: np.ndarray = np.array(frame)
    return pixels


def picture(frame: zcgpu.VideoFrame, context: zcgpu.Context) -> np.ndarray:
    with frame, frame.rgb(context) as upright:
        pixels: np.ndarray = np.array(upright)
    return pixels


def test_a_video_shows_the_frame_of_the_renders_time(context: zcgpu.Context) -> None:
    with context.scene(COPY) as scene, zcgpu.open_video(media.file(FILM)) as video:
        size = (video.width, video.height)
        expected = [picture(frame, context) for frame in video]
        times = [frame.pts for frame in video]
        scene.inputs["film"] = video
        for number in [*range(len(expected)), 7, 3, len(expected) - 1, 0]:
            np.testing.assert_array_equal(shown(scene, size, times[number]), expected[number])
        assert not np.array_equal(expected[0], expected[-1])


def test_before_it_begins_and_after_it_ends_a_video_stands_still(context: zcgpu.Context) -> None:
    with context.scene(COPY) as scene, zcgpu.open_video(media.file(FILM)) as video:
        size = (video.width, video.height)
        scene.inputs["film"] = video
        first, last = picture(video[0], context), picture(video[-1], context)
        np.testing.assert_array_equal(shown(scene, size, -5.0), first)
        np.testing.assert_array_equal(shown(scene, size, 1e9), last)


def test_playing_on_never_seeks_and_looking_again_decodes_nothing(context: zcgpu.Context) -> None:
    with context.scene(COPY) as scene, zcgpu.open_video(media.file(FILM)) as video:
        scene.inputs["film"] = video
        len(video)
        before = video.stats()
        for number in range(20):
            shown(scene, (32, 24), number / 25)
            shown(scene, (32, 24), number / 25)
        after = video.stats()
        assert after["decoded"] - before["decoded"] <= 21
        assert after["seeks"] == before["seeks"]


def test_an_input_gives_its_video_back(context: zcgpu.Context) -> None:
    with context.scene(COPY) as scene, zcgpu.open_video(media.file(FILM)) as video:
        scene.inputs["film"] = video
        back = scene.inputs["film"]
        assert isinstance(back, zcgpu.Video)
        assert (back.path, len(back)) == (video.path, len(video))
        del back
        assert not video.closed
        scene.inputs["film"] = None
        assert scene.inputs["film"] is None
        assert not shown(scene, (8, 8), 0.5).any()


def test_a_video_may_be_for_one_call(context: zcgpu.Context) -> None:
    with context.scene(COPY) as scene, zcgpu.open_video(media.file(FILM)) as video:
        with scene.render(video.width, video.height, time=0.4, inputs={"film": video}) as frame:
            pixels = np.array(frame)
        np.testing.assert_array_equal(pixels, picture(video.frame_at(0.4), context))
        assert scene.inputs["film"] is None


def test_a_closed_video_is_an_error_that_names_the_input(context: zcgpu.Context) -> None:
    with context.scene(COPY) as scene:
        video = zcgpu.open_video(media.file(FILM))
        scene.inputs["film"] = video
        video.close()
        with pytest.raises(zcgpu.ClosedError, match="this video is closed"):
            scene.inputs["film"] = video
        scene.inputs["hit"] = True
        for _ in range(2):
            with pytest.raises(zcgpu.ClosedError, match="input 'film': this video is closed"):
                scene.render(8, 8)
        scene.inputs["film"] = None
        assert shown(scene, (8, 8), 0.0).min() == 255, "the event waits for a frame"


def test_a_video_follows_a_context_through_its_generations(context: zcgpu.Context) -> None:
    with context.scene(COPY) as scene, zcgpu.open_video(media.file(FILM)) as video:
        size = (video.width, video.height)
        scene.inputs["film"] = video
        before = shown(scene, size, 0.2)
        context.reinitialize()
        np.testing.assert_array_equal(shown(scene, size, 0.2), before)


def test_scenes_of_several_contexts_and_threads_share_a_video(
    context: zcgpu.Context, other_context: zcgpu.Context
) -> None:
    with zcgpu.open_video(media.file(FILM)) as video:
        size = (video.width, video.height)
        expected = [picture(frame, context) for frame in video]
        times = [frame.pts for frame in video]
        wrong: list[str] = []

        def play(context: zcgpu.Context, numbers: list[int]) -> None:
            with context.scene(COPY) as scene:
                scene.inputs["film"] = video
                for number in numbers:
                    if not np.array_equal(shown(scene, size, times[number]), expected[number]):
                        wrong.append(f"frame {number}")

        threads = [
            threading.Thread(target=play, args=(it, numbers))
            for it, numbers in (
                (context, list(range(20))),
                (context, list(range(19, -1, -1))),
                (other_context, list(range(0, 20, 3))),
            )
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not wrong


def test_a_video_is_no_cube_and_no_number(context: zcgpu.Context) -> None:
    text = (
        '/*{"INPUTS": [{"NAME": "box", "TYPE": "cube"}, {"NAME": "level", "TYPE": "float"}]}*/'
        " void main() { gl_FragColor = vec4(level); }"
    )
    with context.scene(text) as scene, zcgpu.open_video(media.file(FILM)) as video:
        with pytest.raises(zcgpu.WrongTypeError, match="not Video"):
            scene.inputs["box"] = video
        with pytest.raises(zcgpu.WrongTypeError, match="not Video"):
            scene.inputs["level"] = video
        assert video.index_kind is None, "nobody counted its frames"
