"""Pictures in and out: PIL, NumPy, files."""

from __future__ import annotations

import builtins
import io
import os
import stat
from itertools import islice
from typing import TYPE_CHECKING, Any

from . import _native
from ._arguments import path as path_of
from .errors import (
    BufferError,
    FileError,
    InvalidArgumentError,
    OutputError,
    SizeError,
    WrongTypeError,
)

if TYPE_CHECKING:
    from PIL.Image import Image

    from .context import Context
    from .frame import Frame
    from .video_frame import VideoFrame

CUBE = "a cube is six square pictures of one size, in the order +x, -x, +y, -y, +z, -z"

Formats = tuple[str, ...] | None

#: What `save` writes, and what PIL calls it.
FORMATS = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".webp": "WEBP",
    ".tif": "TIFF",
    ".tiff": "TIFF",
}


def load(context: Context, picture: Any, formats: Formats = None) -> Frame:
    """A frame of its own from a path, a PIL image, an array, a buffer or another frame.

    Args:
        formats: what a file may be, by PIL's names; otherwise whatever PIL or FFmpeg reads.
    """
    if isinstance(picture, _native.VideoFrame):
        upright: Frame = picture.rgb(context)  # type: ignore[attr-defined]
        return upright
    if isinstance(picture, _native.Video):
        raise WrongTypeError("a video is many pictures: video[i] is one; an image input takes all")
    if isinstance(picture, (str, os.PathLike)):
        path = os.fspath(picture)
        opened = _open(path, context.info["max_size"], formats)
        if opened is None:
            from ._stills import load

            return load(context, path)
        picture = opened
    if hasattr(picture, "getbands") and hasattr(picture, "convert"):
        picture = _pixels(picture)
    frame: Frame = context._upload(_buffer(picture))
    return frame


def load_cube(context: Context, faces: Any, formats: Formats = None) -> Frame:
    """A cube of its own from six pictures: paths, PIL images, arrays, buffers or frames."""
    frames = tuple(
        face if isinstance(face, _native.Frame) else load(context, face, formats)
        for face in six(faces)
    )
    cube: Frame = context._cube(frames)
    return cube


def six(faces: Any) -> tuple[Any, ...]:
    """What a cube is made of; anything but six is refused."""
    kind = type(faces).__name__
    if isinstance(faces, (str, bytes, os.PathLike, _native.Frame)) or not hasattr(
        faces, "__iter__"
    ):
        raise WrongTypeError(f"{CUBE}, not one {kind}")
    listed = tuple(islice(faces, 7))  # an iterator need not end
    if len(listed) != 6:
        count = len(listed) if len(listed) < 6 else "7 or more"
        raise WrongTypeError(f"{CUBE}; {count} are given")
    return listed


def to_pil(frame: Frame) -> Image:
    """The picture as a PIL image: RGBA, or gray for a plane."""
    from PIL import Image

    if frame.channels == 1:
        size, data = frame.size, memoryview(frame).tobytes()
        if frame.dtype == "uint8":
            return Image.frombytes("L", size, data)
        return Image.frombytes("I;16", size, data)
    if frame.channels == 2:
        raise WrongTypeError("a plane of two components is no picture; numpy.asarray has it")
    if frame.dtype == "uint8":
        return Image.frombytes("RGBA", frame.size, memoryview(frame).cast("B"))
    import numpy as np

    # Round to nearest, as GL stores a float in eight bits.
    bytes_ = np.rint(np.clip(np.nan_to_num(np.asarray(frame)), 0.0, 1.0) * 255.0)
    return Image.frombytes("RGBA", frame.size, bytes_.astype(np.uint8).tobytes())


def png(frame: Frame | VideoFrame) -> bytes:
    """The picture as a PNG file's bytes."""
    file = io.BytesIO()
    frame.to_pil().save(file, "PNG", compress_level=1)
    return file.getvalue()


def format_of(path: str) -> str:
    """PIL's name of the format that the path's ending asks for."""
    ending = os.path.splitext(path)[1].lower()
    if ending not in FORMATS:
        what = f"no picture is written as {ending}" if ending else "the name has no ending"
        raise InvalidArgumentError(f"{path}: {what}; give it one of {', '.join(sorted(FORMATS))}")
    return FORMATS[ending]


