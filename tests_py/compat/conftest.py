"""What every test of the layer has: its context is closed, and its references are released."""

from collections.abc import Iterator

import pytest

import zcgpu.compat.pyvvisf as pyvvisf
from zcgpu.compat.pyvvisf import context


@pytest.fixture(autouse=True)
def the_context_is_closed() -> Iterator[None]:
    yield
    held = context.references()
    for _ in range(held):
        pyvvisf.release_context_ref()
    pyvvisf.cleanup_glfw_context()
    assert held == 0
