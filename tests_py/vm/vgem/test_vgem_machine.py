"""What the machine must have before anything else in this folder means something."""

import pytest
from expected import assert_shows, positions, rgba
from ladder import LADDER
from sources import GRADIENT
from vm.cards import drivers

import zcgpu


def test_the_only_card_is_vgem() -> None:
    assert drivers() == {"card0": "vgem", "renderD128": "vgem"}


def test_the_processor_draws_here_and_can_import_memory(each_dialect: zcgpu.Context) -> None:
    info = each_dialect.info
    assert info["software"]
    assert info["features"]["DMA-BUF import"] == {"available": True}
    assert info["features"]["DMA-BUF modifiers"] == {"available": True}
    assert not info["features"]["native fences"]["available"]


@pytest.mark.parametrize("rung", LADDER)
def test_pictures_are_as_elsewhere(rung: str) -> None:
    with zcgpu.Context(**LADDER[rung]) as context:
        x, y = positions(64, 48)
        assert_shows(context.scene(GRADIENT).render(64, 48), rgba(x, y, 0.25, 1.0))
