"""The command line: ``zcgpu render | check | gallery | info | doctor | flight``."""

from .main import main

__all__ = ["main"]
