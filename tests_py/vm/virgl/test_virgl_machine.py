"""A machine with a GPU: virgl's, whose work is done by the host's llvmpipe, and later."""

from expected import assert_shows, positions, rgba
from sources import GRADIENT
from vm.cards import node_of

import zcgpu


def test_the_context_is_the_cards(each_dialect: zcgpu.Context) -> None:
    info = each_dialect.info
    assert info["renderer"].startswith("virgl")
    assert info["display"] == f"EGL device 0 ({node_of('virtio_gpu')})"
    assert info["features"]["native fences"] == {"available": True}


def test_pictures_are_as_elsewhere(each_dialect: zcgpu.Context) -> None:
    x, y = positions(64, 48)
    assert_shows(each_dialect.scene(GRADIENT).render(64, 48), rgba(x, y, 0.25, 1.0))
