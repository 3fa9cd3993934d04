"""What frames of a video are to show: those that the processor decodes."""

from typing import Any

import numpy as np
from video import media

import zcgpu


def wanted(name: str, context: zcgpu.Context) -> list[np.ndarray[Any, Any]]:
    with zcgpu.open_video(media.file(name), context=context, backend="software") as video:
        return [np.asarray(frame.rgb()).copy() for frame in video]


def differ(seen: zcgpu.Frame, picture: Any) -> int:
    """The largest difference of a sample."""
    return int(np.abs(np.asarray(seen).astype(int) - np.asarray(picture)).max())
