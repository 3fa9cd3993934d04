"""Pools that are cleaned up and ended: pixels stay right for who holds them."""

import gc
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from children import output_of, python
from pools import FRAME, finish, paint, used
from sources import COUNTER

import zcgpu
from zcgpu.pool import Holding


@pytest.fixture
def pool(context: zcgpu.Context) -> Iterator[zcgpu.Pool]:
    """For three frames of 16 x 8."""
    with context.pool(budget=3 * FRAME) as pool:
        yield pool


@pytest.fixture
def fresh() -> zcgpu.Context:
    """A context of the test's own, which it ends."""
    return zcgpu.Context()


# -- cleaning up -----------------------------------------------------------------------------


def test_housekeeping_deletes_what_was_idle_for_more_than_thirty_calls(pool: zcgpu.Pool) -> None:
    pool.frame(16, 8).close()
    finish(pool.context)
    assert [pool.housekeeping() for _ in range(30)] == [0] * 30
    assert pool.statistics.idle_count == 1
    assert pool.housekeeping() == 1
    assert pool.statistics.used_bytes == 0


def test_what_is_used_in_between_stays_young(pool: zcgpu.Pool) -> None:
    for _ in range(3):
        pool.frame(16, 8).close()
        finish(pool.context)
        assert sum(pool.housekeeping() for _ in range(30)) == 0
    assert pool.statistics.hits == 2


def test_cleanup_waits_for_the_gpu_and_tells_what_is_held(pool: zcgpu.Pool) -> None:
    scene = pool.context.scene(paint(5))
    kept = scene.render(16, 8, pool=pool)
    for _ in range(2):
        scene.render(16, 8, pool=pool).close()
    assert pool.cleanup() == (Holding(16, 8, "uint8", 1, FRAME, "frame", None, {"presenter": 1}),)
    assert pool.statistics.used_bytes == FRAME
    assert (np.asarray(kept) == (5, 0, 0, 255)).all()


def test_forced_cleanup_takes_nothing_from_who_holds_it(context: zcgpu.Context) -> None:
    size = 64 * 64 * 4
    with context.pool(budget=10 * size) as pool:
        scenes = [context.scene(paint(20 * n)) for n in range(10)]
        held = [scene.render(64, 64, pool=pool) for scene in scenes]
        (holding,) = pool.force_cleanup()
        assert (holding.count, holding.bytes) == (10, 10 * size)
        with pytest.raises(zcgpu.PoolExhausted, match="10 frames of 64 x 64"):
            pool.frame(64, 64)
        noise = [context.pool().frame(64, 64) for _ in range(10)]  # would be their memory
        for n, frame in enumerate(held):
            assert (np.asarray(frame) == (20 * n, 0, 0, 255)).all()
        assert all((np.asarray(frame) == 0).all() for frame in noise)
        held.clear()
        del frame
        finish(context)
        assert pool.statistics.used_bytes == 0  # deleted, not kept


def test_forced_cleanup_leaves_scenes_their_buffers(context: zcgpu.Context) -> None:
    scene = context.scene(COUNTER)
    target = np.zeros((4, 4, 4), np.uint8)
    for n in range(1, 6):
        scene.render_into(target)
        assert target[0, 0, 0] == n
        context.pool().force_cleanup()


def test_fifty_rounds_of_cleanup_reinitialize_and_new_objects_have_right_pixels() -> None:
    out = output_of(
        """
        import numpy as np
        import zcgpu

        TEXT = "/*{}*/ void main() { gl_FragColor = vec4(%d.0 / 255.0, 0.5, %d.0 / 255.0, 1.0); }"
        with zcgpu.Context() as context:
            kept = []
            for n in range(50):
                own, pool = context.pool(), context.pool(budget=1 << 20)
                own.cleanup() if n % 2 else own.force_cleanup()
                context.reinitialize()
                scene = context.scene(TEXT % (n, 255 - n))
                frame = scene.render(32, 16, pool=pool if n % 3 else None)
                assert (np.asarray(frame) == (n, 128, 255 - n, 255)).all(), n
                assert own.statistics.live_count + pool.statistics.live_count == 1
                kept.append(frame)
                if n % 7 == 0:
                    kept.clear()
        print("right")
        """
    )
    assert out == "right\n"


def test_a_driver_without_memory_gets_what_is_idle_before_it_is_asked_again() -> None:
    done = python(
        """
        import resource
        import numpy as np
        import zcgpu

        UNLIMITED = resource.RLIM_INFINITY
        with zcgpu.Context() as context:
            scene = context.scene("/*{}*/ void main() { gl_FragColor = vec4(1.0); }")
            pool = context.pool()
            frames = [pool.frame(2048, 2048) for _ in range(3)]  # 16 MiB each
            frames.clear()
            for _ in range(3):
                np.asarray(scene.render(4, 4))
            assert pool.statistics.idle_bytes > 3 * 2**24
            with open("/proc/self/statm") as statm:
                used = int(statm.read().split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (used + 2**23, UNLIMITED))
            frame = pool.frame(2048, 2500)  # does not fit beside them
            assert pool.statistics.idle_bytes == 0
            try:
                refused = [pool.frame(2048, 2500) for _ in range(3)]
            except zcgpu.OutOfMemoryError as error:
                print(type(error).__name__, error)
            resource.setrlimit(resource.RLIMIT_AS, (UNLIMITED, UNLIMITED))
            assert (np.asarray(frame) == 0).all()
            assert (np.asarray(scene.render(4, 4)) == 255).all()
        """
    )
    assert done.returncode == 0, done.stderr
    assert "idle ones are deleted, and it is asked once more" in done.stderr
    assert (
        done.stdout
        == "OutOfMemoryError the driver has no memory for 2048 x 2500 pixels of 4 bytes\n"
    )


