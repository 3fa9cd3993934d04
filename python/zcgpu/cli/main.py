"""Arguments in, exit status out."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from .. import __version__
from ..errors import Error
from . import check, convert, flight, gallery, machine, render


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="zcgpu", description="Render ISF shaders to pictures, without a display."
    )
    top.add_argument("--version", action="version", version=f"zcgpu {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    render.add_to(commands)
    check.add_to(commands)
    gallery.add_to(commands)
    convert.add_to(commands)
    machine.add_to(commands)
    flight.add_to(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 when all went well, 1 for a problem that was told, 2 for wrong arguments, 130 for Ctrl-C
        and SIGTERM, which end the frames that are being written.
    """
    options = parser().parse_args(arguments)
    if sys.stdout is None:
        print("zcgpu: there is no standard output to write to", file=sys.stderr)
        return 1
    _listen()
    try:
        with _stoppable():
            status: int = options.run(options)
        sys.stdout.flush()
    except Error as error:
        print(f"zcgpu: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("zcgpu: stopped; the files written so far are whole", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader has had enough
        _drop_output()
        return 1
    except OSError as error:
        print(f"zcgpu: cannot write the output ({error.strerror or error})", file=sys.stderr)
        _drop_output()
        return 1
    return status


@contextmanager
def _stoppable() -> Iterator[None]:
    """SIGTERM stops a command as Ctrl-C does, unless the program does something else with it."""
    is_ours = (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    )
    if is_ours:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        if is_ours:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _listen() -> None:
    """The library's log goes to stderr where ZCGPU_LOG asks for it; errors the command tells."""
    logger = logging.getLogger("zcgpu")
    if os.environ.get("ZCGPU_LOG"):
        logging.basicConfig(format="%(name)s: %(levelname)s: %(message)s")
        logger.setLevel(logging.DEBUG)
    else:
        logger.addHandler(logging.NullHandler())


def _drop_output() -> None:
    """What is still buffered goes nowhere, quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
