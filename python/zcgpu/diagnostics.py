"""What lives, who holds it, and where it was acquired."""

from __future__ import annotations

import json
import os
import sys
import traceback
from dataclasses import dataclass, field
from typing import Any

from . import _native

_ALONE = (
    "context",
    "reference",
    "pool",
    "scene",
    "renderer",
    "decoder",
    "pipeline",
    "audio",
    "dmabuf",
    "video",
    "text",
)
"""Kinds that `report` tells of by themselves."""
_PACKAGE = os.path.dirname(os.path.abspath(__file__)) + os.sep


@dataclass(frozen=True, slots=True)
class Live:
    """One native object that lives."""

    #: context, reference, pool, scene, renderer, decoder, pipeline, frame, lease, view, audio,
    #: dmabuf, video, video frame, video lease, plane or text
    kind: str
    #: the C ABI's handle
    handle: int
    #: the number of its context, counted from 1 in this process; None for a text, sound or dmabuf
    context: int | None
    #: the generation that it belongs to; a context's own
    generation: int | None = None
    #: (width, height) in pixels
    size: tuple[int, int] | None = None
    #: "uint8" or "float32"; FFmpeg's name of a video frame's format
    dtype: str | None = None
    #: what its pixels take, on the GPU or, for a view, in memory; a sound's samples
    bytes: int = 0
    #: GL's name of the texture, which tells apart what a context holds
    texture: int | None = None
    #: the role in which this one holds
    role: str | None = None
    #: who holds the same texture: {role: count}
    holders: dict[str, int] = field(default_factory=dict)
    #: whether it can be used in its context as that is now
    usable: bool = True
    #: a context's phase, a reference's holder, a scene's image inputs, how much sound
    detail: str = ""
    #: the Python stack at its acquisition, the latest call last; None unless `trace` was on
    trace: str | None = None


@dataclass(frozen=True, slots=True)
class Leased:
    """One texture that somebody holds, and who."""

    context: int
    generation: int
    texture: int
    size: tuple[int, int]
    dtype: str
    bytes: int
    #: {role: count}; "view" counts those who look at its pixels in memory
    holders: dict[str, int]
    #: the frames and leases that hold it
    by: tuple[Live, ...]
    #: the image inputs that hold it: (the scene's handle, the input's name)
    inputs: tuple[tuple[int, str], ...]


def trace(on: bool) -> None:
    """Keep the Python stack of every acquisition from now on, or forget them all.

    ``ZCGPU_DEBUG=1`` in the environment has it on from the start. Nothing is kept while it is off,
    and what is kept goes with its object.
    """
    _native.set_tracing(on)


def tracing() -> bool:
    """Whether stacks are kept."""
    return _native.tracing()


def live() -> list[Live]:
    """Every native object that lives, by kind. Waits for nobody and asks no driver."""
    return [_live(entry) for entry in _entries()]


def leases() -> list[Leased]:
    """Every texture that a frame, a lease or an image input holds, the largest first.

    What only the GPU still holds waits in its context: ``context.validate()["waiting"]``.
    """
    return _leases(_entries())


def report() -> str:
    """All of that as text for people."""
    entries = _entries()
    objects = [_live(entry) for entry in entries]
    lines = ["zcgpu: " + _summary(objects)]
    leased = _leases(entries)
    for thing in objects:
        if thing.kind in _ALONE:
            lines += ["", f"{_name(thing)}{_detail(thing)}", *_trace(thing)]
    for it in leased:
        lines += ["", *_paragraph(it)]
    for thing in objects:
        if thing.kind == "view":
            lines += ["", f"{_name(thing)} of {_picture(thing)}, in memory", *_trace(thing)]
        elif thing.kind in ("video frame", "video lease", "plane"):
            held = ", ".join(f"{role} {count}" for role, count in thing.holders.items())
            lines += ["", f"{_name(thing)}: {_extent(thing)}{held and ': ' + held}", *_trace(thing)]
    if not tracing():
        lines += ["", "zcgpu.diagnostics.trace(True) or ZCGPU_DEBUG=1 shows where."]
    return "\n".join(lines) + "\n"


def _entries() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(_native.live())["live"]
    return entries


