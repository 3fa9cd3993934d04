"""Batches: a context kept current over many frames, without keeping others out."""

import threading
from collections.abc import Callable

import numpy as np
import pytest
from sources import COUNTER, GRADIENT

import zcgpu


def outcome(call: Callable[[], object]) -> BaseException | None:
    """What a call raises in a thread of its own, which ends."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            call()
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return raised[0] if raised else None


def test_a_batch_draws_the_same_frames(each_dialect: zcgpu.Context) -> None:
    scene = each_dialect.scene(COUNTER)
    with each_dialect.batch():
        for n in range(1, 11):
            assert (np.asarray(scene.render(3, 2)) == n).all()
    assert (np.asarray(scene.render(3, 2)) == 11).all()


def test_batches_of_one_context_nest(context: zcgpu.Context) -> None:
    scene = context.scene(COUNTER)
    with context.batch():
        scene.render(1, 1)
        with context.batch():
            scene.render(1, 1)
        scene.render(1, 1)
    assert np.asarray(scene.render(1, 1))[0, 0, 0] == 4


def test_batches_of_several_contexts_nest(
    context: zcgpu.Context, other_context: zcgpu.Context
) -> None:
    one, two = context.scene(COUNTER), other_context.scene(COUNTER)
    with context.batch(), other_context.batch():
        for n in range(1, 5):
            assert np.asarray(one.render(1, 1))[0, 0, 0] == n
            assert np.asarray(two.render(1, 1))[0, 0, 0] == n


def test_batches_may_end_in_another_order(
    context: zcgpu.Context, other_context: zcgpu.Context
) -> None:
    one, two = context.batch(), other_context.batch()
    one.__enter__()
    two.__enter__()
    one.__exit__(None, None, None)
    scene = context.scene(COUNTER)
    assert np.asarray(scene.render(1, 1))[0, 0, 0] == 1
    two.__exit__(None, None, None)
    assert np.asarray(scene.render(1, 1))[0, 0, 0] == 2


def test_a_batch_object_serves_again(context: zcgpu.Context) -> None:
    batch, scene = context.batch(), context.scene(COUNTER)
    for n in (1, 2):
        with batch as entered:
            assert entered is batch
            assert np.asarray(scene.render(1, 1))[0, 0, 0] == n


def test_a_batch_lets_exceptions_through_and_ends(context: zcgpu.Context) -> None:
    scene = context.scene(COUNTER)

    def fail() -> None:
        with context.batch():
            scene.render(1, 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert outcome(lambda: scene.render(1, 1)) is None


def test_ending_a_batch_that_did_not_begin_is_refused(context: zcgpu.Context) -> None:
    with pytest.raises(zcgpu.ThreadError, match="this thread is in no batch of this context"):
        context.batch().__exit__(None, None, None)


def test_ending_a_batch_on_another_thread_is_refused(context: zcgpu.Context) -> None:
    with context.batch() as batch:
        error = outcome(lambda: batch.__exit__(None, None, None))
        assert isinstance(error, zcgpu.ThreadError)
        assert "end it where it began" in str(error)


def test_a_batch_yields_to_another_thread_between_its_frames(context: zcgpu.Context) -> None:
    mine, theirs = context.scene(GRADIENT), context.scene(COUNTER)
    seen: list[int] = []

    def other() -> None:
        seen.extend(int(np.asarray(theirs.render(1, 1))[0, 0, 0]) for _ in range(20))

    thread = threading.Thread(target=other)
    with context.batch():
        thread.start()
        while thread.is_alive():
            mine.render(2, 2)
    assert seen == list(range(1, 21))


def test_two_threads_in_batches_of_one_context_share_it(context: zcgpu.Context) -> None:
    scenes = [context.scene(COUNTER) for _ in range(2)]
    done = threading.Barrier(2)

    def work(scene: zcgpu.Scene) -> None:
        with context.batch():
            for n in range(1, 21):
                assert np.asarray(scene.render(1, 1))[0, 0, 0] == n
        done.wait()

    other = threading.Thread(target=work, args=(scenes[0],))
    other.start()
    work(scenes[1])
    other.join()


def test_an_idle_batch_makes_others_busy_and_not_hang(context: zcgpu.Context) -> None:
    scene = context.scene(COUNTER)
    with context.batch():
        scene.render(1, 1)
        error = outcome(lambda: scene.render(1, 1))
        assert isinstance(error, zcgpu.BusyError)
        assert "holds this context in a batch and has drawn nothing" in str(error)
        assert np.asarray(scene.render(1, 1))[0, 0, 0] == 2
    assert outcome(lambda: scene.render(1, 1)) is None
    assert np.asarray(scene.render(1, 1))[0, 0, 0] == 4


def test_a_thread_that_ends_inside_its_batch_frees_the_context(context: zcgpu.Context) -> None:
    scene = context.scene(COUNTER)

    def leave_open() -> None:
        context.batch().__enter__()
        scene.render(1, 1)

    assert outcome(leave_open) is None
    assert np.asarray(scene.render(1, 1))[0, 0, 0] == 2