def save(frame: Frame, path: str | os.PathLike[str]) -> None:
    """Write a frame, whole or not at all."""
    name = named(path)
    write(to_pil(frame), name)


def named(path: str | os.PathLike[str]) -> str:
    """The name of a file that a picture can be written to."""
    name = path_of(path, "a picture is written to the path of a file")
    format_of(name)
    return name


def write(image: Image, path: str, **options: Any) -> None:
    """Write a PIL image by way of a file beside it, so that nobody ever sees half of one."""
    name = format_of(path)
    if name == "JPEG":
        image = image.convert("RGB")
        options.setdefault("quality", 92)
    folder = os.path.dirname(path) or "."
    partial = os.path.join(folder, f".zcgpu-{os.urandom(6).hex()}.part")
    try:
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise OutputError(f"{path}: cannot write into {folder} ({error.strerror})") from error
    try:
        with os.fdopen(handle, "wb") as file:
            image.save(file, name, **options)
        os.replace(partial, path)
    except (OSError, ValueError) as error:  # an encoder's own refusals are ValueErrors
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"{path}: cannot write ({reason})") from error
    finally:
        if os.path.exists(partial):
            os.unlink(partial)


def _open(path: str, limit: int, formats: Formats) -> Image | None:
    """The picture of a file; None where FFmpeg may know it."""
    from PIL import Image, UnidentifiedImageError

    try:
        # A pipe that nobody writes to would keep a reader waiting.
        if not stat.S_ISREG(os.stat(path).st_mode) and not os.path.isdir(path):
            raise FileError(f"{path}: no regular file")
        with Image.open(path, formats=formats) as image:
            # Before it takes the memory.
            if max(image.size) > limit:
                raise SizeError(
                    f"{path}: {image.width} x {image.height} pixels; each side is 1 to {limit} on "
                    "this driver"
                )
            image.load()
            return image
    except (SizeError, FileError):
        raise
    except FileNotFoundError as error:
        raise FileError(f"{path}: there is no such picture") from error
    except UnidentifiedImageError as error:
        if formats is None:
            return None
        raise FileError(f"{path}: no picture that PIL can read") from error
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FileError(f"{path}: cannot read the picture ({reason})") from error


def _pixels(image: Image) -> Any:
    """A PIL image's pixels, upright: (height, width, 4) of uint8, or float32 for deeper ones.

    PIL's own conversions of more than eight bits clip instead of scaling.
    """
    import numpy as np
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image) or image
    if upright.mode == "I" and image.format != "PNG":  # older PILs call 16-bit PNGs so
        raise WrongTypeError(
            "a PIL image of mode I does not say which number is white; "
            "convert it to L, I;16 or F (0 to 1)"
        )
    if upright.mode == "F":
        return _gray(np.asarray(upright))
    if upright.mode == "I" or upright.mode.startswith("I;16"):
        return _gray(np.asarray(upright) / 65535.0)
    return np.asarray(upright.convert("RGBA"))


def _gray(values: Any) -> Any:
    """Opaque grays of float32, from an array (height, width)."""
    import numpy as np

    gray = np.asarray(values, np.float32)
    return np.stack([gray, gray, gray, np.ones_like(gray)], axis=-1)


def _buffer(picture: Any) -> Any:
    """Something with a buffer, by way of NumPy where need be."""
    try:
        memoryview(picture).release()
        return picture
    except (TypeError, builtins.BufferError):
        pass
    if not any(
        hasattr(picture, name) for name in ("__array_interface__", "__array__", "__dlpack__")
    ):
        raise WrongTypeError(
            "a picture is a path, a PIL image, an array (height, width, 3 or 4) of uint8 or "
            f"float32, or a Frame, not {type(picture).__name__}"
        )
    import numpy as np

    try:
        return np.asarray(picture)
    except Exception as error:
        raise BufferError(f"this {type(picture).__name__} gives no array ({error})") from error
