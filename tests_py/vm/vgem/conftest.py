"""Videos whose frames lie in vgem's memory."""

from pathlib import Path
from typing import Any

import pytest
from va import zcsw
from video import media
from vm.cards import node_of

import zcgpu


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, context: zcgpu.Context) -> Any:
    """Opens a video whose frames lie in vgem's memory, with faults if they are named."""

    def opened(
        name: str | Path = "vp9.webm", faults: dict[str, Any] | None = None, **more: Any
    ) -> Any:
        surfaces: dict[str, Any] = {"drm": node_of("vgem"), **(faults or {})}
        for variable, value in zcsw.environment(**surfaces).items():
            monkeypatch.setenv(variable, value)
        options = {"backend": "vaapi", "device": str(node_of("vgem", "renderD")), **more}
        return zcgpu.open_video(
            name if isinstance(name, Path) else media.file(name), context=context, **options
        )

    return opened
