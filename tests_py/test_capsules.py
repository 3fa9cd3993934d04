"""Capsules: frames and leases on their way to other extensions."""

import datetime
import gc
import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from capsules import (
    BORROWED,
    FRAME,
    LEASE,
    OWNED,
    VIDEO_FRAME,
    context_of,
    context_value,
    forge,
    handle,
    name,
)
from children import output_of
from sources import FILTER, colour

import zcgpu

PAINT = colour("vec4(0.2, 0.4, 0.6, 1.0)")
PAINTED = (51, 102, 153, 255)


@pytest.fixture
def frame(context: zcgpu.Context) -> zcgpu.Frame:
    return context.scene(PAINT).render(4, 4)


@pytest.fixture
def source(request: pytest.FixtureRequest, frame: zcgpu.Frame) -> Iterator[Any]:
    """What a capsule is made of: the frame, or a lease on it."""
    lease = frame.lease("cache")
    yield {"frame": frame, "lease": lease}[request.param]
    lease.close()


each_source = pytest.mark.parametrize("source", ["frame", "lease"], indirect=True)


def pixels(taken: Any) -> Any:
    """Of a frame, or of what a lease holds."""
    return np.asarray(taken if isinstance(taken, zcgpu.Frame) else taken.frame())


@each_source
@pytest.mark.parametrize("owned", [True, False])
def test_a_capsule_says_kind_and_ownership_and_carries_the_handle(
    source: Any, *, owned: bool
) -> None:
    capsule = source.capsule(owned=owned)
    is_frame = isinstance(source, zcgpu.Frame)
    assert name(capsule) == ("zcgpu.frame" if is_frame else "zcgpu.lease")
    assert context_of(capsule) == context_value(
        FRAME if is_frame else LEASE, OWNED if owned else BORROWED
    )
    assert 0 < handle(capsule) < 2**64


@each_source
def test_an_owned_capsule_brings_one_hold_and_gives_it_up_once(
    frame: zcgpu.Frame, source: Any
) -> None:
    role = source.role if isinstance(source, zcgpu.Lease) else "presenter"
    before = frame.holders
    capsule = source.capsule()
    assert frame.holders == {**before, role: before[role] + 1}
    del capsule
    assert frame.holders == before
    capsule = source.capsule(owned=True)
    taken = zcgpu.from_capsule(capsule)
    del capsule
    assert frame.holders == {**before, role: before[role] + 1}
    assert type(taken) is type(source)
    assert (pixels(taken) == PAINTED).all()
    taken.close()
    assert frame.holders == before


@each_source
def test_a_borrowed_capsule_takes_no_hold_and_its_taker_has_its_own(
    frame: zcgpu.Frame, source: Any
) -> None:
    role = source.role if isinstance(source, zcgpu.Lease) else "presenter"
    before = frame.holders
    capsule = source.capsule(owned=False)
    assert frame.holders == before
    taken = zcgpu.from_capsule(capsule)
    assert frame.holders == {**before, role: before[role] + 1}
    taken.close()
    del capsule, taken
    assert frame.holders == before
    assert (pixels(source) == PAINTED).all()


@each_source
@pytest.mark.parametrize("owned", [True, False])
def test_a_capsule_is_taken_once(frame: zcgpu.Frame, source: Any, *, owned: bool) -> None:
    capsule = source.capsule(owned=owned)
    kind = name(capsule)
    taken = zcgpu.from_capsule(capsule)
    after = frame.holders
    assert name(capsule) == "used_" + kind
    for _ in range(2):
        with pytest.raises(zcgpu.LeaseError, match="taken before"):
            zcgpu.from_capsule(capsule)
    assert frame.holders == after
    taken.close()


def test_a_borrowed_capsule_keeps_its_owner_alive(context: zcgpu.Context) -> None:
    capsule = context.scene(PAINT).render(4, 4).capsule(owned=False)
    gc.collect()
    assert zcgpu.census()["frames"] == 1
    frame = zcgpu.from_capsule(capsule)
    assert isinstance(frame, zcgpu.Frame)
    assert (np.asarray(frame) == PAINTED).all()
    del frame
    assert zcgpu.census()["frames"] == 0


@each_source
def test_what_a_borrowed_capsule_lends_can_be_given_up_under_it(source: Any) -> None:
    capsule = source.capsule(owned=False)
    source.close()
    with pytest.raises(zcgpu.WrongTypeError, match="what it borrows was given up, or it is forged"):
        zcgpu.from_capsule(capsule)


def test_a_taken_frame_is_of_the_same_context(context: zcgpu.Context, frame: zcgpu.Frame) -> None:
    for owned in (True, False):
        taken = zcgpu.from_capsule(frame.capsule(owned=owned))
        assert taken.context is context
        scene = context.scene(FILTER)
        scene.inputs["inputImage"] = taken
        assert (np.asarray(scene.render(2, 2)) == PAINTED).all()
    with frame.lease("decoder") as lease, zcgpu.from_capsule(lease.capsule()) as taken:
        assert isinstance(taken, zcgpu.Lease)
        assert (taken.role, taken.context) == ("decoder", context)


FOREIGN: list[Callable[[zcgpu.Frame], Any]] = [
    lambda frame: None,
    lambda frame: 3,
    lambda frame: frame,
    lambda frame: b"zcgpu.frame",
    lambda frame: datetime.datetime_CAPI,
    lambda frame: frame.__dlpack__(),
    lambda frame: frame.__dlpack__(max_version=(1, 0)),
]


@pytest.mark.parametrize("make", FOREIGN)
def test_what_is_no_capsule_of_ours_is_a_type_error(
    frame: zcgpu.Frame, make: Callable[[zcgpu.Frame], Any]
) -> None:
    with pytest.raises(TypeError, match=r"is wanted, not|is not one of zcgpu's"):
        zcgpu.from_capsule(make(frame))


