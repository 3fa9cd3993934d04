"""Decoding by a device where there is none: tests_py/va's driver, on an X server without screen."""

import os
from typing import Any

from va import zcsw

import zcgpu
from crash import films


def opened(**options: Any) -> zcgpu.Video:
    """`films.steps`, decoded by the device: frame n is of luma 16 + 7 n.

    The scenario says `DISPLAY = True`, and the laboratory runs the server, which outlives it.
    """
    os.environ.update(zcsw.environment())
    server = os.environ["CRASH_DISPLAY"]
    return zcgpu.open_video(films.steps("webm"), backend="vaapi", device=server, **options)
