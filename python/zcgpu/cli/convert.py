"""``zcgpu convert``: other hosts' shaders as ISF files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    command = commands.add_parser(
        "convert",
        help="make an ISF file of a Shadertoy shader",
        description="Make an ISF file of a shader for another host. What is not quite as it was "
        "is told on stderr, and in comments.",
    )
    command.add_argument("host", choices=("shadertoy",), help="whose shader it is")
    command.add_argument(
        "file", metavar="FILE", help="GLSL with a mainImage, or JSON; - for standard input"
    )
    command.add_argument(
        "-o", "--output", metavar="OUT.fs", help="where the ISF file goes; else standard output"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Convert one file."""
    from .. import shadertoy
    from ..errors import OutputError

    if options.file == "-":
        source = sys.stdin.buffer.read().decode("utf-8", "replace") + "\n"  # text, not a path
        result = shadertoy.to_isf(source)
    else:
        result = shadertoy.to_isf(Path(options.file))
    if options.output is None:
        sys.stdout.write(result.text)
    else:
        try:
            with open(options.output, "w", encoding="utf-8", newline="") as file:
                file.write(result.text)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise OutputError(f"{options.output}: cannot write the shader ({reason})") from error
    for note in result.notes:
        print(f"zcgpu: {options.file}: note: {note}", file=sys.stderr)
    return 0
