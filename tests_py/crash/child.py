"""Runs one scenario, in a process that it may end: `python -m crash.child MODULE`."""

import logging
import sys
from importlib import import_module

from crash.lab import Lab

if __name__ == "__main__":
    logging.getLogger("zcgpu").addHandler(logging.NullHandler())  # what it says is not looked at
    lab = Lab()
    import_module(sys.argv[1]).run(lab)
    sys.exit(lab.verdict())
