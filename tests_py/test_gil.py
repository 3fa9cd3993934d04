"""Whoever waits for a context leaves Python to others: all that blocks releases the GIL."""

import threading
from collections.abc import Callable

import numpy as np
import pytest
from sources import COUNTER, colour

import zcgpu

RED = colour("vec4(1.0, 0.0, 0.0, 1.0)")

Use = Callable[[zcgpu.Context, zcgpu.Scene, zcgpu.Frame, zcgpu.Pool], object]

USES: dict[str, Use] = {
    "scene.render": lambda context, scene, frame, pool: scene.render(2, 2),
    "scene.render_into": lambda context, scene, frame, pool: scene.render_into(
        np.zeros((2, 2, 4), np.uint8)
    ),
    "scene.reset": lambda context, scene, frame, pool: scene.reset(),
    "scene.target": lambda context, scene, frame, pool: scene.target("kept"),
    "context.scene": lambda context, scene, frame, pool: context.scene(RED).close(),
    "context.frame": lambda context, scene, frame, pool: context.frame(
        np.zeros((2, 2, 4), np.uint8)
    ),
    "memoryview": lambda context, scene, frame, pool: memoryview(frame),
    "dlpack": lambda context, scene, frame, pool: np.from_dlpack(frame),
    "context.batch": lambda context, scene, frame, pool: context.batch().__enter__(),
    "context.check_errors": lambda context, scene, frame, pool: context.check_errors("a look"),
    "context.reset_state": lambda context, scene, frame, pool: context.reset_state(),
    "context.simulate_loss": lambda context, scene, frame, pool: context.simulate_loss(),
    "context.reinitialize": lambda context, scene, frame, pool: context.reinitialize(),
    "context.close": lambda context, scene, frame, pool: context.close(),
    "pool.frame": lambda context, scene, frame, pool: pool.frame(2, 2),
    "pool.housekeeping": lambda context, scene, frame, pool: pool.housekeeping(),
    "pool.purge": lambda context, scene, frame, pool: pool.purge(),
    "pool.cleanup": lambda context, scene, frame, pool: pool.cleanup(),
    "pool.force_cleanup": lambda context, scene, frame, pool: pool.force_cleanup(),
}


@pytest.mark.parametrize("use", USES)
def test_who_waits_for_a_context_leaves_python_to_others(use: str) -> None:
    context = zcgpu.Context()
    scene = context.scene(COUNTER)
    frame = scene.render(2, 2)
    pool = context.pool(budget=1 << 20)
    holding, done, calling = threading.Event(), threading.Event(), threading.Event()
    failures: list[BaseException] = []

    def hold() -> None:
        with context.batch():
            holding.set()
            done.wait()

    def call() -> None:
        calling.set()
        try:
            USES[use](context, scene, frame, pool)
        except BaseException as error:
            failures.append(error)

    holder = threading.Thread(target=hold)
    holder.start()
    holding.wait()
    caller = threading.Thread(target=call)
    caller.start()
    calling.wait()
    # Were the GIL held by the caller, this line would be reached after it had failed: busy.
    done.set()
    caller.join()
    holder.join()
    context.close()
    assert not failures


def test_closing_with_the_last_reference_leaves_python_to_others() -> None:
    context = zcgpu.Context()
    reference = context.acquire("last")
    context.close()
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with context.batch():
            holding.set()
            done.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    holding.wait()
    caller = threading.Thread(target=reference.release)
    caller.start()
    done.set()
    caller.join()
    holder.join()
    assert context.closed
