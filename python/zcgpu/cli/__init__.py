"""The command line: ``zcgpu render | check | info | doctor | flight``."""

from .main import main

__all__ = ["main"]
