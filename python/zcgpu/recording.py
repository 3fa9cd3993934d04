"""Flight recordings, read: what a process did last, and what it still held."""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from stat import S_ISREG

from .errors import FileError, InvalidArgumentError

MAGIC = b"ZCGPUFLT"
VERSION = 1
NAMES_AT = 192
NAMES = 64
NAME_BYTES = 32
ROLES = 48
"""From this name on they are those of roles; role 0 is none."""

# CBridge/CFlight/include/flight.h has the same: zcf_header, and zcf_record.
_HEADER = struct.Struct("=8sIIIIQIIQQQQ56xQ")
_RECORD = struct.Struct("=QQQQQQiiHBBI")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. What does not apply is 0, or empty."""

    index: int
    #: Seconds since the recording began.
    time: float
    #: The operating system's number of the thread, as `threading.get_native_id` gives it.
    thread: int
    name: str
    #: Which context of the process, in the order of their making, and which generation of it.
    context: int
    generation: int
    #: A texture's or fence's name.
    object: int
    bytes: int
    width: int
    height: int
    role: str
    #: Of a pass: the role that holds from now on.
    other_role: str


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording as it was when it was read."""

    path: str
    process: int
    #: "recording", "ended", or "cut off": the process ended without ending it.
    state: str
    #: Seconds since 1970 at which it began.
    began: float
    capacity: int
    #: How many events there were before the first of `events`, about.
    forgotten: int
    #: Records that were being written when the file was read, or the process ended.
    unfinished: int
    #: Whole records, in order of time.
    events: tuple[Event, ...]

    @classmethod
    def read(cls, path: str) -> Recording:
        """Read a recording, which may go on meanwhile.

        Raises:
            FileError: there is no such file, or it cannot be read.
            InvalidArgumentError: it is no flight recording, or one of another version or machine.
        """
        try:
            # A pipe that nobody writes to would be waited for, and a device has no end.
            if not S_ISREG(os.stat(path).st_mode):
                raise InvalidArgumentError(f"{path}: a flight recording is a file")
            with open(path, "rb") as file:
                content = file.read()
                file.seek(0)
                again = file.read(len(content))
        except OSError as error:
            raise FileError(f"{path}: {error.strerror or error}") from None
        return cls._from(path, content, again)

    @classmethod
    def _from(cls, path: str, content: bytes, again: bytes) -> Recording:
        header = _header_of(path, content)
        names = [
            content[at : at + NAME_BYTES].split(b"\0")[0].decode("ascii", "replace")
            for at in range(NAMES_AT, NAMES_AT + NAMES * NAME_BYTES, NAME_BYTES)
        ]
        events: list[Event] = []
        unfinished = 0
        records = content[header.header_bytes :][: header.capacity * _RECORD.size]
        for place, fields in enumerate(_RECORD.iter_unpack(records)):
            sequence = fields[0]
            at = header.header_bytes + place * _RECORD.size
            if sequence & 1 or content[at : at + 8] != again[at : at + 8]:
                unfinished += 1  # or overwritten while it was read
            elif sequence and (sequence // 2 - 1) % header.capacity == place:
                events.append(_event(fields, names, header.began))
        events.sort(key=lambda event: (event.time, event.index))
        return cls(
            path=path,
            process=header.process,
            state=header.how_it_is(),
            began=header.began_date / 1e9,
            capacity=header.capacity,
            forgotten=max(0, header.following - header.capacity),
            unfinished=unfinished,
            events=tuple(events),
        )


@dataclass(frozen=True, slots=True)
class _Header:
    """What a file says of itself: `zcf_header`."""

    magic: bytes
    byte_order: int
    version: int
    header_bytes: int
    record_bytes: int
    capacity: int
    state: int
    process: int
    process_start: int
    began: int
    began_date: int
    ended: int
    following: int

    def how_it_is(self) -> str:
        """One of the words of `Recording.state`."""
        if self.state == 2:
            return "ended"
        return "recording" if _start_of(self.process) == self.process_start else "cut off"


def _header_of(path: str, content: bytes) -> _Header:
    if len(content) < _HEADER.size or not content.startswith(MAGIC):
        raise InvalidArgumentError(f"{path}: is no flight recording")
    header = _Header(*_HEADER.unpack_from(content))
    if header.byte_order != 0x01020304:
        raise InvalidArgumentError(f"{path}: was recorded on a machine of the other byte order")
    if (header.version, header.record_bytes) != (VERSION, _RECORD.size):
        raise InvalidArgumentError(
            f"{path}: is of version {header.version} with records of {header.record_bytes} bytes; "
            f"this zcgpu reads version {VERSION} with {_RECORD.size}"
        )
    if not header.capacity or len(content) < header.header_bytes + header.capacity * _RECORD.size:
        raise InvalidArgumentError(f"{path}: is cut short: {len(content)} bytes are left of it")
    return header


def _event(fields: tuple[int, ...], names: list[str], began: int) -> Event:
    (sequence, time, context, generation, name, size, width, height, number, role, other, thread
     ) = fields  # fmt: skip
    return Event(
        index=sequence // 2 - 1,
        time=(time - began) / 1e9,
        thread=thread,
        name=names[number] if number < ROLES else f"event {number}",
        context=context,
        generation=generation,
        object=name,
        bytes=size,
        width=width,
        height=height,
        role=_role(role, names),
        other_role=_role(other, names),
    )


def _role(number: int, names: list[str]) -> str:
    return names[ROLES + number] if ROLES + number < NAMES else f"role {number}"


def _start_of(process: int) -> int | None:
    """When a process started, in clock ticks since boot; None where there is none."""
    try:
        with open(f"/proc/{process}/stat", "rb") as file:
            # The second field is a name in parentheses that may hold anything.
            return int(file.read().rpartition(b")")[2].split()[19])
    except (OSError, IndexError, ValueError):
        return None
