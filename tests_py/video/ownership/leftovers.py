"""Nothing is left behind, and the road is the one that is told."""

from video.backends import Backend, check_picture, descriptors
from video.ownership.generations import begin_another
from video.ownership.rules import rule

import zcgpu


@rule
def descriptors_and_objects_do_not_grow(backend: Backend) -> None:
    counts = []
    for turn in range(5):
        with backend.opened(lease_budget=4) as (context, video):
            frames = [video[number] for number in range(8)]
            pictures = [frame.rgb() for frame in frames]
            begin_another(context, "wish")
            leases = [frame.lease("cache") for frame in frames]
            check_picture(frames[turn].rgb(), turn)
            for lease in leases:
                lease.release()
        del frames, pictures, leases
        counts.append((descriptors(), sum(zcgpu.census().values())))
    assert len(set(counts[1:])) == 1, counts


@rule
def frames_take_the_road_that_is_told(backend: Backend) -> None:
    with backend.opened() as (_, video):
        for number in range(16):
            check_picture(video[number].rgb(), number)
        told = video.stats()["zero_copy"]
        assert told["state"] == backend.road, told
        assert (told["imported"] > 0, told["copied"] > 0) == (
            backend.road == "zero_copy",
            backend.road != "zero_copy",
        )
        assert f"{backend.road}:" in video.explain()
