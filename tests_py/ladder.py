"""The kinds of context that tests draw in."""

from typing import Any

LADDER: dict[str, dict[str, Any]] = {
    "gl": {"dialect": "gl"},
    "es": {"dialect": "es"},
    "gl-3.3": {"dialect": "gl", "max_version": (3, 3)},
    "es-3.1": {"dialect": "es", "max_version": (3, 1)},
}
"""Both dialects, and the rung below each."""
