"""Holds are counted by role, and each is given up once."""

import random
from collections import Counter
from typing import Any

import numpy as np
from sources import colour
from video.backends import Backend, check_picture, check_planes
from video.ownership.rules import refused, rule

import zcgpu
from zcgpu import diagnostics


def kinds() -> Counter[str]:
    """How many of each kind of object live."""
    return Counter(it.kind for it in diagnostics.live())


@rule
def holders_add_up_at_every_moment(backend: Backend) -> None:
    chance = random.Random(7)
    with backend.opened() as (_, video):
        frame = video[3]
        books: Counter[str] = Counter(presenter=1)
        held: list[tuple[str, Any]] = []
        for _ in range(150):
            step = chance.choice(("lease", "share", "look", "pass", "release", "release"))
            role: Any = chance.choice(("decoder", "cache", "presenter", "renderer"))
            if step == "lease":
                held.append((role, frame.lease(role)))
                books[role] += 1
            elif step == "share":
                held.append(("presenter", zcgpu.from_capsule(frame.capsule())))
                books["presenter"] += 1
            elif step == "look":
                held.append(("view", frame.planes[0]))
                books["view"] += 1
            elif held:
                was, it = held.pop(chance.randrange(len(held)))
                books[was] -= 1
                if isinstance(it, zcgpu.Lease):
                    if step == "pass":
                        held.append((role, it.pass_to(role)))
                        books[role] += 1
                    else:
                        it.release()
                    refused(zcgpu.LeaseError, it.release)
                elif isinstance(it, zcgpu.VideoFrame):
                    it.close()
                    it.close()
                del it
            assert frame.holders == {name: count for name, count in books.items() if count}
            alive = kinds()
            views = books["view"]
            assert alive["plane"] == views, alive
            assert alive["video frame"] + alive["video lease"] == books.total() - views, alive
        for _, it in held:
            if isinstance(it, zcgpu.Lease):
                it.release()
        held.clear()
        del it
        assert frame.holders == {"presenter": 1}
        check_planes(frame, 3)


@rule
def the_gpu_gives_back_what_it_read(backend: Backend) -> None:
    with backend.opened() as (context, video):
        scene = context.scene(colour("vec4(1.0)"))
        frames = [video[number] for number in range(4)]
        for number, frame in enumerate(frames):
            picture = frame.rgb()
            assert set(frame.holders) <= {"presenter", "gpu"}
            check_picture(picture, number)  # waits for the GPU
            np.asarray(scene.render(1, 1))  # a turn, which asks the fences
            assert frame.holders == {"presenter": 1}