@pytest.mark.parametrize("bits", [1, 2**32, 2**33 + 5, 2**64 - 1, 0xDEADBEEF, 2**63])
@pytest.mark.parametrize("ownership", [BORROWED, OWNED])
def test_a_forged_handle_is_a_type_error(context: zcgpu.Context, bits: int, ownership: int) -> None:
    for kind, noun in (
        (b"zcgpu.frame", FRAME),
        (b"zcgpu.lease", LEASE),
        (b"zcgpu.video_frame", VIDEO_FRAME),
    ):
        capsule = forge(kind, bits, context_value(noun, ownership))
        for _ in range(2):
            with pytest.raises(TypeError, match="names nothing that lives"):
                zcgpu.from_capsule(capsule)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (b"zcgpu.frame", 0),
        (b"zcgpu.frame", context_value(FRAME, 0)),
        (b"zcgpu.frame", context_value(FRAME, 3)),
        (b"zcgpu.frame", context_value(LEASE, OWNED)),
        (b"zcgpu.lease", context_value(FRAME, OWNED)),
        (b"zcgpu.lease", 2**64 - 1),
        (b"zcgpu.frames", context_value(FRAME, OWNED)),
        (b"", context_value(FRAME, OWNED)),
        (None, context_value(FRAME, OWNED)),
    ],
)
def test_a_capsule_whose_name_and_context_value_disagree_is_a_type_error(
    frame: zcgpu.Frame, kind: Any, value: int
) -> None:
    borrowed = frame.capsule(owned=False)
    with pytest.raises(TypeError, match="is not one of zcgpu's, or not made as"):
        zcgpu.from_capsule(forge(kind, handle(borrowed), value))
    assert frame.holders == {"presenter": 1}


def test_another_extensions_capsule_is_taken(context: zcgpu.Context) -> None:
    """One that was not made here, and keeps no object of Python's."""
    frame = context.scene(PAINT).render(4, 4)
    lent = frame.capsule(owned=False)
    capsule = forge(b"zcgpu.frame", handle(lent), context_value(FRAME, BORROWED))
    taken = zcgpu.from_capsule(capsule)
    assert isinstance(taken, zcgpu.Frame)
    assert isinstance(taken.context, zcgpu.Context)
    assert taken.context.info == context.info
    assert (np.asarray(taken) == PAINTED).all()
    scene = context.scene(FILTER)
    scene.inputs["inputImage"] = taken
    assert (np.asarray(scene.render(2, 2)) == PAINTED).all()


def test_a_capsule_outlives_its_context(frame: zcgpu.Frame, context: zcgpu.Context) -> None:
    owned, lent = frame.capsule(), frame.capsule(owned=False)
    view = np.asarray(frame)
    context.close()
    taken = zcgpu.from_capsule(owned)
    assert isinstance(taken, zcgpu.Frame)
    assert not taken.usable
    assert np.shares_memory(view, np.asarray(taken))
    del lent, owned
    assert frame.holders == {"presenter": 2, "view": 1}


@each_source
def test_capsules_are_dropped_on_another_thread(frame: zcgpu.Frame, source: Any) -> None:
    before = frame.holders
    capsules = [source.capsule(owned=bool(n % 2)) for n in range(100)]

    def drop() -> None:
        while True:
            try:
                capsules.pop()
            except IndexError:
                return

    threads = [threading.Thread(target=drop) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert frame.holders == before


def test_of_threads_that_take_one_capsule_one_has_it(frame: zcgpu.Frame) -> None:
    barrier = threading.Barrier(4)
    capsules = [frame.capsule() for _ in range(50)]
    taken: list[Any] = []

    def take() -> None:
        for capsule in capsules:
            barrier.wait()
            try:
                taken.append(zcgpu.from_capsule(capsule))
            except zcgpu.LeaseError:
                continue
            except Exception as error:  # the others wait for this thread
                taken.append(error)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 50
    assert frame.holders == {"presenter": 51}
    taken.clear()
    capsules.clear()
    assert frame.holders == {"presenter": 1}


def test_a_closed_frame_makes_no_capsule(frame: zcgpu.Frame) -> None:
    frame.close()
    for owned in (True, False):
        with pytest.raises(zcgpu.ClosedError, match="this frame is closed"):
            frame.capsule(owned=owned)


START = """
import ctypes, sys
import zcgpu
context = zcgpu.Context()
scene = context.scene("/*{}*/\\nvoid main() { gl_FragColor = vec4(1.0, 0.0, 0.0, 1.0); }")
frame = scene.render(64, 64)
lease = frame.lease("cache")
capsules = [it.capsule(owned=owned) for it in (frame, lease) for owned in (True, False)]
leak = ctypes.pythonapi.Py_IncRef
leak.argtypes = [ctypes.py_object]
"""


@pytest.mark.parametrize(
    "ending",
    [
        "pass",
        "context.close()",
        "del context, scene, frame, lease",
        "sys.modules.clear()",
        "sys.kept = capsules",
        "taken = [zcgpu.from_capsule(capsule) for capsule in capsules]",
        "capsules.append(capsules)",
        "import threading; threading.Thread(target=capsules.clear).start()",
        "for capsule in capsules: leak(capsule)",
        "for capsule in capsules: leak(capsule)\ndel context, scene, frame, lease, capsules",
    ],
)
def test_a_program_may_end_with_capsules_of_every_kind(ending: str) -> None:
    assert output_of(START + ending) == ""
    assert output_of(START + ending, options=("-X", "dev", "-W", "ignore")) == ""
