"""``zcgpu flight``: the last moments of a process."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..holdings import Holdings
    from ..recording import Event, Recording


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    command = commands.add_parser(
        "flight",
        help="what a process did last, from its flight recording",
        description="Show the last moments of a process that recorded its flight "
        "(ZCGPU_FLIGHT_RECORDER=FILE, or zcgpu.flight_recorder(FILE)), and what it still held.",
    )
    command.add_argument("file", metavar="FILE", help="the recording")
    command.add_argument(
        "--last", type=_count, default=40, metavar="N", help="how many events (40)"
    )
    command.add_argument("--json", action="store_true", help="a JSON object")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Show a recording."""
    from ..holdings import Holdings
    from ..recording import Recording

    recording = Recording.read(options.file)
    held = Holdings.after(recording.events)
    last = recording.events[-options.last :] if options.last else ()
    if options.json:
        report = {name: getattr(recording, name) for name in _FACTS}
        report["events"] = [asdict(event) for event in last]
        report["held"] = held.as_json()
        print(json.dumps(report, indent=2))
    else:
        _print_recording(recording, last)
        _print_held(held)
    return 0


_FACTS = ("path", "process", "state", "began", "capacity", "forgotten", "unfinished")


def _print_recording(recording: Recording, last: tuple[Event, ...] | list[Event]) -> None:
    began = datetime.fromtimestamp(recording.began).isoformat(" ", "seconds")
    ends = {
        "ended": "ended by the process",
        "recording": "still going on",
        "cut off": "the process ended in the middle of it",
    }
    print(f"process {recording.process}, recorded from {began}; {ends[recording.state]}")
    known = len(recording.events)
    earlier = f"; about {recording.forgotten} earlier ones are gone" if recording.forgotten else ""
    unfinished = f"; {recording.unfinished} unfinished" if recording.unfinished else ""
    print(f"{known} events{earlier}{unfinished}; the last {len(last)}:")
    end = last[-1].time if last else 0.0
    for event in last:
        print(f"  {event.time - end:+12.6f} s  thread {event.thread}  {_words(event)}")


def _words(event: Event) -> str:
    words = f"{event.name:<20} context {event.context} generation {event.generation}"
    if event.object:
        words += f"  {'fence' if event.name.startswith('fence') else 'texture'} {event.object}"
    if event.width:
        words += f"  {event.width} x {event.height}"
    if event.bytes:
        words += f"  {event.bytes} bytes"
    if event.role:
        words += f"  {event.role}"
    if event.other_role:
        words += f" to {event.other_role}"
    return words


def _print_held(held: Holdings) -> None:
    lines = [
        f"context {number}, generation {generation}: {state}"
        for number, (generation, state) in held.contexts.items()
    ]
    lines += [
        f"batch of context {context} on thread {thread}" + (f", {depth} deep" * (depth > 1))
        for (thread, context), depth in held.batches.items()
    ]
    lines += [
        f"lease of texture {lease.object}, context {lease.context} generation {lease.generation}, "
        f"{lease.width} x {lease.height}: "
        + (", ".join(f"{role} {count}" for role, count in lease.roles.items()) or "nobody known")
        for lease in held.leases.values()
    ]
    for state in ("used", "waiting for the GPU", "idle"):
        sizes = [texture.bytes for texture in held.textures.values() if texture.state == state]
        if sizes:
            lines.append(f"textures {state}: {len(sizes)}, {sum(sizes)} bytes")
    lines += [
        f"fences pending in context {number}, generation {generation}: {count}"
        for (number, generation), count in held.fences.items()
    ]
    print("held at the end:" if lines else "held at the end: nothing that these events tell of")
    for line in lines:
        print(f"  {line}")


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of events")
    return int(text)
