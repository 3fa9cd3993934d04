"""Events: true for one frame, and not lost when that frame fails."""

from typing import Any

import numpy as np
import pytest
from sources import colour, number

import zcgpu

SOURCE = colour(
    "vec4(go ? 1.0 : 0.0)",
    inputs=[{"NAME": "go", "TYPE": "event"}, number("side", DEFAULT=1.0)],
    passes=[{"TARGET": "a", "WIDTH": "$side", "HEIGHT": "1"}],
)


def fired(scene: zcgpu.Scene) -> bool:
    """Whether the next frame sees the event."""
    return bool(np.asarray(scene.render(1, 1))[0, 0, 0] == 255)


@pytest.fixture
def scene(each_dialect: zcgpu.Context) -> zcgpu.Scene:
    return each_dialect.scene(SOURCE)


def test_an_event_is_true_for_one_frame(scene: zcgpu.Scene) -> None:
    assert not fired(scene)
    scene.inputs["go"] = True
    assert scene.inputs["go"] is True
    assert [fired(scene) for _ in range(3)] == [True, False, False]
    assert scene.inputs["go"] is False


def test_an_event_can_be_taken_back(scene: zcgpu.Scene) -> None:
    scene.inputs["go"] = True
    scene.inputs["go"] = False
    assert not fired(scene)


def test_an_event_of_a_call_is_true_for_that_call(scene: zcgpu.Scene) -> None:
    frame = scene.render(1, 1, inputs={"go": True})
    assert np.asarray(frame)[0, 0, 0] == 255
    assert not fired(scene)


@pytest.mark.parametrize(
    "call",
    [
        {"width": 0},
        {"inputs": {"nope": 1}},
        {"inputs": {"go": False, "side": "wide"}},
        {"time": float("nan")},
        {"frame_index": -1},
    ],
)
def test_an_event_is_still_to_come_when_the_frame_is_refused(
    scene: zcgpu.Scene, call: dict[str, Any]
) -> None:
    scene.inputs["go"] = True
    with pytest.raises(zcgpu.Error):
        scene.render(**{"width": 1, "height": 1, **call})
    assert scene.inputs["go"] is True
    assert [fired(scene) for _ in range(2)] == [True, False]


def test_an_event_is_still_to_come_when_a_pass_size_is_refused(context: zcgpu.Context) -> None:
    source = SOURCE.replace('"$side"', '"1/$side"')
    scene = context.scene(source)
    scene.inputs.update({"go": True, "side": 0})
    with pytest.raises(zcgpu.SizeError):
        scene.render(1, 1)
    assert scene.inputs["go"] is True
    scene.inputs["side"] = 1
    assert [fired(scene) for _ in range(2)] == [True, False]


def test_an_event_in_a_size_expression_is_0_or_1(context: zcgpu.Context) -> None:
    source = colour(
        "PASSINDEX == 0 ? vec4(1.0) : vec4(IMG_SIZE(a), 0.0, 0.0)",
        inputs=[{"NAME": "go", "TYPE": "event"}],
        passes=[{"TARGET": "a", "WIDTH": "2 + $go * 3", "HEIGHT": "1"}, {"FLOAT": True}],
    )
    scene = context.scene(source)
    widths = [np.asarray(scene.render(1, 1, inputs={"go": go}))[0, 0, 0] for go in (False, True)]
    assert widths == [2, 5]