# -- ends ------------------------------------------------------------------------------------


def test_closing_a_pool_takes_nothing_from_who_holds_its_frames(context: zcgpu.Context) -> None:
    scene = context.scene(paint(77))
    pool = context.pool(budget=1 << 20)
    frames = [scene.render(8, 8, pool=pool) for _ in range(3)]
    pool.close()
    pool.close()
    assert pool.closed
    finish(context)
    assert all((np.asarray(frame) == (77, 0, 0, 255)).all() for frame in frames)
    for use in (pool.purge, pool.cleanup, pool.holdings, lambda: pool.frame(1, 1)):
        with pytest.raises(zcgpu.ClosedError, match="this pool is closed"):
            use()
    assert repr(pool) == "<zcgpu.Pool closed>"


def test_a_contexts_own_pool_outlives_its_objects(context: zcgpu.Context) -> None:
    frame = context.pool().frame(8, 8)
    context.pool().close()
    gc.collect()
    assert context.pool().statistics.live_bytes == 8 * 8 * 4
    assert frame.usable


def test_reinitializing_starts_with_empty_books(fresh: zcgpu.Context) -> None:
    with fresh, fresh.pool(budget=2 * FRAME) as pool:
        old = [pool.frame(16, 8) for _ in range(2)]
        fresh.reinitialize()
        assert used(pool) == {}
        assert pool.holdings() == ()
        new = [pool.frame(16, 8) for _ in range(2)]
        old.clear()
        assert (pool.statistics.live_count, pool.statistics.retiring_count) == (2, 0)
        with pytest.raises(zcgpu.PoolExhausted):
            pool.frame(16, 8)
        assert all((np.asarray(frame) == 0).all() for frame in new)


def test_a_pool_of_a_lost_context_recovers_with_it(fresh: zcgpu.Context) -> None:
    with fresh, fresh.pool(budget=FRAME) as pool:
        kept = pool.frame(16, 8)
        fresh.simulate_loss()
        assert used(pool) == {}
        for use in (pool.purge, pool.cleanup, pool.housekeeping, lambda: pool.frame(16, 8)):
            with pytest.raises(zcgpu.ContextLostError):
                use()
        fresh.reinitialize()
        assert (np.asarray(pool.frame(16, 8)) == 0).all()
        assert not kept.usable


def test_a_pool_of_a_closed_context_is_empty_and_harmless(fresh: zcgpu.Context) -> None:
    pool = fresh.pool(budget=FRAME)
    frame = pool.frame(16, 8)
    fresh.close()
    assert used(pool) == {}
    assert pool.holdings() == ()
    for use in (pool.cleanup, pool.force_cleanup, lambda: fresh.pool(budget=1)):
        with pytest.raises(zcgpu.ClosedError):
            use()
    frame.close()
    pool.close()


def test_a_forked_child_is_refused_and_does_not_hang() -> None:
    out = output_of(
        """
        import os
        import zcgpu

        context = zcgpu.Context()
        pool = context.pool(budget=4096)
        frame = pool.frame(8, 8)
        if (child := os.fork()) == 0:
            refused = 0
            figures = lambda: pool.statistics
            for use in (pool.purge, pool.holdings, figures, lambda: pool.frame(1, 1)):
                try:
                    use()
                except zcgpu.ForkError:
                    refused += 1
            os._exit(refused)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 4
        print(pool.statistics.live_count)
        context.close()
        """
    )
    assert out == "1\n"


def test_pools_and_contexts_end_in_any_order() -> None:
    out = output_of(
        """
        import itertools
        import zcgpu

        WHITE = "/*{}*/ void main() { gl_FragColor = vec4(1.0); }"
        for order in itertools.permutations(["context", "own", "pool", "frame"]):
            things = {"context": zcgpu.Context()}
            things["own"] = things["context"].pool()
            things["pool"] = things["context"].pool(budget=4096)
            scene = things["context"].scene(WHITE)
            things["frame"] = scene.render(8, 8, pool=things["pool"])
            for name in order:
                things.pop(name).close()
            del scene
        assert not any(zcgpu.census().values()), zcgpu.census()
        print("well")
        """
    )
    assert out == "well\n"


# -- threads ---------------------------------------------------------------------------------


def test_threads_share_a_tight_pool_with_right_pixels(context: zcgpu.Context) -> None:
    wrong: list[object] = []
    counted = [0, 0]
    pool = context.pool(budget=6 * FRAME)

    def work(red: int) -> None:
        scene = context.scene(paint(red))
        drawn = 0
        try:
            while drawn < 40:
                try:
                    frame = scene.render(16, 8, pool=pool)
                except zcgpu.PoolExhausted:
                    counted[1] += 1
                    continue
                if not (np.asarray(frame) == (red, 0, 0, 255)).all():
                    wrong.append(red)
                drawn += 1
                counted[0] += 1
                if drawn % 5 == 0:
                    (pool.cleanup, pool.force_cleanup, pool.purge, pool.housekeeping)[
                        drawn // 5 % 4
                    ]()
                del frame
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(25 * n,)) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert pool.cleanup() == ()
    assert pool.statistics.used_bytes == 0
    assert pool.statistics.peak_bytes <= 6 * FRAME
    pool.close()
