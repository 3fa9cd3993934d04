"""What the native side has to say, for the logger `zcgpu`."""

from __future__ import annotations

import logging

_LOGGER = logging.getLogger("zcgpu")


def emit(level: int, text: str) -> None:
    """Log one line. Called by the native module."""
    _LOGGER.log(level, "%s", text)
