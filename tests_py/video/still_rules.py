"""Random programs: what is done with frames, their planes, holds on them, and their pictures."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.stateful import rule
from programs import Errors, outcome
from sources import FILTER
from video.program_state import WHICH, ProgramState, if_any, pick
from video.video_programs import luma, shade

import zcgpu

ROLES = st.sampled_from(["decoder", "cache", "presenter", "renderer"])


class StillRules(ProgramState):
    # -- frames --

    @rule(which=WHICH)
    @if_any("stills")
    def look(self, which: int) -> None:
        still = pick(self.stills, which)
        if still.is_closed:
            outcome(lambda: still.frame.planes, still.expected())
        else:
            still.check()

    @rule(which=WHICH, plane=st.integers(0, 2))
    @if_any("stills")
    def keep_view(self, which: int, plane: int) -> None:
        still = pick(self.stills, which)
        planes = outcome(lambda: still.frame.planes, still.expected())
        if planes is not None:
            at = plane % len(planes)
            self.views.append((np.asarray(planes[at]), 128 if at else luma(still.number)))

    @rule(which=WHICH, drop=st.booleans())
    @if_any("views")
    def look_again(self, which: int, drop: bool) -> None:
        view, value = pick(self.views, which)
        assert (view == value).all(), (view[0, 0], value)
        if drop:
            del self.views[which % len(self.views)]

    @rule(which=WHICH, drop=st.booleans())
    @if_any("stills")
    def let_go(self, which: int, drop: bool) -> None:
        still = pick(self.stills, which)
        if drop:
            self.stills.remove(still)
        else:
            still.frame.close()
            still.is_closed = True

    @rule(which=WHICH, where=WHICH, own=st.booleans())
    @if_any("stills")
    def picture(self, which: int, where: int, own: bool) -> None:
        still = pick(self.stills, which)
        life = still.life if own else pick(self.lives, where) if self.lives else None
        context = None if own or life is None else life.context
        expected: Errors
        if life is None:
            expected = (zcgpu.InvalidArgumentError,)
        else:
            expected = still.expected() or life.expected()
        frame = outcome(lambda: still.frame.rgb(context), expected)
        if frame is not None and life is not None:
            self.pictures.append((frame, shade(still.number, life)))

    @rule(which=WHICH, drop=st.booleans())
    @if_any("pictures")
    def look_at_picture(self, which: int, drop: bool) -> None:
        frame, shown = pick(self.pictures, which)
        shown.check(frame)
        if drop:
            del self.pictures[which % len(self.pictures)]

    @rule(which=WHICH)
    @if_any("pictures")
    def draw_picture(self, which: int) -> None:
        frame, shown = pick(self.pictures, which)
        if shown.expected() or shown.life.expected(shown.generation):
            return
        with shown.life.context.scene(FILTER) as scene:
            scene.inputs["inputImage"] = frame
            shown.compare(np.asarray(scene.render(3, 2)))

    @rule(which=WHICH, where=WHICH, plane=st.integers(0, 1))
    @if_any("stills")
    def plane_in_a_texture(self, which: int, where: int, plane: int) -> None:
        still = pick(self.stills, which)
        if not self.lives:
            return
        life = pick(self.lives, where)
        expected = still.expected() or life.expected()
        frame = outcome(lambda: still.frame.texture(plane, life.context), expected)
        if frame is not None:
            assert (np.asarray(frame) == (128 if plane else luma(still.number))).all()

    @rule(which=WHICH, role=ROLES)
    @if_any("stills")
    def lease(self, which: int, role: Any) -> None:
        still = pick(self.stills, which)
        lease = outcome(lambda: still.frame.lease(role), still.expected())
        if lease is not None:
            self.leases.append((lease, still))

    @rule(which=WHICH, passed=st.booleans(), drop=st.booleans())
    @if_any("leases")
    def look_at_lease(self, which: int, passed: bool, drop: bool) -> None:
        at = which % len(self.leases)
        lease, still = self.leases[at]
        if passed:
            lease = lease.pass_to("cache")
            self.leases[at] = (lease, still)
        with lease.frame() as frame:
            replace(still, frame=frame, is_closed=False).check()
        if drop:
            lease.release()
            del self.leases[at]

    @rule(which=WHICH)
    @if_any("stills")
    def share_memory(self, which: int) -> None:
        """What was decoded on the CPU, or moved to make room, is no device's memory."""
        still = pick(self.stills, which)
        if still.is_closed or still.pixels != "nv12":
            outcome(still.frame.dmabuf, still.expected() or (zcgpu.DmabufError,))
            return
        with suppress(zcgpu.DmabufError), still.frame.dmabuf() as shared:
            assert (shared.fourcc, len(shared.planes)) == ("NV12", 2)
