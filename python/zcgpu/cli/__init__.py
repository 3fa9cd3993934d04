"""The command line: ``zcgpu render | check | gallery | convert | info | doctor | flight``."""

from .main import main

__all__ = ["main"]
