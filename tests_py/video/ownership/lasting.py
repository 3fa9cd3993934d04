"""What somebody holds stays as it is, whatever else goes and however little room there is."""

import functools
import gc
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from sources import shader
from video import media
from video.backends import (
    FILM,
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

SLOW = shader(
    "float a = 0.0;\n"
    "for (int i = 0; i < 3000; i++) a = fract(a * 1.3 + isf_FragNormCoord.x);\n"
    "gl_FragColor = vec4(a);"
)
PICTURE_BYTES = WIDTH * HEIGHT * 4


@rule
def pixels_stay_whatever_goes_in_whichever_order(backend: Backend) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for order in backend.orders("frame", "picture", "video", "context", "file"):
            path = Path(shutil.copy(media.file(FILM), folder))
            context = zcgpu.Context(dialect=backend.dialect)
            video = backend.open(context, path)
            frame, unseen = video[5], video[7]
            picture, lease = frame.rgb(), unseen.lease("cache")
            plane, seen = np.asarray(frame.planes[0]), np.asarray(picture)
            unseen.close()
            goes = {
                "frame": frame.close,
                "picture": picture.close,
                "video": video.close,
                "context": context.close,
                "file": path.unlink,
            }
            gone = set()
            for name in order:
                goes[name]()
                gone.add(name)
                check_luma(plane, 5)
                check_picture(seen, 5)
                if "frame" not in gone:
                    check_planes(frame, 5)
                    if "context" in gone:
                        refused(zcgpu.ClosedError, frame.rgb)
                    else:
                        check_picture(frame.rgb(), 5)
                if "picture" not in gone:
                    check_picture(picture, 5)
                if "video" in gone:
                    refused(zcgpu.ClosedError, functools.partial(video.__getitem__, 11))
                else:
                    check_planes(video[11], 11)  # back, by the index
            check_planes(lease.frame(), 7)
            lease.release()


@rule
def textures_and_views_stay_when_everything_else_is_dropped(backend: Backend) -> None:
    with backend.opened() as (context, video):
        kept: list[tuple[Any, Any, Any, int]] = []
        for number in range(6):
            frame = video[number]
            plane = frame.texture(0)
            kept.append((frame.rgb(), plane, np.from_dlpack(frame.planes[0]), number))
            plane.lease("cache").release()  # one of its holds, and not the last
        del frame
        video.close()
        gc.collect()
        others = [context.frame(np.full((HEIGHT, WIDTH, 4), 9, np.uint8)) for _ in range(6)]
        for picture, plane, view, number in kept:
            check_picture(picture, number)
            check_luma(plane, number)
            check_luma(view, number)
        assert all((np.asarray(other) == 9).all() for other in others)


@rule
def all_frames_may_be_held_and_shown(backend: Backend) -> None:
    with backend.opened(lease_budget=2) as (_, video):
        frames = list(video)
        pictures = [frame.rgb() for frame in frames]
        assert (len(frames), video.stats()["failures"]) == (FRAMES, 0)
        for number, (frame, picture) in enumerate(zip(frames, pictures, strict=True)):
            check_picture(picture, number)
            check_planes(frame, number)


@rule
def a_surface_is_read_before_it_is_decoded_into(backend: Backend) -> None:
    with backend.opened(lease_budget=1) as (context, video), context.scene(SLOW) as scene:
        before = scene.render(32, 32)  # what follows waits behind it
        pictures = [video[number].rgb() for number in range(8)]
        before.close()
        for number, picture in enumerate(pictures):
            check_picture(picture, number)


@rule
def a_full_pool_takes_nothing_from_who_holds(backend: Backend) -> None:
    with (
        zcgpu.Context(dialect=backend.dialect, pool_budget=9 * PICTURE_BYTES) as context,
        backend.open(context) as video,
    ):
        held: list[zcgpu.Frame] = []
        for turn in range(3):
            frame = None
            said = ""
            while not said:
                frame = video[len(held)]
                try:
                    held.append(frame.rgb())
                except zcgpu.PoolExhausted as error:
                    said = str(error)
            assert "presenter" in said
            for number, picture in enumerate(held):
                check_picture(picture, number)
            assert frame is not None
            check_planes(frame, len(held))
            while len(held) > 2 + turn:
                held.pop().close()
            check_picture(frame.rgb(), frame.index or 0)


@rule
def a_device_without_room_loses_no_packet(backend: Backend) -> None:
    if not backend.is_device:
        return  # only a device's memory runs out before the machine's
    os.environ["ZCSW_NO_SYNC_AFTER"] = "4"
    try:
        with backend.opened(lease_budget=3) as (_, video):
            frames = [video[number] for number in range(2)]
            frames[0].planes  # noqa: B018

            def go_on() -> None:
                frames.extend(video[number] for number in range(2, 8))

            assert "lease_budget" in refused(zcgpu.PoolExhausted, go_on)
            wanted = len(frames)
            refused(zcgpu.PoolExhausted, lambda: video[wanted])
            frames.clear()
            for number in range(wanted, FRAMES):  # a packet less would be a later frame's time
                with video[number] as frame:
                    assert (frame.index, round(frame.pts * 25, 3)) == (number, number)
    finally:
        del os.environ["ZCSW_NO_SYNC_AFTER"]
