"""Pools: budgets, and who holds what."""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from pools import FRAME, finish, paint, used
from sources import COUNTER, FILTER

import zcgpu
from zcgpu.pool import Holding


@pytest.fixture
def pool(context: zcgpu.Context) -> Iterator[zcgpu.Pool]:
    """For three frames of 16 x 8."""
    with context.pool(budget=3 * FRAME) as pool:
        yield pool


# -- budgets ---------------------------------------------------------------------------------


def test_exactly_the_budget_fits_and_the_refusal_names_the_holders(pool: zcgpu.Pool) -> None:
    named = [pool.frame(16, 8, label="preview") for _ in range(2)]
    plain = pool.frame(16, 8)
    with pytest.raises(zcgpu.PoolExhausted) as refusal:
        pool.frame(1, 1)
    text = str(refusal.value)
    assert f"budget of {3 * FRAME} bytes" in text
    assert "1 x 1 uint8 (4 bytes)" in text
    assert f"2 frames of 16 x 8 uint8 'preview', {2 * FRAME} bytes, presenter" in text
    assert f"1 frame of 16 x 8 uint8, {FRAME} bytes, presenter" in text
    assert refusal.value.code == 23
    plain.close()
    assert (np.asarray(pool.frame(16, 8)) == 0).all()
    assert all(frame.usable for frame in named)


def test_what_can_never_fit_is_told_so(pool: zcgpu.Pool) -> None:
    with pytest.raises(zcgpu.PoolExhausted, match=f"whole budget of {3 * FRAME} bytes"):
        pool.frame(1000, 1000, dtype="float32")
    assert used(pool) == {}


def test_closing_a_frame_makes_room_at_once(pool: zcgpu.Pool) -> None:
    scene = pool.context.scene(paint(7))
    for _ in range(20):  # more than the budget, each dropped while the GPU may still draw it
        frames = [scene.render(16, 8, pool=pool) for _ in range(3)]
        with pytest.raises(zcgpu.PoolExhausted):
            scene.render(16, 8, pool=pool)
        for frame in frames:
            frame.close()


def test_dropping_all_references_makes_room(pool: zcgpu.Pool) -> None:
    for n in range(10):
        frame = pool.frame(16, 8 if n % 2 else 24)
        assert frame.usable
        del frame


def test_a_context_keeps_to_its_own_budget() -> None:
    with zcgpu.Context(pool_budget=2 * FRAME) as context:
        scene = context.scene(paint(9))
        kept = scene.render(16, 8)
        picture = context.frame(np.full((8, 16, 4), 3, np.uint8))
        refusals: list[Callable[[], object]] = [
            lambda: scene.render(16, 8),
            lambda: context.frame(np.zeros((1, 1, 4), np.uint8)),
            lambda: context.pool().frame(1, 1),
        ]
        for refused in refusals:
            with pytest.raises(zcgpu.PoolExhausted, match="2 frames of 16 x 8"):
                refused()
        picture.close()
        assert (np.asarray(scene.render(16, 8)) == (9, 0, 0, 255)).all()
        assert (np.asarray(kept) == (9, 0, 0, 255)).all()


def test_a_failed_render_leaves_the_scene_as_it_was() -> None:
    with zcgpu.Context(pool_budget=4 * FRAME) as context:
        scene = context.scene(COUNTER)  # two buffers, and the frame
        assert np.asarray(scene.render(16, 8))[0, 0, 0] == 1
        hoard = [context.pool().frame(16, 8) for _ in range(2)]
        with pytest.raises(
            zcgpu.PoolExhausted, match=f"2 pass buffers of 16 x 8 uint8, {2 * FRAME}"
        ):
            scene.render(16, 8)
        with pytest.raises(zcgpu.PoolExhausted):
            scene.render(32, 8)  # larger buffers do not fit either: the old ones stay
        hoard.clear()
        assert np.asarray(scene.render(16, 8))[0, 0, 0] == 2


