"""zcgpu.h, as far as the driver must know it: its kinds of handles, blocks and functions."""

import re
from dataclasses import dataclass

from zcbuild import layout


@dataclass(frozen=True)
class Variable:
    """A parameter or a field."""

    name: str
    base: str
    """The type without pointers and const."""
    pointers: int = 0
    is_const: bool = False
    length: int = 0
    """How many, for a field that is an array."""


@dataclass(frozen=True)
class Function:
    """A declared function."""

    name: str
    result: str
    parameters: tuple[Variable, ...]


@dataclass(frozen=True)
class Header:
    """What zcgpu.h declares."""

    handles: tuple[str, ...]
    enums: tuple[str, ...]
    blocks: dict[str, tuple[Variable, ...]]
    functions: tuple[Function, ...]


def load() -> Header:
    """Reads the header. Something in it that is not understood is an error."""
    text = re.sub(r"/\*.*?\*/", "", layout.HEADER.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"^#(?:\\\n|.)*$", "", text, flags=re.MULTILINE)
    text = text.replace("ZCG_NULLABLE", " ").replace('extern "C" {', "")
    handle = r"typedef struct \{ uint64_t bits; \} (zcg_\w+);"
    enum = r"ZCG_ENUM\((zcg_\w+)\)(.*?)ZCG_ENUM_END\(\1\)"
    block = r"typedef struct \{([^{}]*)\} (zcg_\w+);"
    handles = re.findall(handle, text)
    text = re.sub(handle, "", text)
    enums = [name for name, _ in re.findall(enum, text, flags=re.DOTALL)]
    text = re.sub(enum, "", text, flags=re.DOTALL)
    blocks = {
        name: tuple(_variable(field) for field in fields.split(";") if field.strip())
        for fields, name in re.findall(block, text)
    }
    text = re.sub(block, "", text)
    functions = [_function(words) for words in text.replace("}", "").split(";") if words.strip()]
    return Header(tuple(handles), tuple(enums), blocks, tuple(functions))


def _function(words: str) -> Function:
    match = re.fullmatch(r"\s*(\w+)\s+(zcg_\w+)\s*\((.*)\)\s*", words, flags=re.DOTALL)
    if not match:
        raise ValueError(f"zcgpu.h: not understood: {words.strip()}")
    result, name, parameters = match.groups()
    listed = [] if parameters.strip() == "void" else parameters.split(",")
    return Function(name, result, tuple(_variable(words) for words in listed))


def _variable(words: str) -> Variable:
    match = re.fullmatch(r"\s*(const\s+)?(\w+)([\s*]+)(\w+)(?:\[(\d+)\])?\s*", words)
    if not match:
        raise ValueError(f"zcgpu.h: not understood: {words.strip()}")
    const, base, stars, name, length = match.groups()
    return Variable(name, base, stars.count("*"), bool(const), int(length or 0))
