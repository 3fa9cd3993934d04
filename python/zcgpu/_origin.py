"""Where in a program something was called."""

import sys


def caller() -> str:
    """File and line of whoever called the function that calls this."""
    frame = sys._getframe(2)
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"