def test_the_default_budget_is_a_quarter_of_the_memory_at_most_2_gib(
    context: zcgpu.Context,
) -> None:
    budget = context.pool().budget
    assert 0 < budget <= 2 << 30
    with open("/proc/meminfo") as meminfo:
        total = int(meminfo.readline().split()[1]) * 1024
    assert budget <= total // 4


@pytest.mark.parametrize(
    ("budget", "error"),
    [
        (0, zcgpu.InvalidArgumentError),
        (-1, zcgpu.InvalidArgumentError),
        (2**63, zcgpu.InvalidArgumentError),
        (True, zcgpu.WrongTypeError),
        (1.5, zcgpu.WrongTypeError),
        ("1", zcgpu.WrongTypeError),
    ],
)
def test_a_budget_is_a_whole_number_of_bytes(
    context: zcgpu.Context, budget: Any, error: type[Exception]
) -> None:
    with pytest.raises(error, match="budget is"):
        context.pool(budget=budget)
    with pytest.raises(error, match="budget is"):
        zcgpu.Context(pool_budget=budget)


def test_budgets_as_large_and_as_small_as_numbers_go(context: zcgpu.Context) -> None:
    with context.pool(budget=2**63 - 1) as large, context.pool(budget=1) as small:
        assert (np.asarray(large.frame(2, 2)) == 0).all()
        assert large.budget == 2**63 - 1
        with pytest.raises(zcgpu.PoolExhausted):
            small.frame(1, 1)


# -- frames ----------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_a_frame_of_a_pool_is_transparent_black(context: zcgpu.Context, dtype: str) -> None:
    scene = context.scene(paint(255))
    with context.pool(budget=1 << 20) as pool:
        scene.render(6, 4, pool=pool).close()  # what is used again was painted
        pixels = np.asarray(pool.frame(6, 4, dtype=dtype))
        assert (pixels.shape, pixels.dtype) == ((4, 6, 4), np.dtype(dtype))
        assert (pixels == 0).all()


