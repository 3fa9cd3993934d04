"""Fences that are descriptors: of a GPU whose work is really done later."""

import os
import select
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from sources import shader

import zcgpu

PATIENCE = 60
SLOW = shader(
    """
    float sum = 0.0;
    for (int i = 0; i < 600; i++) sum += sin(gl_FragCoord.x * float(i));
    gl_FragColor = vec4(sum > 1e6 ? 1.0 : 0.2, 0.4, 0.6, 1.0);
    """
)
"""Takes the host's llvmpipe a while."""


@contextmanager
def fence(context: zcgpu.Context) -> Iterator[int]:
    descriptor = context.fence_fd()
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def is_ready(descriptor: int, timeout: float = 0) -> bool:
    return bool(select.select([descriptor], [], [], timeout)[0])


def test_a_fence_is_ready_when_the_gpu_is_done_and_no_sooner(
    each_dialect: zcgpu.Context,
) -> None:
    scene = each_dialect.scene(SLOW)
    scene.render(8, 8).to_numpy()  # compiled by now
    was_early = []
    for _ in range(5):  # whoever asks may be late, but not always
        frame = scene.render(512, 512)
        with fence(each_dialect) as descriptor:
            assert not os.get_inheritable(descriptor)
            was_early.append(not is_ready(descriptor))
            assert is_ready(descriptor, PATIENCE)
        assert (np.asarray(frame) == [51, 102, 153, 255]).all()
        if was_early[-1]:
            break
    assert was_early[-1]


def test_no_fence_is_ready_before_an_earlier_one(context: zcgpu.Context) -> None:
    scene = context.scene(SLOW)
    scene.render(512, 512)
    with fence(context) as first:
        scene.render(512, 512)
        with fence(context) as second:
            assert is_ready(second, PATIENCE)
            assert is_ready(first)


def test_descriptors_are_given_back(context: zcgpu.Context) -> None:
    counts = []
    for _ in range(50):
        with fence(context) as descriptor:
            assert is_ready(descriptor, PATIENCE)
        counts.append(len(os.listdir("/proc/self/fd")))
    assert len(set(counts[5:])) == 1
