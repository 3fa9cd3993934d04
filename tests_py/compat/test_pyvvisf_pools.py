"""Pools: what they count, and that nobody loses what he holds."""

import pytest
from compat.pixels import assert_shows, drawn, of, scene_of
from expected import positions, rgba
from sources import FILTER, GRADIENT

import zcgpu
import zcgpu.compat.pyvvisf as pyvvisf

SIZE = pyvvisf.Size(16, 8)
BYTES = 16 * 8 * 4


def statistics(pool: pyvvisf.GLBufferPool) -> zcgpu.PoolStatistics:
    found = pool.statistics
    assert found is not None
    return found


def test_a_buffer_counts_as_long_as_somebody_holds_it() -> None:
    pool = pyvvisf.GLBufferPool()
    held = [pool.create_buffer(SIZE) for _ in range(10)]
    assert (statistics(pool).live_count, statistics(pool).live_bytes) == (10, 10 * BYTES)
    assert not any(of(buffer).any() for buffer in held)
    pool.cleanup()
    assert statistics(pool).live_bytes == 10 * BYTES
    del held[3:]
    pool.cleanup()
    assert (statistics(pool).live_count, statistics(pool).used_bytes) == (3, 3 * BYTES)
    held.clear()
    pool.cleanup()
    assert statistics(pool).used_bytes == 0


def test_a_forced_cleanup_orphans_what_is_held_and_takes_nothing() -> None:
    pool = pyvvisf.GLBufferPool()
    scene = scene_of(GRADIENT)
    held = [scene.create_and_render_a_buffer(SIZE, pool_ref=pool) for _ in range(4)]
    dropped = pool.create_buffer(SIZE)
    del dropped
    pool.force_cleanup()
    now = statistics(pool)
    assert (now.live_count, now.orphaned_count, now.used_bytes) == (0, 4, 4 * BYTES)
    # New buffers get none of the memory that is held.
    others = [pool.create_buffer(SIZE) for _ in range(4)]
    x, y = positions(16, 8)
    for buffer in held:
        assert_shows(buffer, rgba(x, y, 0.25, 1.0))
        assert_shows(
            drawn(FILTER, 16, 8, inputImage=pyvvisf.ISFImageVal(buffer)), rgba(x, y, 0.25, 1.0)
        )
    assert not any(of(buffer).any() for buffer in others)
    del held, buffer
    pool.cleanup()
    assert statistics(pool).orphaned_count == 0


def test_frames_come_from_the_pool_that_the_call_or_the_scene_names() -> None:
    one, other = pyvvisf.GLBufferPool(), pyvvisf.GLBufferPool()
    scene = scene_of(GRADIENT)
    free = scene.create_and_render_a_buffer(SIZE)
    assert (statistics(one).live_count, statistics(other).live_count) == (0, 0)
    scene.set_private_pool(one)
    assert scene.private_pool() is one
    first = scene.create_and_render_a_buffer(SIZE)
    second = scene.create_and_render_a_buffer(SIZE, 0.0, {}, other)
    assert (statistics(one).live_count, statistics(other).live_count) == (1, 1)
    for buffer in (free, first, second):
        x, y = positions(16, 8)
        assert_shows(buffer, rgba(x, y, 0.25, 1.0))
    with pytest.raises(TypeError, match="GLBufferPool or None"):
        scene.set_private_pool(object())  # type: ignore[arg-type]
    scene.set_private_pool(None)


def test_a_buffer_outlives_its_pool() -> None:
    pool = pyvvisf.GLBufferPool()
    scene = scene_of(GRADIENT)
    buffer = scene.create_and_render_a_buffer(SIZE, pool_ref=pool)
    del pool
    x, y = positions(16, 8)
    assert_shows(buffer, rgba(x, y, 0.25, 1.0))


def test_a_pool_begins_anew_in_each_generation_and_each_context() -> None:
    pool = pyvvisf.GLBufferPool()
    for end in (pyvvisf.reinitialize_glfw_context, pyvvisf.cleanup_glfw_context):
        old = pool.create_buffer(SIZE)
        end()
        pool.cleanup()
        pool.force_cleanup()
        pool.housekeeping()
        pool.purge()
        fresh = pool.create_buffer(SIZE)
        assert not of(fresh).any()
        assert statistics(pool).live_count == 1
        with pytest.raises(pyvvisf.ShaderRenderingError):
            old.to_pil_image()


def test_a_pool_of_an_ended_context_has_nothing_to_say_and_makes_none() -> None:
    pool = pyvvisf.GLBufferPool()
    pyvvisf.cleanup_glfw_context()
    pool.cleanup()
    assert pool.statistics is None
    assert not pyvvisf.validate_gl_context()


def test_what_is_idle_is_freed_when_asked_or_when_it_has_been_for_long() -> None:
    pool = pyvvisf.GLBufferPool()
    for free, times in ((pool.purge, 1), (pool.housekeeping, 31)):
        buffer = pool.create_buffer(SIZE)
        assert not of(buffer).any()
        del buffer
        drawn(GRADIENT, 1, 1).to_pil_image()  # a turn, in which the GPU is asked
        assert statistics(pool).idle_count == 1
        for _ in range(times):
            free()
        assert statistics(pool).used_bytes == 0


def test_cleaning_the_contexts_own_pool_takes_nothing_from_anybody() -> None:
    buffer = drawn(GRADIENT, 16, 8)
    pyvvisf.reset_global_buffer_pool()
    scene = scene_of(GRADIENT)
    scene.cleanup()
    pyvvisf.cleanup_scene_state(scene)
    x, y = positions(16, 8)
    assert_shows(buffer, rgba(x, y, 0.25, 1.0))


def test_a_spent_budget_is_an_exception_that_says_on_what() -> None:
    with zcgpu.Context(pool_budget=3 * BYTES) as context:
        scene = pyvvisf.CreateISFSceneRefUsing(context)
        scene.use_doc(pyvvisf.CreateISFDocRefWith(GRADIENT))
        held = [scene.create_and_render_a_buffer(SIZE) for _ in range(3)]
        with pytest.raises(pyvvisf.ShaderRenderingError, match="3 frames of 16 x 8") as caught:
            scene.create_and_render_a_buffer(SIZE)
        assert isinstance(caught.value.__cause__, zcgpu.PoolExhausted)
        del held[0]
        held.append(scene.create_and_render_a_buffer(SIZE))