def test_a_frame_of_a_pool_is_an_image_like_any_other(pool: zcgpu.Pool) -> None:
    scene = pool.context.scene(paint(40))
    show = pool.context.scene(FILTER)
    show.inputs["inputImage"] = scene.render(16, 8, pool=pool)
    assert (np.asarray(show.render(16, 8)) == (40, 0, 0, 255)).all()
    (holding,) = pool.holdings()
    assert (holding.use, holding.roles) == ("frame", {"cache": 1})


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"width": 0, "height": 4}, zcgpu.SizeError),
        ({"width": 4, "height": -4}, zcgpu.SizeError),
        ({"width": 2**70, "height": 4}, zcgpu.SizeError),
        ({"width": 2.0, "height": 4}, zcgpu.WrongTypeError),
        ({"width": 2, "height": None}, zcgpu.WrongTypeError),
        ({"width": 2, "height": 2, "dtype": "int8"}, zcgpu.InvalidArgumentError),
        ({"width": 2, "height": 2, "label": 5}, zcgpu.WrongTypeError),
    ],
)
def test_a_frame_that_cannot_be_is_refused(
    pool: zcgpu.Pool, arguments: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        pool.frame(**arguments)
    assert used(pool) == {}


def test_a_pool_that_does_not_fit_the_scene_is_refused(
    pool: zcgpu.Pool, other_context: zcgpu.Context
) -> None:
    foreign = other_context.scene(paint(1))
    with pytest.raises(zcgpu.WrongContextError):
        foreign.render(4, 4, pool=pool)
    scene = pool.context.scene(paint(1))
    wrong: Any = "pool"
    with pytest.raises(zcgpu.WrongTypeError, match="'pool'"):
        scene.render(4, 4, pool=wrong)
    pool.close()
    with pytest.raises(zcgpu.ClosedError, match="pool is closed"):
        scene.render(4, 4, pool=pool)


# -- figures ---------------------------------------------------------------------------------


def test_statistics_are_exact_to_the_byte(context: zcgpu.Context) -> None:
    small, large = 5 * 3 * 4, 7 * 2 * 16
    with context.pool(budget=1 << 20) as pool:
        assert used(pool) == {}
        frames = [pool.frame(5, 3), pool.frame(5, 3), pool.frame(7, 2, dtype="float32")]
        done = {"misses": 3, "peak_bytes": 2 * small + large}
        assert used(pool) == {"live_count": 3, "live_bytes": 2 * small + large, **done}
        frames.pop(0).close()
        now = {"live_count": 2, "live_bytes": small + large}
        assert used(pool) == {**now, "retiring_count": 1, "retiring_bytes": small, **done}
        assert pool.statistics.used_bytes == 2 * small + large
        finish(context)
        assert used(pool) == {**now, "idle_count": 1, "idle_bytes": small, **done}
        frames.append(pool.frame(5, 3))
        done["hits"] = 1
        assert used(pool) == {"live_count": 3, "live_bytes": 2 * small + large, **done}
        pool.force_cleanup()
        assert used(pool) == {"orphaned_count": 3, "orphaned_bytes": 2 * small + large, **done}
        frames.append(pool.frame(3, 5))
        done |= {"misses": 4, "peak_bytes": 3 * small + large}
        frames[0].close()
        assert used(pool) == {
            "live_count": 1,
            "live_bytes": small,
            "retiring_count": 1,
            "retiring_bytes": small,
            "orphaned_count": 2,
            "orphaned_bytes": small + large,
            **done,
        }
        for frame in frames:
            frame.close()
        finish(context)
        assert used(pool) == {"idle_count": 1, "idle_bytes": small, **done}
        assert pool.purge() == 1
        assert used(pool) == {"evictions": 1, **done}


def test_scenes_draw_from_the_contexts_pool(context: zcgpu.Context) -> None:
    scene = context.scene(COUNTER)
    frame = scene.render(16, 8)
    scene.render_into(np.zeros((8, 16, 4), np.uint8))
    found = {(h.use, h.count, h.bytes) for h in context.pool().holdings()}
    assert found == {("frame", 1, FRAME), ("pass buffer", 2, 2 * FRAME), ("scratch", 1, FRAME)}
    assert context.pool().statistics.live_bytes == 4 * FRAME
    scene.close()
    frame.close()
    assert context.pool().cleanup() == ()
    assert context.pool().statistics.used_bytes == 0


def test_frames_of_a_size_are_used_again(context: zcgpu.Context) -> None:
    scene = context.scene(paint(3))
    for _ in range(50):
        assert (np.asarray(scene.render(16, 8)) == (3, 0, 0, 255)).all()
    statistics = context.pool().statistics
    assert statistics.hits + statistics.misses == 50
    assert statistics.misses <= 4
    assert statistics.peak_bytes <= 4 * FRAME


def test_holdings_say_who_has_what_the_largest_first(pool: zcgpu.Pool) -> None:
    frames = [pool.frame(4, 2, label="icon"), pool.frame(16, 8), pool.frame(16, 8)]
    icon = Holding(4, 2, "uint8", 1, 4 * 2 * 4, "frame", "icon", {"presenter": 1})
    two = Holding(16, 8, "uint8", 2, 2 * FRAME, "frame", None, {"presenter": 1})
    assert pool.holdings() == (two, icon)
    show = pool.context.scene(FILTER)
    show.inputs["inputImage"] = frames[0]
    assert pool.holdings()[1].roles == {"cache": 1, "presenter": 1}


def test_statistics_do_not_change(pool: zcgpu.Pool) -> None:
    statistics = pool.statistics
    with pytest.raises(dataclasses.FrozenInstanceError):
        statistics.hits = 3  # type: ignore[misc]
    assert not hasattr(statistics, "__dict__")
