"""States that a host may leave GL in, each of which could spoil a guest's drawing."""

import ctypes
from collections.abc import Callable
from typing import NamedTuple

import host_gl
from host_gl import call, new


class Disorder(NamedTuple):
    """Makes a state. `where` names the kinds of context that have such a state."""

    make: Callable[[], object]
    where: tuple[str, ...] = ("gl", "compatibility", "es")


DESKTOP = ("gl", "compatibility")
_ONLY_COMPATIBLE = ("compatibility",)


def _calls(*calls: tuple[object, ...]) -> Callable[[], object]:
    return lambda: [call(str(name), *arguments) for name, *arguments in calls]


def _pixel_store(first: int) -> Callable[[], object]:
    """Row length, skipped rows, skipped pixels, alignment: of packing or unpacking."""
    return _calls(*(("glPixelStorei", first + n, value) for n, value in enumerate((7, 1, 2, 8))))


def inverting() -> list[int]:
    """What turns rows over when they are read, where there is such a thing."""
    there = host_gl.extensions()
    return [number for name, number in host_gl.INVERTING.items() if name in there]


def _bind_buffer(target: int) -> None:
    call("glBindBuffer", target, new("Buffers"))
    call("glBufferData", target, ctypes.c_ssize_t(16), None, 0x88E4)


def _bind_samplers() -> None:
    sampler = new("Samplers")
    for name in (0x2800, 0x2801):
        call("glSamplerParameteri", sampler, name, 0x2600)  # nearest
    for unit in range(8):
        call("glBindSampler", unit, sampler)


def _bind_textures() -> None:
    for unit in range(8):
        call("glActiveTexture", 0x84C0 + unit)
        call("glBindTexture", 0x0DE1, new("Textures"))


def _bind_cubes() -> None:
    for unit in range(8):
        call("glActiveTexture", 0x84C0 + unit)
        call("glBindTexture", 0x8513, new("Textures"))


def _bind_vertex_array() -> None:
    call("glBindVertexArray", new("VertexArrays"))
    call("glBindBuffer", 0x8893, new("Buffers"))
    _bind_buffer(0x8892)
    for attribute in (0, 1, 5):
        call("glVertexAttribPointer", attribute, 2, 0x1406, 0, 0, None)
        call("glEnableVertexAttribArray", attribute)
        call("glVertexAttribDivisor", attribute, attribute + 1)


def framebuffer(width: int = 4, height: int = 4) -> int:
    """A framebuffer of bytes, bound for reading and drawing."""
    texture, made = new("Textures"), new("Framebuffers")
    call("glBindTexture", 0x0DE1, texture)
    call("glTexImage2D", 0x0DE1, 0, 0x8058, width, height, 0, 0x1908, 0x1401, None)
    call("glBindFramebuffer", 0x8D40, made)
    call("glFramebufferTexture2D", 0x8D40, 0x8CE0, 0x0DE1, texture, 0)
    return made


def _bind_framebuffers() -> None:
    reading = framebuffer()
    call("glBindFramebuffer", 0x8CA9, framebuffer())
    call("glBindFramebuffer", 0x8CA8, reading)


def program(vertex: str, fragment: str, *captured: str) -> int:
    """A program of the host's; `captured` are what transform feedback writes."""
    made = call("glCreateProgram")
    embedded = "OpenGL ES" in host_gl.text(0x1F02)
    version = "#version 300 es\nprecision highp float;\n" if embedded else "#version 330\n"
    for stage, source in ((0x8B31, vertex), (0x8B30, fragment)):
        shader = call("glCreateShader", stage)
        line = ctypes.c_char_p((version + source).encode())
        call("glShaderSource", shader, 1, ctypes.byref(line), None)
        call("glCompileShader", shader)
        call("glAttachShader", made, shader)
        call("glDeleteShader", shader)
    if captured:
        names = (ctypes.c_char_p * len(captured))(*(name.encode() for name in captured))
        call("glTransformFeedbackVaryings", made, len(captured), names, 0x8C8C)
    call("glLinkProgram", made)
    linked = ctypes.c_int()
    call("glGetProgramiv", made, 0x8B82, ctypes.byref(linked))
    assert linked.value
    return made


_POINT = "out float got; void main() { gl_Position = vec4(0.0); got = 7.0; }"
_RED = "out vec4 c; void main() { c = vec4(1.0, 0.0, 0.0, 1.0); }"


def run_transform_feedback() -> None:
    """A capture that has begun, with its program in use."""
    framebuffer()
    _bind_vertex_array_without_attributes()
    call("glUseProgram", program(_POINT, _RED, "got"))
    buffer = new("Buffers")
    call("glBindBuffer", 0x8C8E, buffer)
    call("glBufferData", 0x8C8E, ctypes.c_ssize_t(16), None, 0x88E4)
    call("glBindBufferBase", 0x8C8E, 0, buffer)
    call("glBeginTransformFeedback", 0)


def _bind_vertex_array_without_attributes() -> None:
    call("glBindVertexArray", new("VertexArrays"))


def _toggle(*numbers: int) -> Callable[[], object]:
    return _calls(*(("glEnable", number) for number in numbers))


