"""References keep a context open: tokens, each given back once."""

import gc
import threading

import pytest
from sources import shader

import zcgpu

RED = shader("gl_FragColor = vec4(1.0, 0.0, 0.0, 1.0);")
WHOLE = bytes([255, 0, 0, 255])


def drawn(scene: zcgpu.Scene) -> bytes:
    return bytes(memoryview(scene.render(1, 1)).cast("B"))


def test_a_closed_context_stays_open_for_those_who_hold_references() -> None:
    context = zcgpu.Context()
    scene = context.scene(RED)
    viewer, recorder = context.acquire("viewer"), context.acquire("recorder")
    context.close()
    report = context.validate()
    assert (report["phase"], report["closing"], report["holders"]) == (
        "live",
        True,
        ["viewer", "recorder"],
    )
    assert drawn(scene) == WHOLE
    viewer.release()
    assert drawn(scene) == WHOLE
    recorder.release()
    assert context.closed
    with pytest.raises(zcgpu.ClosedError):
        scene.render(1, 1)


def test_releasing_twice_takes_nothing_from_another_holder() -> None:
    with zcgpu.Context() as context:
        first, second = context.acquire("same"), context.acquire("same")
        for _ in range(3):
            first.release()
        assert context.validate()["holders"] == ["same"]
        assert (first.closed, second.closed) == (True, False)
        second.close()
        assert context.validate()["holders"] == []
        assert not context.closed


def test_many_releases_never_fall_below_zero() -> None:
    with zcgpu.Context() as context:
        reference = context.acquire()
        threads = [threading.Thread(target=reference.release) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert context.validate()["holders"] == []
        with context.acquire("still counted"):
            context.close()
            assert not context.closed
        assert context.closed


def test_a_dropped_reference_is_given_back() -> None:
    context = zcgpu.Context()
    reference = context.acquire("careless")
    context.close()
    del reference
    gc.collect()
    assert context.validate()["holders"] == []
    zcgpu.Context().close()  # what is to be closed is closed by the next such call
    assert context.closed


def test_nobody_acquires_what_is_closing() -> None:
    context = zcgpu.Context()
    with context.acquire("viewer"):
        context.close()
        with pytest.raises(zcgpu.ClosedError):
            context.acquire("late")
    with pytest.raises(zcgpu.ClosedError):
        context.acquire("later")


def test_references_outlast_generations() -> None:
    with zcgpu.Context() as context, context.acquire("viewer") as reference:
        context.reinitialize()
        assert context.validate()["holders"] == ["viewer"]
        assert reference.context is context
        assert repr(reference) == "<zcgpu context reference of 'viewer'>"


def test_a_holder_has_a_name(context: zcgpu.Context) -> None:
    with pytest.raises(zcgpu.InvalidArgumentError, match="holder is a name, not 3"):
        context.acquire(3)  # type: ignore[arg-type]


@pytest.mark.filterwarnings("ignore:zcgpu.Context made at")
@pytest.mark.parametrize("thing", ["scene", "inputs", "frame", "pool", "lease", "reference"])
def test_a_subclass_that_keeps_what_it_made_is_collected(thing: str) -> None:
    class Viewer(zcgpu.Context):
        kept: object

    def make() -> None:
        viewer = Viewer()
        scene = viewer.scene(RED)
        frame = scene.render(1, 1)
        kept = {
            "scene": scene,
            "inputs": scene.inputs,
            "frame": frame,
            "pool": viewer.pool(),
            "lease": frame.lease("cache") if thing == "lease" else None,
            "reference": viewer.acquire("itself") if thing == "reference" else None,
        }
        viewer.kept = kept[thing]

    before = zcgpu.census()
    make()
    gc.collect()
    assert zcgpu.census() == before


def test_a_close_that_was_refused_leaves_the_context_as_it_was() -> None:
    context = zcgpu.Context()
    scene = context.scene(RED)
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with context.batch():
            holding.set()
            done.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    holding.wait()
    with pytest.raises(zcgpu.BusyError):
        context.close()
    done.set()
    holder.join()
    with context.acquire("goes on"):
        assert drawn(scene) == WHOLE
    context.close()
    assert context.closed
