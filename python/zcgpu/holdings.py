"""What a process still held when its flight recording ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from .recording import Event

Name = tuple[int, int, int]
"""Context, generation and GL name: what tells one texture from every other."""


@dataclass(slots=True)
class Texture:
    """A texture that has not been deleted."""

    context: int
    generation: int
    object: int
    width: int
    height: int
    bytes: int
    #: "used", "waiting for the GPU" or "idle".
    state: str = "used"


@dataclass(slots=True)
class Lease:
    """A frame that somebody holds, and how many hold it in which role."""

    context: int
    generation: int
    object: int
    width: int
    height: int
    roles: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Holdings:
    """What the events left open. Of what happened before the first of them nothing is known."""

    #: Open contexts: the generation of each, and "live", "lost" or "dropped open".
    contexts: dict[int, tuple[int, str]] = field(default_factory=dict)
    #: How many batches each thread is inside of, by thread and context.
    batches: Counter[tuple[int, int]] = field(default_factory=Counter)
    leases: dict[Name, Lease] = field(default_factory=dict)
    textures: dict[Name, Texture] = field(default_factory=dict)
    #: Fences that were inserted and not seen signalled, by context and generation.
    fences: Counter[tuple[int, int]] = field(default_factory=Counter)

    @classmethod
    def after(cls, events: Iterable[Event]) -> Holdings:
        """Follow the events, in order of time."""
        holdings = cls()
        for event in events:
            holdings._follow(event)
        return holdings

    def as_json(self) -> dict[str, Any]:
        """The same in lists, for JSON."""
        return {
            "contexts": [
                {"context": number, "generation": generation, "state": state}
                for number, (generation, state) in self.contexts.items()
            ],
            "batches": [
                {"thread": thread, "context": context, "depth": depth}
                for (thread, context), depth in self.batches.items()
            ],
            "leases": [asdict(lease) for lease in self.leases.values()],
            "textures": [asdict(texture) for texture in self.textures.values()],
            "fences": [
                {"context": number, "generation": generation, "pending": count}
                for (number, generation), count in self.fences.items()
            ],
        }

    def _follow(self, event: Event) -> None:
        kind, _, what = event.name.partition(" ")
        if kind == "context":
            self._follow_context(event, what)
        elif kind == "batch":
            self._count(self.batches, (event.thread, event.context), 1 if what == "begin" else -1)
        elif kind == "fence":
            name = (event.context, event.generation)
            self._count(self.fences, name, 1 if what == "insert" else -1)
        elif kind == "lease":
            self._follow_lease(event, what)
        elif kind in ("pool", "texture"):
            self._follow_texture(event, what)

    def _follow_context(self, event: Event, what: str) -> None:
        number = event.context
        states = {"create": "live", "lost": "lost", "reinitialize": "live", "drop": "dropped open"}
        if what in states:
            self.contexts[number] = (event.generation, states[what])
        elif what == "end":
            if self.contexts.get(number, (event.generation,))[0] == event.generation:
                self.contexts.pop(number, None)
            ended = (number, event.generation)
            for name in [name for name in self.textures if name[:2] == ended]:
                del self.textures[name]  # ended with the GL context
            del self.fences[ended]

    def _follow_lease(self, event: Event, what: str) -> None:
        name = (event.context, event.generation, event.object)
        if what in ("open", "end"):
            self.leases.pop(name, None)
            if what == "end":
                return
        lease = self.leases.setdefault(name, Lease(*name, event.width, event.height))
        if what in ("open", "acquire"):
            lease.roles[event.role] += 1
        elif what == "release":  # a pass is an acquisition and a release beside it
            self._count(lease.roles, event.role, -1)

    def _follow_texture(self, event: Event, what: str) -> None:
        name = (event.context, event.generation, event.object)
        if what in ("evict", "delete"):
            self.textures.pop(name, None)
            return
        texture = self.textures.setdefault(
            name, Texture(*name, event.width, event.height, event.bytes)
        )
        texture.state = {"retire": "waiting for the GPU", "keep": "idle"}.get(what, "used")

    @staticmethod
    def _count(counter: Counter[Any], key: Any, step: int) -> None:
        """Count, but never below none: what was begun before the recording may end in it."""
        left = counter[key] + step
        if left > 0:
            counter[key] = left
        else:
            del counter[key]