# In this order all can be had at once: a bound pixel buffer would be read by some.
DISORDERS = {
    "stipple": Disorder(
        _calls(("glEnable", 0x0B42), ("glPolygonStipple", bytes(128))), _ONLY_COMPATIBLE
    ),
    "framebuffers": Disorder(_bind_framebuffers),
    "program": Disorder(lambda: call("glUseProgram", program("void main() {}", _RED))),
    "transform feedback": Disorder(run_transform_feedback),
    "scissor": Disorder(_calls(("glEnable", 0x0C11), ("glScissor", 0, 0, 1, 1))),
    "another viewport's scissor": Disorder(_calls(("glEnablei", 0x0C11, 3)), DESKTOP),
    "another buffer's blending": Disorder(_calls(("glEnablei", 0x0BE2, 2))),
    "blend": Disorder(_calls(("glEnable", 0x0BE2), ("glBlendFunc", 0, 0))),
    "colour mask": Disorder(_calls(("glColorMask", 0, 0, 0, 0))),
    "cull": Disorder(_calls(("glEnable", 0x0B44), ("glCullFace", 0x0408))),
    "discard": Disorder(_toggle(0x8C89)),
    "depth": Disorder(_calls(("glEnable", 0x0B71), ("glDepthFunc", 0x0200))),
    "stencil": Disorder(_calls(("glEnable", 0x0B90), ("glStencilFunc", 0x0200, 1, 255))),
    "coverage": Disorder(_calls(("glEnable", 0x80A0), ("glSampleCoverage", 0.0, 0))),
    "alpha to coverage": Disorder(_toggle(0x809E)),
    "no dither": Disorder(_calls(("glDisable", 0x0BD0))),
    "clear colour": Disorder(_calls(("glClearColor", 0.1, 0.2, 0.3, 0.4))),
    "viewport": Disorder(_calls(("glViewport", 1, 2, 1, 1))),
    "packing": Disorder(_pixel_store(0x0D02)),
    "unpacking": Disorder(_pixel_store(0x0CF2)),
    "pack buffer": Disorder(lambda: _bind_buffer(0x88EB)),
    "unpack buffer": Disorder(lambda: _bind_buffer(0x88EC)),
    "samplers": Disorder(_bind_samplers),
    "textures": Disorder(_bind_textures),
    "cubes": Disorder(_bind_cubes),
    "seamless cubes": Disorder(_toggle(0x884F), DESKTOP),
    "active unit": Disorder(_calls(("glActiveTexture", 0x84C7))),
    "vertex array": Disorder(_bind_vertex_array),
    "sRGB": Disorder(_toggle(0x8DB9), DESKTOP),
    "logic op": Disorder(_calls(("glEnable", 0x0BF2), ("glLogicOp", 0x1500)), DESKTOP),
    "restart": Disorder(_calls(("glEnable", 0x8F9D), ("glPrimitiveRestartIndex", 1)), DESKTOP),
    "polygon smooth": Disorder(_toggle(0x0B41), DESKTOP),
    "alpha to one": Disorder(_toggle(0x809F), DESKTOP),
    "clip distances": Disorder(_toggle(*range(0x3000, 0x3006)), DESKTOP),
    "points": Disorder(_calls(("glPolygonMode", 0x0408, 0x1B00)), DESKTOP),
    "lines": Disorder(_calls(("glPolygonMode", 0x0408, 0x1B01)), DESKTOP),
    "swapped bytes": Disorder(
        _calls(("glPixelStorei", 0x0CF0, 1), ("glPixelStorei", 0x0D00, 1)), DESKTOP
    ),
    "inverted rows": Disorder(lambda: [call("glPixelStorei", n, 1) for n in inverting()]),
    "clamped reading": Disorder(_calls(("glClampColor", 0x891C, 1)), DESKTOP),
    "clip control": Disorder(_calls(("glClipControl", 0x8CA2, 0x935F)), DESKTOP),
    "one viewport": Disorder(_calls(("glViewportIndexedf", 3, 1.5, 2.5, 3.5, 4.5)), DESKTOP),
    "alpha test": Disorder(
        _calls(("glEnable", 0x0BC0), ("glAlphaFunc", 0x0200, 0.5)), _ONLY_COMPATIBLE
    ),
    "clamped fragments": Disorder(_calls(("glClampColor", 0x891B, 1)), _ONLY_COMPATIBLE),
    "transferred pixels": Disorder(
        _calls(*(("glPixelTransferf", name, 0.5) for name in (0x0D14, 0x0D18, 0x0D1A, 0x0D1C))),
        _ONLY_COMPATIBLE,
    ),
    "biased pixels": Disorder(
        _calls(*(("glPixelTransferf", name, 0.25) for name in (0x0D15, 0x0D19, 0x0D1B, 0x0D1D))),
        _ONLY_COMPATIBLE,
    ),
    "mapped pixels": Disorder(_calls(("glPixelTransferi", 0x0D10, 1)), _ONLY_COMPATIBLE),
    "two polygon modes": Disorder(
        _calls(("glPolygonMode", 0x0404, 0x1B00), ("glPolygonMode", 0x0405, 0x1B01)),
        _ONLY_COMPATIBLE,
    ),
}