def _live(entry: dict[str, Any]) -> Live:
    kind = entry["kind"]
    is_context = kind == "context"
    detail = ""
    if is_context:
        detail = f"{entry['phase']}, {entry['waiting']} waiting for the GPU"
    elif kind == "reference":
        detail = f"held by {entry['holder']}"
    elif kind == "audio":
        detail = f"{_plural(entry['channels'], 'channel')}, {entry['count'] / entry['rate']:.3f} s"
    elif kind == "video":
        detail = f"{entry['codec']} in {entry['path']}"
    elif kind == "scene" and entry["inputs"]:
        detail = "inputs " + ", ".join(f"{it['name']!r}" for it in entry["inputs"])
    return Live(
        kind=kind,
        handle=entry["handle"],
        context=entry.get("context"),
        generation=entry.get("generation"),
        size=(entry["width"], entry["height"]) if "width" in entry else None,
        dtype=entry.get("dtype"),
        bytes=entry.get("bytes", 0),
        texture=entry.get("texture"),
        role=entry.get("role"),
        holders={} if is_context else entry.get("holders", {}),
        usable=entry.get("usable", True),
        detail=detail,
        trace=entry["trace"],
    )


def _leases(entries: list[dict[str, Any]]) -> list[Leased]:
    found: dict[tuple[int, int, int], dict[str, Any]] = {}
    by: dict[tuple[int, int, int], list[Live]] = {}
    inputs: dict[tuple[int, int, int], list[tuple[int, str]]] = {}
    for entry in entries:
        if entry["kind"] in ("frame", "lease"):
            found.setdefault(_key(entry), entry)
            by.setdefault(_key(entry), []).append(_live(entry))
        elif entry["kind"] == "scene":
            for it in entry["inputs"]:
                found.setdefault(_key(it), it)
                inputs.setdefault(_key(it), []).append((entry["handle"], it["name"]))
    leased = [
        Leased(
            context=entry["context"],
            generation=entry["generation"],
            texture=entry["texture"],
            size=(entry["width"], entry["height"]),
            dtype=entry["dtype"],
            bytes=entry["bytes"],
            holders=entry["holders"],
            by=tuple(by.get(key, ())),
            inputs=tuple(inputs.get(key, ())),
        )
        for key, entry in found.items()
    ]
    return sorted(leased, key=lambda it: (-it.bytes, it.context, it.texture))


def _key(entry: dict[str, Any]) -> tuple[int, int, int]:
    return entry["context"], entry["generation"], entry["texture"]


def _summary(objects: list[Live]) -> str:
    kinds = dict.fromkeys(thing.kind for thing in objects)
    counts = {kind: sum(thing.kind == kind for thing in objects) for kind in kinds}
    return ", ".join(_plural(count, kind) for kind, count in counts.items()) or "nothing lives"


def _paragraph(leased: Leased) -> list[str]:
    holders = ", ".join(f"{role} {count}" for role, count in leased.holders.items())
    lines = [f"texture {leased.texture} of {_picture(leased)}: {holders}"]
    for thing in leased.by:
        stale = "" if thing.usable else ", not usable any more"
        lines += [f"  {_name(thing)} as {thing.role}{stale}", *_trace(thing)]
    for handle, name in leased.inputs:
        lines.append(f"  scene {_number(handle)}'s input {name!r} as cache")
    return lines


def _picture(it: Live | Leased) -> str:
    return f"context {it.context}, generation {it.generation}: {_extent(it)}"


def _extent(it: Live | Leased) -> str:
    width, height = it.size or (0, 0)
    return f"{width}x{height} {it.dtype}, {it.bytes:,} bytes"


def _detail(thing: Live) -> str:
    words = [] if thing.kind == "context" else [f"context {thing.context}"]
    if thing.kind == "context":
        words.append(f"generation {thing.generation}")
    elif thing.kind == "dmabuf":
        words = ["x".join(map(str, thing.size or ()))]
    elif thing.kind in ("audio", "text"):
        words = [f"{thing.bytes:,} bytes"]
    elif thing.kind == "video":
        words = []
    return ": " + ", ".join(filter(None, [*words, thing.detail]))


def _name(thing: Live) -> str:
    number = thing.context if thing.kind == "context" else _number(thing.handle)
    return f"{thing.kind} {number}"


def _number(handle: int) -> str:
    """A handle as people read it: slot, and how often that was used."""
    return f"{handle & 0xFFFFFFFF}#{handle >> 32}"


def _trace(thing: Live) -> list[str]:
    if not thing.trace:
        return []
    return ["    acquired at", *("    " + line for line in thing.trace.splitlines())]


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _stack() -> str:
    """The stack of the program, without this package's own. Called by the native module."""
    stack = traceback.extract_stack(sys._getframe(1))
    ours = [frame for frame in stack if not frame.filename.startswith(_PACKAGE)]
    return "".join(traceback.format_list(ours)).rstrip("\n")
