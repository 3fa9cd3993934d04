"""An X server without a screen, for a peer that draws through a window."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def display() -> Iterator[str | None]:
    """Its name, `:99` say, while it runs; None where there is no Xvfb."""
    program = shutil.which("Xvfb")
    if program is None:
        yield None
        return
    reader, writer = os.pipe()
    server = subprocess.Popen(
        # A server that starts anew after its last client refuses the next one meanwhile.
        [program, "-displayfd", str(writer), "-screen", "0", "640x480x24", "-noreset"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as answer:
            number = answer.readline().strip()  # comes once the server takes connections
        yield f":{number}" if number else None
    finally:
        server.terminate()
        server.wait()
