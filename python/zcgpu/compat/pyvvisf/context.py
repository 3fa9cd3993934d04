"""The one context that everything here shares, made when it is first needed."""

from __future__ import annotations

import os
import threading
import warnings
from typing import Any

from ... import __version__
from ..._arguments import shown
from ...context import Context
from ...errors import Error, WrongTypeError
from .errors import translated


class _Shared:
    """The context, and who said that they use it."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.context: Context | None = None
        self.references = 0
        #: Of the frame drawn last.
        self.viewport = (0, 0)


_shared = _Shared()


def _after_fork() -> None:
    """Forget what is the parent's: the context, and a lock that no thread here may release."""
    _shared.lock = threading.RLock()
    _shared.context = None


os.register_at_fork(after_in_child=_after_fork)


def needed() -> Context:
    """The context, made or recovered where it has to be.

    Raises:
        ShaderRenderingError: none can be made; the message says why.
    """
    with _shared.lock:
        context = _shared.context
        with translated("Failed to initialize GLFW context"):
            if context is None or context.closed:
                # No warning about a context left open: pyvvisf's programs leave theirs.
                context = _shared.context = Context._make(None)
            elif not _is_live(context):
                context.reinitialize()
        return context


def existing() -> Context | None:
    """The context, where there is one."""
    context = _shared.context
    return None if context is None or context.closed else context


def drawn(width: int, height: int) -> None:
    """Note the size of a frame that was drawn."""
    _shared.viewport = (width, height)


def references() -> int:
    """How many references are held."""
    return _shared.references


def _is_live(context: Context) -> bool:
    return bool(context.validate()["phase"] == "live")


def _answer(attempt: Any) -> bool:
    """True, or a warning with the reason and False."""
    try:
        attempt()
    except Error as error:
        warnings.warn(str(error), RuntimeWarning, stacklevel=3)
        return False
    return True


def initialize_glfw_context() -> bool:
    """Make the context, or find it there. False, and a warning with the reason, where it cannot."""
    return _answer(needed)


def reinitialize_glfw_context() -> bool:
    """Start the context anew, or make it. Scenes rebuild themselves; older buffers are stale.

    False, and a warning with the reason, where it cannot.
    """

    def attempt() -> None:
        with _shared.lock:
            context = existing()
            if context is None:
                needed()
                return
            with translated("Failed to reinitialize GLFW context"):
                context.reinitialize()

    return _answer(attempt)


def cleanup_glfw_context() -> None:
    """Close the context at once, whoever holds a reference. What needs one makes it again."""
    with _shared.lock:
        if _shared.context is not None:
            with translated("cannot clean the context up"):
                _shared.context.close()
        _shared.context = None
        _shared.viewport = (0, 0)


def acquire_context_ref() -> None:
    """Say that the context is in use. A `GLContextManager` leaves one in use open."""
    with _shared.lock:
        _shared.references += 1


def release_context_ref() -> None:
    """Take one `acquire_context_ref` back; a warning where there is none to take back."""
    with _shared.lock:
        if _shared.references:
            _shared.references -= 1
        else:
            warnings.warn(
                "release_context_ref() without an acquire_context_ref(): nothing was released",
                RuntimeWarning,
                stacklevel=2,
            )


def validate_gl_context() -> bool:
    """Whether there is a context that lives. Makes none."""
    context = existing()
    return context is not None and _is_live(context)


def ensure_gl_context_current() -> bool:
    """Whether there is a context that lives, made where it has to be.

    It is current where it is used: zcgpu makes it so, and puts back what was, in every call.
    """
    return initialize_glfw_context() and validate_gl_context()


def check_gl_errors(operation: str) -> None:
    """Take the errors that GL has pending; without a context there are none.

    Raises:
        ShaderRenderingError: there were some, or the context is lost; names the operation.
    """
    if not isinstance(operation, str):
        raise WrongTypeError(f"an operation's name is a str, not {shown(operation)}")
    context = existing()
    if context is not None:
        with translated("OpenGL error"):
            context.check_errors(operation)


def reset_gl_context_state() -> None:
    """GL state back to what is drawn with, where GL calls of one's own have changed it.

    Raises:
        ShaderRenderingError: no context can be made; the message says why.
    """
    with translated("cannot reset the GL state"):
        needed().reset_state()


def reset_global_buffer_pool() -> None:
    """Free what buffers have left behind, in the context's own pool."""
    context = existing()
    if context is not None and _is_live(context):
        with translated("cannot clean the pool"):
            context.pool().cleanup()


def housekeeping() -> None:
    """Free what has been idle in the context's own pool for long."""
    context = existing()
    if context is not None and _is_live(context):
        with translated("cannot clean the pool"):
            context.pool().housekeeping()


def force_cleanup_vvisf_state() -> None:
    """As `cleanup_glfw_context`."""
    cleanup_glfw_context()


def get_gl_info() -> dict[str, Any]:
    """How the context is, at any time; makes none.

    Returns:
        ``glfw_initialized`` and ``context_valid`` (whether there is one that lives),
        ``window_ptr`` (not 0 while there is one), ``debug_texture`` (0: there is none),
        ``opengl_version``, ``opengl_vendor``, ``opengl_renderer`` (None without one), and with one
        ``viewport_width`` and ``viewport_height``, the size of the frame drawn last.
    """
    context = existing()
    info: dict[str, Any] = {
        "glfw_initialized": context is not None,
        "context_valid": context is not None and _is_live(context),
        "window_ptr": 0 if context is None else id(context),
        "debug_texture": 0,
        "opengl_version": None,
        "opengl_vendor": None,
        "opengl_renderer": None,
    }
    if context is not None and info["context_valid"]:
        told = context.info
        info |= {f"opengl_{key}": told[key] for key in ("version", "vendor", "renderer")}
        info["viewport_width"], info["viewport_height"] = _shared.viewport
    return info


def get_platform_info() -> str:
    """What draws, in a line."""
    return f"EGL (zcgpu {__version__})"


def is_vvisf_available() -> bool:
    """Whether a context can be had. Makes one, for a moment, where there is none."""
    if validate_gl_context():
        return True
    try:
        Context._make(None).close()
    except Error:
        return False
    return True


def cleanup_scene_state(scene: Any) -> None:
    """As ``scene.cleanup()``; nothing for None."""
    if scene is not None:
        scene.cleanup()
