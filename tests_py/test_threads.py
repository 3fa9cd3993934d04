"""Any thread may use anything."""

import threading
from contextlib import nullcontext

import numpy as np
import pytest
from expected import noise
from side_by_side import each_of
from sources import COUNTER, FILTER, colour, number

import zcgpu

THREADS = 8

TINTED = colour("vec4(v / 255.0)", inputs=[number("v", MIN=0, MAX=255)])


def test_threads_with_scenes_of_their_own_draw_their_own_pixels(
    each_dialect: zcgpu.Context,
) -> None:
    def work(index: int) -> None:
        scene = each_dialect.scene(TINTED)
        target = np.zeros((3, 4, 4), np.uint8)
        for n in range(25):
            value = (index * 31 + n) % 256
            scene.inputs["v"] = value
            assert (np.asarray(scene.render(5, 3)) == value).all()
            assert (scene.render_into(target) == value).all()

    each_of(THREADS, work)


def test_threads_on_one_scene_draw_what_each_asked_for(each_dialect: zcgpu.Context) -> None:
    scene = each_dialect.scene(TINTED)

    def work(index: int) -> None:
        for n in range(25):
            value = (index * 31 + n) % 256
            assert (np.asarray(scene.render(4, 2, inputs={"v": value})) == value).all()

    each_of(THREADS, work)


def test_threads_on_one_scene_lose_no_frame(context: zcgpu.Context) -> None:
    scene = context.scene(COUNTER)
    seen: list[int] = []

    def work(index: int) -> None:
        for _ in range(25):
            seen.append(int(np.asarray(scene.render(1, 1))[0, 0, 0]))

    each_of(THREADS, work)
    assert sorted(seen) == list(range(1, THREADS * 25 + 1))


def test_threads_with_contexts_of_their_own_do_not_meet() -> None:
    def work(index: int) -> None:
        with zcgpu.Context(dialect="es" if index % 2 else "gl") as context:
            scene = context.scene(FILTER)
            for n in range(5):
                picture = noise(4, 6, seed=index * 100 + n)
                scene.inputs["inputImage"] = picture
                np.testing.assert_array_equal(scene.render(6, 4), picture)

    each_of(THREADS, work)


def test_threads_read_one_frame_at_once(context: zcgpu.Context) -> None:
    frame = context.frame(noise(50, 60))
    each_of(THREADS, lambda index: np.testing.assert_array_equal(frame, noise(50, 60)))


def test_frames_may_be_dropped_on_any_thread(context: zcgpu.Context) -> None:
    scene = context.scene(TINTED)
    frames = [[scene.render(8, 8) for _ in range(20)] for _ in range(THREADS)]
    each_of(THREADS, lambda index: frames[index].clear())
    assert (np.asarray(scene.render(8, 8, inputs={"v": 9})) == 9).all()


def test_a_context_may_be_closed_while_others_draw() -> None:
    context = zcgpu.Context()
    scene = context.scene(TINTED)
    drawn = threading.Semaphore(0)

    def work(index: int) -> None:
        if index == 0:
            for _ in range(THREADS):
                drawn.acquire()
            context.close()
            return
        for _ in range(1000):
            try:
                assert (np.asarray(scene.render(2, 2, inputs={"v": index})) == index).all()
            except zcgpu.ClosedError:
                drawn.release()
                return
            drawn.release()

    each_of(THREADS, work)
    with pytest.raises(zcgpu.ClosedError):
        scene.render(2, 2)


def test_inputs_may_be_set_while_others_draw(context: zcgpu.Context) -> None:
    scene = context.scene(TINTED)

    def work(index: int) -> None:
        for n in range(50):
            if index % 2:
                scene.inputs["v"] = 40 if n % 2 else 200
            else:
                pixels = np.asarray(scene.render(4, 4))
                assert pixels.min() == pixels.max()
                assert pixels[0, 0, 0] in (0, 40, 200)

    each_of(THREADS, work)


@pytest.mark.parametrize("batched", [False, True])
def test_no_thread_waits_for_more_than_one_frame_of_each_other(batched: bool) -> None:
    with zcgpu.Context() as context:

        def work(index: int) -> None:
            scene = context.scene(TINTED)
            target = np.zeros((16, 16, 4), np.uint8)
            with context.batch() if batched else nullcontext():
                for n in range(100):
                    value = (index * 31 + n) % 256
                    scene.inputs["v"] = value
                    assert (scene.render_into(target) == value).all()

        each_of(THREADS, work)
        # They did wait for each other, and in a queue of eight seven are before the last.
        assert 0 < context.validate()["longest_wait"] <= THREADS
