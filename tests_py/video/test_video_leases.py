"""Leases and capsules of a video's frames: holds in roles, given up once."""

import re
from typing import Any

import pytest
from capsules import BORROWED, LEASE, OWNED, VIDEO_FRAME, context_value, forge, handle, name
from children import output_of
from side_by_side import used_up_by_eight
from video import media
from video.decoded import md5

import zcgpu
from zcgpu import diagnostics

FILM = "h264.mp4"


@pytest.fixture
def frame() -> zcgpu.VideoFrame:
    with zcgpu.open_video(media.file(FILM)) as video:
        return video[3]


def is_right(frame: Any) -> bool:
    return md5(frame) == media.framemd5(FILM)[3].md5


@pytest.mark.parametrize("role", ["decoder", "cache", "presenter", "renderer"])
def test_a_lease_holds_in_its_role_until_it_is_released(frame: zcgpu.VideoFrame, role: Any) -> None:
    before = frame.holders.get(role, 0)
    lease = frame.lease(role)
    assert (lease.role, lease.holders) == (role, frame.holders)
    assert frame.holders[role] == before + 1
    assert lease.context is None
    lease.release()
    assert frame.holders == {"presenter": 1}
    with pytest.raises(zcgpu.LeaseError, match="released before"):
        lease.release()
    assert frame.holders == {"presenter": 1}


def test_a_lease_keeps_the_pixels_that_the_frame_let_go(frame: zcgpu.VideoFrame) -> None:
    with frame.lease("cache") as lease:
        frame.close()
        assert lease.holders == {"cache": 1}
        back = lease.frame()
        assert (type(back), back.index, back.holders) == (
            zcgpu.VideoFrame,
            3,
            {"cache": 1, "presenter": 1},
        )
    assert back.holders == {"presenter": 1}
    assert is_right(back)


def test_a_hold_passes_from_decoder_to_renderer(frame: zcgpu.VideoFrame) -> None:
    lease = frame.lease("decoder")
    frame.close()
    roles: tuple[Any, ...] = ("cache", "presenter", "renderer")
    for role in roles:
        passed = lease.pass_to(role)
        with pytest.raises(zcgpu.LeaseError, match="passed on before"):
            lease.pass_to("cache")
        lease = passed
        assert lease.holders == {role: 1}
    with lease:
        assert is_right(lease.frame())


@pytest.mark.parametrize("role", ["gpu", "owner", None])
def test_what_is_no_callers_role_is_refused(frame: zcgpu.VideoFrame, role: Any) -> None:
    error = zcgpu.LeaseError if role == "gpu" else zcgpu.InvalidArgumentError
    with frame.lease("cache") as lease:
        for take in (frame.lease, lease.pass_to):
            with pytest.raises(error, match="'decoder', 'cache', 'presenter' or 'renderer'"):
                take(role)
        assert frame.holders == {"cache": 1, "presenter": 1}


def test_a_closed_frame_cannot_be_leased(frame: zcgpu.VideoFrame) -> None:
    frame.close()
    for use in (frame.lease, frame.capsule):
        with pytest.raises(zcgpu.ClosedError, match="video frame is closed"):
            use()


def test_a_lease_dropped_held_warns_with_its_origin(frame: zcgpu.VideoFrame) -> None:
    with pytest.warns(ResourceWarning, match=r"Lease taken at .*test_video_leases.py:\d+ was"):
        frame.lease()
    assert frame.holders == {"presenter": 1}


def test_leases_of_videos_are_told_apart(frame: zcgpu.VideoFrame, context: zcgpu.Context) -> None:
    picture = frame.rgb(context)
    with frame.lease("cache"), picture.lease("renderer"):
        kinds = {it.kind: it for it in diagnostics.live() if it.role in ("cache", "renderer")}
        assert (kinds["video lease"].role, kinds["video lease"].dtype) == ("cache", "yuv420p")
        assert kinds["lease"].role == "renderer"
        assert zcgpu.census()["leases"] == 2
        assert re.search(r"^video lease \d+#\d+: .*yuv420p", diagnostics.report(), re.MULTILINE)
        [held] = diagnostics.leases()
        assert held.holders == {"presenter": 1, "renderer": 1}


