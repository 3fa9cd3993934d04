"""What a recording says was still held: leases by role, textures, fences, batches, contexts."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sources import FILTER, colour

import zcgpu
from zcgpu.holdings import Holdings, Lease
from zcgpu.recording import Event, Recording

BLUE = colour("vec4(0.0, 0.0, 1.0, 1.0)")


@pytest.fixture
def ring(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "ring"
    zcgpu.flight_recorder(path)
    yield path
    zcgpu.flight_recorder(None)


def events(ring: Path) -> tuple[Event, ...]:
    return Recording.read(str(ring)).events


def leases(ring: Path) -> list[Lease]:
    return list(Holdings.after(events(ring)).leases.values())


def test_leases_are_told_by_role_until_they_end(ring: Path) -> None:
    with zcgpu.Context() as context:
        frame = context.scene(BLUE).render(12, 5)
        cached = frame.lease("cache")
        shown = cached.pass_to("presenter")
        frame.lease("renderer")  # dropped at once
        (lease,) = leases(ring)
        assert (lease.width, lease.height, dict(lease.roles)) == (12, 5, {"presenter": 2})
        told = [event for event in events(ring) if event.name == "lease pass"]
        assert [(event.role, event.other_role) for event in told] == [("cache", "presenter")]
        frame.close()
        assert dict(leases(ring)[0].roles) == {"presenter": 1}
        shown.release()
        assert leases(ring) == []


def test_a_frame_that_outlives_its_generation_is_still_held(ring: Path) -> None:
    with zcgpu.Context() as context:
        frame = context.scene(BLUE).render(2, 2)
        context.reinitialize()
        held = Holdings.after(events(ring))
        assert [(lease.generation, dict(lease.roles)) for lease in held.leases.values()] == [
            (1, {"presenter": 1})
        ]
        assert held.textures == {}
        assert next(iter(held.contexts.values())) == (2, "live")
        frame.close()
        assert leases(ring) == []


def test_textures_are_told_with_their_bytes_and_state(ring: Path) -> None:
    with zcgpu.Context() as context:
        scene = context.scene(BLUE)
        kept = scene.render(10, 10)
        scene.render(20, 10).close()
        for _ in range(3):  # a turn buries, another finds that the GPU is done
            np.asarray(kept)
            scene.render(30, 10).to_numpy()
        textures = Holdings.after(events(ring)).textures.values()
        sizes = {(t.width, t.height): t.bytes for t in textures}
        assert sizes[10, 10] == 400
        assert sizes[20, 10] == 800
        states = {texture.width: texture.state for texture in textures}
        assert states[10] == "used"
        assert states[20] == "idle"
        context.pool().purge()
        left = Holdings.after(events(ring)).textures.values()
        assert 20 not in {texture.width for texture in left}
        names = {event.name for event in events(ring)}
        assert {"pool hit", "pool miss", "pool retire", "pool keep", "texture delete"} <= names
        assert {"fence insert", "fence signal", "compile"} <= names
    held = Holdings.after(events(ring))
    assert (held.contexts, held.textures, +held.fences) == ({}, {}, {})


def test_the_gpus_own_hold_is_told(ring: Path) -> None:
    with zcgpu.Context() as context:
        scene = context.scene(FILTER)
        scene.inputs["inputImage"] = np.zeros((3, 3, 4), np.uint8)
        scene.render(3, 3)
        acquired = [event.role for event in events(ring) if event.name == "lease acquire"]
        assert "gpu" in acquired
        released = [event.role for event in events(ring) if event.name == "lease release"]
        for _ in range(3):
            scene.render(3, 3)
        released = [event.role for event in events(ring) if event.name == "lease release"]
        assert "gpu" in released


def test_what_began_before_the_recording_is_not_counted_below_none(ring: Path) -> None:
    zcgpu.flight_recorder(None)
    with zcgpu.Context() as context:
        scene = context.scene(BLUE)
        with context.batch():
            frame = scene.render(2, 2)
            zcgpu.flight_recorder(ring)
        frame.close()
        scene.render(4, 4).close()
        held = Holdings.after(events(ring))
        assert list(held.batches) == []
        assert held.leases == {}
