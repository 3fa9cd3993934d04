"""The command line: ``zcgpu render | check | info | doctor``."""

from .main import main

__all__ = ["main"]
