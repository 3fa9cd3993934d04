"""Any thread may use and drop anything; a child of a fork may drop it."""

import contextlib
import gc
import os
import traceback
from collections.abc import Callable
from typing import Any

import numpy as np
from side_by_side import each_of
from video.backends import Backend, check_luma, check_picture, check_planes
from video.ownership.rules import refused, rule

import zcgpu


@rule
def eight_threads_use_the_same_frames(backend: Backend) -> None:
    with backend.opened(lease_budget=4) as (_, video):
        frames = [video[number] for number in range(6)]

        def use(thread: int) -> None:
            for turn in range(6):
                number = (thread + turn) % 6
                frame = frames[number]
                own: Any = zcgpu.from_capsule(frame.capsule())
                with frame.lease("decoder").pass_to("renderer") as lease:
                    check_picture(lease.frame().rgb(), number)
                check_planes(own, number)
                own.close()
                refused(zcgpu.LeaseError, lease.release)
                check_planes(video[8 + number], 8 + number)

        each_of(8, use)
        assert all(set(frame.holders) <= {"presenter", "gpu"} for frame in frames)
        assert all(frame.holders["presenter"] == 1 for frame in frames)


@rule
def what_is_closed_meanwhile_says_so_and_nothing_else(backend: Backend) -> None:
    for turn in range(6):
        with backend.opened() as (context, video):
            close_beside_others(context, video, video[1], turn)


def close_beside_others(
    context: zcgpu.Context, video: zcgpu.Video, frame: zcgpu.VideoFrame, turn: int
) -> None:
    """One thread closes frame, video and context while three use them until they are closed."""
    uses: list[Callable[[], object]] = [
        lambda: check_planes(frame, 1),
        lambda: check_picture(frame.rgb(), 1),
        lambda: frame.lease("cache").release(),
        lambda: frame.holders,
        video.stats,
        lambda: check_planes(video[3], 3),
        lambda: check_all(video),
    ]

    def use(thread: int) -> None:
        if thread > 0:
            while not all(is_closed(use) for use in uses):
                pass
            return
        for close in (frame.close, video.close, context.close):
            for use in uses[: turn + 1]:
                is_closed(use)
            close()

    each_of(4, use)


def check_all(video: zcgpu.Video) -> None:
    for number, frame in enumerate(video):
        check_planes(frame, number)


def is_closed(use: Callable[[], object]) -> bool:
    """Whether a `ClosedError` comes of it; any other is the rule's end."""
    try:
        use()
    except zcgpu.ClosedError:
        return True
    return False


@rule
def frames_stay_when_their_video_is_closed_while_others_decode(backend: Backend) -> None:
    for last in (2, 3, 4):
        with backend.opened() as (_, video):
            for frame, number in decode_together(video, last):
                check_planes(frame, number)


def decode_together(video: zcgpu.Video, last: int) -> list[tuple[zcgpu.VideoFrame, int]]:
    """The frames that four threads had when one of them closed the video."""
    kept: list[tuple[zcgpu.VideoFrame, int]] = []

    def use(thread: int) -> None:
        with contextlib.suppress(zcgpu.ClosedError):
            for number, frame in enumerate(video):
                kept.append((frame, number))
                if thread == 0 and number == last:
                    video.close()

    each_of(4, use)
    assert video.closed
    return kept


@rule
def the_last_hold_may_go_in_any_thread(backend: Backend) -> None:
    with backend.opened() as (_, video):
        for number in range(3):
            frame = video[number]
            mine: list[Any] = [frame, frame.rgb(), frame.texture(0), frame.planes]
            mine.append(mine)  # a cycle, which the collector finds
            del frame
            elsewhere(mine)
            check_picture(video[number].rgb(), number)
    context = zcgpu.Context(dialect=backend.dialect)
    video = backend.open(context)
    frame = video[2]
    view = np.asarray(frame.rgb())
    everything = [frame, video, context]
    video.close()
    context.close()
    del frame, video, context
    elsewhere(everything)
    check_picture(view, 2)


def elsewhere(things: list[Any]) -> None:
    """Drops things in another thread."""

    def drop(_: int) -> None:
        things.clear()
        gc.collect()

    each_of(1, drop)


@rule
def generations_may_end_while_others_show(backend: Backend) -> None:
    with backend.opened() as (context, video):
        frames = [video[number] for number in range(4)]

        def use(thread: int) -> None:
            for turn in range(8):
                if thread == 0:
                    context.reinitialize()
                    continue
                number = (thread + turn) % 4
                try:
                    check_picture(frames[number].rgb(), number)
                except zcgpu.StaleError:
                    check_planes(frames[number], number)

        each_of(4, use)
        for number, frame in enumerate(frames):
            check_picture(frame.rgb(), number)


@rule
def a_forked_child_is_refused_and_may_drop_everything(backend: Backend) -> None:
    with backend.opened() as (_, video):
        frame, unseen = video[3], video[4]
        lease, picture = frame.lease("cache"), frame.rgb()
        plane, seen = np.asarray(frame.planes[0]), np.asarray(picture)
        child = os.fork()
        if child == 0:
            status = 1
            try:
                uses: list[Callable[[], object]] = [
                    lambda: video[9],
                    lambda: unseen.planes,
                    frame.rgb,
                    frame.to_numpy,
                    frame.lease,
                    lambda: frame.texture(0),
                    lambda: lease.pass_to("renderer"),
                ]
                for use in uses:
                    refused(zcgpu.ForkError, use)
                check_luma(plane, 3)
                check_picture(seen, 3)
                lease.release()
                del uses, use
                frame.close()
                unseen.close()
                picture.close()
                video.close()
                status = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert frame.holders.pop("cache") == 1
        lease.release()
        check_planes(unseen, 4)
        check_picture(frame.rgb(), 3)
        check_planes(video[9], 9)
