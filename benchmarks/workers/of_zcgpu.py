"""What zcgpu does in a block: draws, inputs, switches of contexts."""

import sys
from functools import partial
from importlib import import_module
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

import zcgpu
from benchmarks.workers import protocol
from zcgpu import Context, Scene


def draw(scene: Scene, target: NDArray[np.uint8], count: int) -> None:
    """Frames, read into the caller's array."""
    for frame in range(count):
        scene.render_into(target, time=frame / 60)


def draw_in_batch(scene: Scene, target: NDArray[np.uint8], count: int) -> None:
    """The same, with the context held."""
    with scene.context.batch():
        draw(scene, target, count)


def draw_frames(scene: Scene, size: tuple[int, int], count: int) -> None:
    """Frames of their own, each looked at and dropped."""
    for number in range(count):
        np.asarray(scene.render(*size, time=number / 60))


def set_input(scene: Scene, count: int) -> None:
    """The statement of the goal, in a loop."""
    for _ in repeat(None, count):
        scene.inputs["speed"] = 2.0


def switch_outside(one: Context, other: Context, count: int) -> None:
    """Each `with` asks what is current, switches, and puts it back."""
    one_batch, other_batch = one.batch(), other.batch()
    for _ in repeat(None, count // 2):
        with one_batch:
            pass
        with other_batch:
            pass


def switch_inside(one: Context, other: Context, count: int) -> None:
    """Inside a batch each `with` is one switch, and its end is none."""
    with one.batch():
        switch_outside(one, other, count)


def make_current(one: Context, other: Context, count: int) -> None:
    """Inside a batch, by name."""
    with one.batch():
        for _ in repeat(None, count // 2):
            other.make_current()
            one.make_current()


def switch_from_host(host: Any, other: Context, count: int) -> None:
    """Another library's context is current and is put back each time."""
    batch = other.batch()
    with host:
        for _ in repeat(None, count):
            with batch:
                pass


def main(shader: str) -> None:
    """Makes two contexts and serves."""
    one, other = Context(), Context()
    scene = one.scene(shader)
    small = np.ones((64, 64, 4), np.uint8)
    large = np.ones((1080, 1920, 4), np.uint8)
    jobs: dict[str, protocol.Job] = {
        "draw-small": partial(draw, scene, small),
        "draw-small-batch": partial(draw_in_batch, scene, small),
        "draw-large": partial(draw, scene, large),
        "frame-small": partial(draw_frames, scene, (64, 64)),
        "frame-large": partial(draw_frames, scene, (1920, 1080)),
        "set": partial(set_input, scene),
        "empty-loop": protocol.empty_loop,
        "switch-from-nothing": partial(switch_outside, one, other),
        "switch-bare": partial(switch_inside, one, other),
        "make-current": partial(make_current, one, other),
    }
    try:
        moderngl: Any = import_module("moderngl")
        host = moderngl.create_context(standalone=True, backend="egl", require=450)
    except Exception:
        pass  # no host to put back: the row says so
    else:
        with host:
            pass  # leaves nothing current, which is where the other jobs start from
        jobs["switch-from-host"] = partial(switch_from_host, host, other)
    info = one.info
    protocol.serve(f"{info['renderer']}, {info['version']}; zcgpu {zcgpu.__version__}", jobs)


if __name__ == "__main__":
    main(sys.argv[1])
