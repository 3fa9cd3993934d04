"""A generation ends with what is on the GPU, and takes no decoded pixels with it."""

import functools

import numpy as np
from video.backends import (
    FRAMES,
    HEIGHT,
    WIDTH,
    Backend,
    check_luma,
    check_picture,
    check_planes,
)
from video.ownership.rules import refused, rule

import zcgpu

COPY = (
    '/*{"INPUTS": [{"NAME": "film", "TYPE": "image"}]}*/'
    " void main() { gl_FragColor = IMG_THIS_PIXEL(film); }"
)


def begin_another(context: zcgpu.Context, how: str) -> None:
    """The next generation: because the program wants it, or because the context is lost."""
    if how == "loss" and "ANGLE" in context.info["renderer"]:
        from losing import lose

        lose(context)
    elif how == "loss":
        context.simulate_loss()
    context.reinitialize()


@rule
def another_generation_loses_no_decoded_pixels(backend: Backend) -> None:
    with backend.opened() as (context, video):
        frames = [video[number] for number in range(3)]
        planes = [np.asarray(frame.planes[0]) for frame in frames[:2]]
        for how in ("wish", "loss", "loss"):
            before = [frame.rgb() for frame in frames]
            texture = frames[1].texture(0)
            view = np.asarray(before[0])
            begin_another(context, how)
            check_picture(view, 0)
            for stale in (*before[1:], texture):
                refused(zcgpu.StaleError, functools.partial(np.asarray, stale))
            for number, frame in enumerate(frames):
                check_picture(frame.rgb(), number)
            check_luma(frames[1].texture(0), 1)
        for number, plane in enumerate(planes):
            check_luma(plane, number)
        for number, frame in enumerate(frames):
            check_planes(frame, number)
        check_planes(video[9], 9)


@rule
def a_scene_shows_the_frame_of_its_time(backend: Backend) -> None:
    with backend.opened() as (context, video), context.scene(COPY) as scene:
        scene.inputs["film"] = video
        for turn, number in enumerate((0, 1, 2, 13, 5, FRAMES - 1)):
            with scene.render(WIDTH, HEIGHT, time=(number + 0.5) / 25) as shown:
                check_picture(shown, number)
            if turn == 3:
                begin_another(context, "loss")
        video.close()
        assert "video is closed" in refused(zcgpu.ClosedError, lambda: scene.render(8, 8))


@rule
def a_frame_is_shown_in_whichever_context_lives(backend: Backend) -> None:
    with backend.opened() as (context, video), zcgpu.Context(dialect=backend.dialect) as other:
        frame = video[6]
        here, there = frame.rgb(), frame.rgb(other)
        context.close()
        check_picture(there, 6)
        check_picture(frame.rgb(other), 6)
        refused(zcgpu.ClosedError, frame.rgb)
        refused(zcgpu.ClosedError, lambda: np.asarray(here))
