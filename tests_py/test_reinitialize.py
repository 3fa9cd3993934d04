"""A context's generations: what ends with one, what goes on in the next."""

import threading

import numpy as np
import pytest
from sources import COUNTER, FILTER, colour

import zcgpu


@pytest.fixture
def fresh() -> zcgpu.Context:
    """A context of the test's own, which it re-initialises."""
    return zcgpu.Context()


def test_generations_are_counted(fresh: zcgpu.Context) -> None:
    with fresh:
        assert fresh.validate() == {
            "phase": "live",
            "generation": 1,
            "reason": None,
            "holders": [],
            "closing": False,
            "longest_wait": 0,
            "waiting": 0,
            "uploads": 0,
        }
        fresh.reinitialize()
        assert (fresh.generation, fresh.validate()["phase"]) == (2, "live")
    assert fresh.validate()["phase"] == "closed"


def test_an_old_frame_is_stale_and_harmless(fresh: zcgpu.Context) -> None:
    with fresh:
        scene = fresh.scene(colour("vec4(0.2, 0.4, 0.6, 1.0)"))
        view = np.asarray(scene.render(2, 2))
        old = scene.render(2, 2)
        for _ in range(3):
            fresh.reinitialize()
        assert not old.usable
        with pytest.raises(zcgpu.StaleError, match=r"generation 1 .* is in generation 4"):
            np.asarray(old)
        with pytest.raises(zcgpu.StaleError):
            fresh.scene(FILTER).inputs["inputImage"] = old
        old.close()
        assert (np.asarray(scene.render(2, 2)) == (51, 102, 153, 255)).all()
        assert (view == (51, 102, 153, 255)).all()


def test_an_input_that_went_stale_is_told_until_it_is_set_again(fresh: zcgpu.Context) -> None:
    with fresh:
        scene = fresh.scene(FILTER)
        scene.inputs["inputImage"] = np.full((2, 2, 4), 7, np.uint8)
        fresh.reinitialize()
        with pytest.raises(zcgpu.StaleError, match="generation 1"):
            scene.render(2, 2)
        scene.inputs["inputImage"] = np.full((2, 2, 4), 9, np.uint8)
        assert (np.asarray(scene.render(2, 2)) == 9).all()


def test_a_kept_scene_renders_on_and_its_feedback_starts_anew(fresh: zcgpu.Context) -> None:
    with fresh:
        scene = fresh.scene(COUNTER)
        for generation in range(5):
            for n in range(1, 4):
                assert np.asarray(scene.render(4, 4))[0, 0, 0] == n, generation
            fresh.reinitialize()


def test_a_kept_scene_renders_into_memory_in_each_generation(fresh: zcgpu.Context) -> None:
    target = np.zeros((8, 8, 4), np.uint8)
    with fresh:
        scene = fresh.scene(colour("vec4(0.2, 0.4, 0.6, 1.0)"))
        for generation in range(3):
            # Their names are those that the scene's own texture had in the generation before.
            pictures = [fresh.frame(np.full((8, 8, 4), n, np.uint8)) for n in range(5)]
            assert (scene.render_into(target) == (51, 102, 153, 255)).all(), generation
            for n, picture in enumerate(pictures):
                assert (np.asarray(picture) == n).all()
            fresh.reinitialize()


def test_fifty_rounds_of_new_objects_have_right_pixels(fresh: zcgpu.Context) -> None:
    target = np.zeros((8, 8, 4), np.uint8)
    with fresh:
        for n in range(50):
            fresh.reinitialize()
            scene = fresh.scene(colour(f"vec4({n}.0 / 255.0, 1.0, 0.0, 1.0)"))
            scene.render_into(target)
            assert (target == (n, 255, 0, 255)).all()


def test_threads_render_while_another_reinitialises(fresh: zcgpu.Context) -> None:
    wrong: list[object] = []
    done = threading.Event()

    def draw(red: int) -> None:
        scene = fresh.scene(colour(f"vec4({red}.0 / 255.0, 0.0, 0.0, 1.0)"))
        drawn = 0
        while not (done.is_set() and drawn):
            try:
                if not (np.asarray(scene.render(4, 4)) == (red, 0, 0, 255)).all():
                    wrong.append(red)
                drawn += 1
            except zcgpu.StaleError:
                continue
            except Exception as error:
                wrong.append(error)
                return

    with fresh:
        threads = [threading.Thread(target=draw, args=(10 * n,)) for n in range(1, 5)]
        for thread in threads:
            thread.start()
        for _ in range(20):
            fresh.reinitialize()
        done.set()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_a_loss_is_told_until_reinitialising_recovers(fresh: zcgpu.Context) -> None:
    with fresh:
        scene = fresh.scene(COUNTER)
        scene.render(2, 2)
        fresh.simulate_loss()
        assert fresh.validate()["phase"] == "lost"
        for _ in range(2):
            with pytest.raises(zcgpu.ContextLostError, match=r"reinitialize\(\) starts anew"):
                scene.render(2, 2)
        fresh.reinitialize()
        assert np.asarray(scene.render(2, 2))[0, 0, 0] == 1


def test_a_lost_context_can_be_closed(fresh: zcgpu.Context) -> None:
    fresh.simulate_loss()
    fresh.close()
    with pytest.raises(zcgpu.ClosedError):
        fresh.reinitialize()


def test_reinitialising_inside_a_batch_goes_on(fresh: zcgpu.Context) -> None:
    with fresh, fresh.batch():
        scene = fresh.scene(COUNTER)
        scene.render(2, 2)
        fresh.reinitialize()
        assert np.asarray(scene.render(2, 2))[0, 0, 0] == 1
