"""These tests run where there are graphics cards to import from: in a machine of their own."""

import os

import pytest


def pytest_configure() -> None:
    if "ZCGPU_MACHINE" not in os.environ:
        raise pytest.UsageError("`make vm-test` runs tests_py/vm, in a virtual machine")
