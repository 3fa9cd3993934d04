"""The program around zcgpu keeps what it had current, and its displays."""

from collections.abc import Iterator

import hosts
import moderngl
import numpy as np
import pytest
from expected import noise
from sources import COUNTER, FILTER, GRADIENT

import zcgpu


@pytest.fixture(params=["gl", "es", "none"])
def host(request: pytest.FixtureRequest) -> Iterator[hosts.Binding]:
    """A host with a context of its own current, or with none."""
    if request.param == "none":
        yield hosts.binding()
        return
    api = hosts.OPENGL if request.param == "gl" else hosts.OPENGL_ES
    with hosts.context(api) as binding:
        yield binding


def test_every_call_puts_the_hosts_binding_back(
    host: hosts.Binding, each_dialect: zcgpu.Context
) -> None:
    assert hosts.binding() == host
    scene = each_dialect.scene(FILTER)
    assert hosts.binding() == host
    scene.inputs["inputImage"] = noise(3, 4)
    assert hosts.binding() == host
    frame = scene.render(4, 3)
    assert hosts.binding() == host
    np.asarray(frame)
    assert hosts.binding() == host
    scene.render_into(np.zeros((3, 4, 4), np.uint8))
    assert hosts.binding() == host
    scene.reset()
    assert hosts.binding() == host
    with pytest.raises(zcgpu.ShaderError):
        each_dialect.scene("/*{}*/\nvoid main() { nope; }")
    assert hosts.binding() == host
    each_dialect.close()
    assert hosts.binding() == host


def test_looking_around_puts_the_hosts_binding_back(host: hosts.Binding) -> None:
    zcgpu.doctor()
    assert hosts.binding() == host
    zcgpu.info()
    assert hosts.binding() == host


def test_a_batch_puts_the_hosts_binding_back_at_its_end(
    host: hosts.Binding, context: zcgpu.Context, other_context: zcgpu.Context
) -> None:
    one, two = context.scene(COUNTER), other_context.scene(COUNTER)
    with context.batch():
        for n in range(1, 4):
            assert np.asarray(one.render(2, 2))[0, 0, 0] == n
        with other_context.batch():
            assert np.asarray(two.render(2, 2))[0, 0, 0] == 1
        assert np.asarray(one.render(2, 2))[0, 0, 0] == 4
    assert hosts.binding() == host


def test_a_batch_that_raises_puts_the_hosts_binding_back(
    host: hosts.Binding, context: zcgpu.Context
) -> None:
    scene = context.scene(GRADIENT)
    scene.render(2, 2)
    with pytest.raises(zcgpu.SizeError), context.batch():
        scene.render(0, 0)
    assert hosts.binding() == host


def test_a_batch_survives_a_host_that_takes_its_context_away(context: zcgpu.Context) -> None:
    with hosts.context(hosts.OPENGL) as host:
        scene = context.scene(COUNTER)
        with context.batch():
            scene.render(2, 2)
            hosts.make_nothing_current()
            assert np.asarray(scene.render(2, 2))[0, 0, 0] == 2
        assert hosts.binding() == host


def test_a_context_closed_inside_its_batch_puts_the_hosts_binding_back(
    host: hosts.Binding,
) -> None:
    context = zcgpu.Context()
    scene = context.scene(GRADIENT)
    with context.batch():
        scene.render(2, 2)
        context.close()
    assert hosts.binding() == host
    with pytest.raises(zcgpu.ClosedError):
        scene.render(2, 2)


def test_a_hosts_context_draws_on_after_ours_are_closed() -> None:
    """A display is the process's: had ours been terminated, the host's context were dead."""
    with moderngl.create_context(standalone=True, backend="egl") as host:  # type: ignore[arg-type]
        buffer = host.simple_framebuffer((4, 4))
        buffer.use()
        for red in (0.2, 0.4, 0.6):
            with zcgpu.Context() as context:
                assert np.asarray(context.scene(GRADIENT).render(2, 2)).shape == (2, 2, 4)
            zcgpu.doctor()
            buffer.clear(red, 0.0, 0.0, 1.0)
            assert buffer.read(components=4) == bytes([round(red * 255), 0, 0, 255]) * 16
            assert host.error == "GL_NO_ERROR"