def test_one_thread_of_eight_gives_each_lease_up(frame: zcgpu.VideoFrame) -> None:
    leases = [frame.lease("decoder") for _ in range(50)]
    assert used_up_by_eight(leases) == [["done"] + ["refused"] * 7] * 50
    assert frame.holders == {"presenter": 1}


def test_a_forked_child_gets_an_error_and_may_drop_what_it_holds() -> None:
    program = f"""
        import os, zcgpu
        video = zcgpu.open_video({str(media.file(FILM))!r})
        frame = video[3]
        lease = frame.lease("cache")
        child = os.fork()
        if child == 0:
            told = 0
            for use in (frame.lease, lambda: lease.pass_to("renderer")):
                try:
                    use()
                except zcgpu.ForkError:
                    told += 1
            lease.release()
            del lease, frame, video
            os._exit(told)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), frame.holders)
        lease.release()
        video.close()
    """
    assert output_of(program) == "2 {'cache': 1, 'presenter': 1}\n"


# -- Capsules --


@pytest.mark.parametrize("owned", [True, False])
@pytest.mark.parametrize("kind", ["frame", "lease"])
def test_a_capsule_brings_one_hold_to_one_taker(
    frame: zcgpu.VideoFrame, kind: str, owned: bool
) -> None:
    lease = frame.lease("cache")
    source: Any = frame if kind == "frame" else lease
    role = "presenter" if kind == "frame" else "cache"
    capsule = source.capsule(owned=owned)
    assert name(capsule) == ("zcgpu.video_frame" if kind == "frame" else "zcgpu.lease")
    assert frame.holders == {"cache": 1, "presenter": 1} | ({role: 2} if owned else {})
    taken: Any = zcgpu.from_capsule(capsule)
    assert (type(taken), taken.context) == (type(source), None)
    assert frame.holders[role] == 2
    with pytest.raises(zcgpu.LeaseError, match="taken before"):
        zcgpu.from_capsule(capsule)
    lease.release()
    frame.close()
    with taken:
        assert is_right(taken if kind == "frame" else taken.frame())


def test_an_owned_capsule_that_nobody_takes_gives_its_hold_up(frame: zcgpu.VideoFrame) -> None:
    with frame.lease("renderer") as lease:
        capsules = [frame.capsule(), lease.capsule()]
        assert frame.holders == {"presenter": 2, "renderer": 2}
        capsules.clear()
        assert frame.holders == {"presenter": 1, "renderer": 1}


def test_another_extensions_capsule_is_taken(frame: zcgpu.VideoFrame) -> None:
    lease = frame.lease("cache")
    kinds = ((frame, b"zcgpu.video_frame", VIDEO_FRAME), (lease, b"zcgpu.lease", LEASE))
    for source, kind, noun in kinds:
        lent = source.capsule(owned=False)
        taken: Any = zcgpu.from_capsule(forge(kind, handle(lent), context_value(noun, BORROWED)))
        assert (type(taken), taken.context) == (type(source), None)
        taken.close()
    lease.release()


def test_a_capsule_of_a_frame_on_the_gpu_is_none_of_a_videos(
    frame: zcgpu.VideoFrame, context: zcgpu.Context
) -> None:
    """Each kind counts its own handles: the same number may name something of another kind."""
    picture = frame.rgb(context)
    lent = picture.capsule(owned=False)
    for value in (context_value(VIDEO_FRAME, OWNED), context_value(LEASE, BORROWED)):
        with pytest.raises(TypeError, match="not made as"):
            zcgpu.from_capsule(forge(b"zcgpu.frame", handle(lent), value))
    assert (picture.holders, frame.holders) == ({"presenter": 1}, {"presenter": 1})
