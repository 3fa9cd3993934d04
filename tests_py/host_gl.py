"""A host's own GL calls, and all of its state that GL can be asked for."""

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

POINTER = ctypes.c_void_p
_egl = ctypes.CDLL("libEGL.so.1")
_egl.eglGetProcAddress.restype = ctypes.c_void_p
_egl.eglGetProcAddress.argtypes = [ctypes.c_char_p]
_found: dict[str, Callable[..., int]] = {}


def call(name: str, *arguments: Any) -> int:
    """Call an entry point of GL; Python floats are passed as C floats."""
    if name not in _found:
        _found[name] = ctypes.CFUNCTYPE(ctypes.c_uint)(address(name))
    typed = [ctypes.c_float(a) if isinstance(a, float) else a for a in arguments]
    return _found[name](*typed)


def address(name: str) -> int:
    """Where an entry point is."""
    found: int | None = _egl.eglGetProcAddress(name.encode())
    assert found, name
    return found


def errors() -> list[int]:
    """Take every pending error."""
    return list(iter(lambda: call("glGetError"), 0))


def new(kind: str) -> int:
    """A new name: of a texture, a buffer, a framebuffer, a sampler, a vertex array."""
    name = ctypes.c_uint()
    call(f"glGen{kind}", 1, ctypes.byref(name))
    return name.value


def integers(name: int, count: int = 1) -> tuple[int, ...]:
    values = (ctypes.c_int * 16)()
    call("glGetIntegerv", name, values)
    return tuple(values[:count])


def floats(name: int, count: int = 1) -> tuple[float, ...]:
    values = (ctypes.c_float * 16)()
    call("glGetFloatv", name, values)
    return tuple(values[:count])


def indexed(name: int, index: int, count: int = 1) -> tuple[int, ...]:
    values = (ctypes.c_int * 16)()
    call("glGetIntegeri_v", name, index, values)
    return tuple(values[:count])


def pixels(width: int, height: int) -> list[int]:
    """The bytes of the framebuffer that is bound for reading."""
    found = (ctypes.c_uint8 * (4 * width * height))()
    call("glReadPixels", 0, 0, width, height, 0x1908, 0x1401, found)
    return list(found)


def text(name: int) -> str:
    """A string of the context's: 0x1F02 is its version."""
    found: bytes = ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_uint)(address("glGetString"))(name)
    return found.decode()


def extensions() -> set[str]:
    """The names of what the context has beyond its version."""
    ask = ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_uint, ctypes.c_uint)
    get = ask(address("glGetStringi"))
    return {get(0x1F03, index).decode() for index in range(integers(0x821D)[0])}


_TOGGLES = {
    "blend": 0x0BE2, "scissor test": 0x0C11, "dither": 0x0BD0, "cull face": 0x0B44,
    "depth test": 0x0B71, "stencil test": 0x0B90, "rasterizer discard": 0x8C89,
    "alpha to coverage": 0x809E, "sample coverage": 0x80A0, "polygon offset fill": 0x8037,
    "primitive restart, fixed index": 0x8D69,
}  # fmt: skip
_DESKTOP_TOGGLES = {
    "framebuffer sRGB": 0x8DB9, "logic op": 0x0BF2, "primitive restart": 0x8F9D,
    "polygon smooth": 0x0B41, "line smooth": 0x0B20, "alpha to one": 0x809F,
    "multisample": 0x809D, "depth clamp": 0x864F, "program point size": 0x8642,
    "seamless cube map": 0x884F, **{f"clip distance {n}": 0x3000 + n for n in range(6)},
}  # fmt: skip
_COMPATIBILITY_TOGGLES = {"alpha test": 0x0BC0, "polygon stipple": 0x0B42, "fog": 0x0B60}
_INTEGERS = {
    "program": (0x8B8D, 1), "vertex array": (0x85B5, 1), "array buffer": (0x8894, 1),
    "element buffer": (0x8895, 1), "pack buffer": (0x88ED, 1), "unpack buffer": (0x88EF, 1),
    "uniform buffer": (0x8A28, 1), "copy read buffer": (0x8F36, 1),
    "transform feedback": (0x8E25, 1), "feedback runs": (0x8E24, 1),
    "feedback pauses": (0x8E23, 1), "draw framebuffer": (0x8CA6, 1),
    "read framebuffer": (0x8CAA, 1), "renderbuffer": (0x8CA7, 1), "active unit": (0x84E0, 1),
    "viewport": (0x0BA2, 4), "scissor box": (0x0C10, 4), "blend equation": (0x8009, 1),
    "blend source": (0x80C9, 1), "blend destination": (0x80C8, 1), "depth function": (0x0B74, 1),
    "depth mask": (0x0B72, 1), "cull mode": (0x0B45, 1), "front face": (0x0B46, 1),
    "stencil function": (0x0B92, 1), "stencil mask": (0x0B98, 1), "colour mask": (0x0C23, 4),
    "unpack alignment": (0x0CF5, 1), "unpack row length": (0x0CF2, 1),
    "unpack skip rows": (0x0CF3, 1), "unpack skip pixels": (0x0CF4, 1),
    "unpack skip images": (0x806D, 1), "unpack image height": (0x806E, 1),
    "pack alignment": (0x0D05, 1), "pack row length": (0x0D02, 1), "pack skip rows": (0x0D03, 1),
    "pack skip pixels": (0x0D04, 1),
}  # fmt: skip
_DESKTOP_INTEGERS = {
    "unpack swap bytes": (0x0CF0, 1), "pack swap bytes": (0x0D00, 1),
    "pack skip images": (0x806B, 1), "pack image height": (0x806C, 1),
    "polygon mode": (0x0B40, 2), "clamp read colour": (0x891C, 1), "logic op mode": (0x0BF0, 1),
    "provoking vertex": (0x8E4F, 1),
}  # fmt: skip
_FLOATS = {"clear colour": (0x0C22, 4), "blend colour": (0x8005, 4), "clear depth": (0x0B73, 1)}
INVERTING = {"GL_MESA_pack_invert": 0x8758, "GL_ANGLE_pack_reverse_row_order": 0x93A4}
_UNIT = {"2D": 0x8069, "3D": 0x806A, "cube": 0x8514, "2D array": 0x8C1D, "sampler": 0x8919}


