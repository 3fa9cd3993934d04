"""pyvvisf's exceptions, and the way from zcgpu's to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ...errors import ClosedError, Error, HeaderError, ShaderError, SizeError

ENDED = (
    "its context was closed, by cleanup_glfw_context() or at the end of a with block; the next "
    "frame or upload makes another, and buffers of before have to be made again"
)


class VVISFError(Error, RuntimeError):
    """Base of what this layer raises. The cause, where there is one, is zcgpu's own exception."""

    def __init__(self, message: str, details: str = "") -> None:
        super().__init__(message)
        self._details = details

    def get_details(self) -> str:
        """The whole story: the driver's log and the GLSL it was given, where it had its say."""
        return self._details


class ISFParseError(VVISFError):
    """The file is missing, or its JSON header is missing or broken."""


class ShaderCompilationError(VVISFError):
    """The shader cannot be compiled; the message has the lines."""

    def __init__(self, message: str, shader_type: str = "", details: str = "") -> None:
        super().__init__(message, details)
        self._shader_type = shader_type

    def get_shader_type(self) -> str:
        """``fragment``, ``input`` or ``unknown``."""
        return self._shader_type


class ShaderRenderingError(VVISFError):
    """A frame cannot be drawn or read, or an input cannot take a value."""


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Zcgpu's errors as pyvvisf's. Sizes stay `SizeError`, a ValueError, as they were there."""
    try:
        yield
    except (VVISFError, SizeError):
        raise
    except ShaderError as error:
        raise ShaderCompilationError(
            f"Shader compilation failed: {error}", "fragment", error.detail
        ) from error
    except ClosedError as error:
        raise ShaderRenderingError(f"{what}: {ENDED}") from error
    except Error as error:
        raise ShaderRenderingError(f"{what}: {error}") from error


def header_refusal(error: HeaderError, place: str) -> VVISFError:
    """What pyvvisf raises for a header: a wrong TYPE counts as the shader's, all else as JSON."""
    if any("TYPE" in problem.message for problem in error.problems):
        return ShaderCompilationError(
            f"Shader compilation failed: Invalid input type in shader file: {place}\n{error}",
            "input",
            str(error),
        )
    return ISFParseError(f"Malformed JSON in ISF file: {place}\n{error}", str(error))
