"""A machine whose GL belongs to another card than vgem, whose memory it cannot use."""

from expected import assert_shows, positions, rgba
from sources import GRADIENT
from vm.cards import drivers

import zcgpu


def test_there_are_two_cards() -> None:
    assert drivers() == {
        "card0": "vgem",
        "card1": "virtio_gpu",
        "renderD128": "vgem",
        "renderD129": "virtio_gpu",
    }


def test_pictures_are_as_elsewhere(each_dialect: zcgpu.Context) -> None:
    x, y = positions(64, 48)
    assert each_dialect.info["features"]["DMA-BUF import"] == {"available": True}
    assert_shows(each_dialect.scene(GRADIENT).render(64, 48), rgba(x, y, 0.25, 1.0))