def state() -> dict[str, Any]:
    """Everything, by name."""
    return dict(_state())


def _state() -> Iterator[tuple[str, Any]]:
    version = text(0x1F02)
    is_desktop = "OpenGL ES" not in version
    is_compatible = is_desktop and integers(0x9126)[0] & 2
    toggles = _TOGGLES | (_DESKTOP_TOGGLES if is_desktop else {})
    if is_compatible:
        toggles = toggles | _COMPATIBILITY_TOGGLES
    for name, number in toggles.items():
        yield name, bool(call("glIsEnabled", number) & 0xFF)
    for name, (number, count) in (_INTEGERS | (_DESKTOP_INTEGERS if is_desktop else {})).items():
        yield name, integers(number, count)
    for name, (number, count) in _FLOATS.items():
        yield name, floats(number, count)
    there = extensions()
    for name, number in INVERTING.items():
        if name in there:
            yield name, integers(number)
    if is_compatible:
        for number in (0x0D10, *range(0x0D14, 0x0D1E)):
            yield f"pixel transfer {number:#x}", floats(number)
        yield "clamp fragment colour", integers(0x891B)
    yield from _indexed_state(version, is_desktop)


def _indexed_state(version: str, is_desktop: bool) -> Iterator[tuple[str, Any]]:
    for buffer in range(0 if "OpenGL ES 3.0" in version else 4):
        yield f"blend {buffer}", bool(call("glIsEnabledi", 0x0BE2, buffer) & 0xFF)
        yield f"colour mask {buffer}", indexed(0x0C23, buffer, 4)
    if is_desktop and version >= "4.1":
        for view in range(16):
            box = (ctypes.c_float * 4)()
            call("glGetFloati_v", 0x0BA2, view, box)
            yield f"viewport {view}", tuple(box)
            yield f"scissor test {view}", bool(call("glIsEnabledi", 0x0C11, view) & 0xFF)
            yield f"scissor box {view}", indexed(0x0C10, view, 4)
    if is_desktop and version >= "4.5":
        yield "clip origin", integers(0x935C)
        yield "clip depth", integers(0x935D)
    for attribute in range(8):
        for name, number in {"enabled": 0x8622, "divisor": 0x88FE, "buffer": 0x889F}.items():
            value = ctypes.c_int()
            call("glGetVertexAttribiv", attribute, number, ctypes.byref(value))
            yield f"attribute {attribute} {name}", value.value
    for point in range(4):
        yield f"uniform buffer {point}", indexed(0x8A28, point)
    active = integers(0x84E0)[0]
    for unit in range(24):
        call("glActiveTexture", 0x84C0 + unit)
        for name, number in _UNIT.items():
            yield f"unit {unit} {name}", integers(number)
    call("glActiveTexture", active)
