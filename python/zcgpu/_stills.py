"""Picture files that PIL does not know, and films, by FFmpeg."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .errors import FileError, LibraryError, MediaError, OutOfRangeError
from .video import Video, open_video

if TYPE_CHECKING:
    from .context import Context
    from .frame import Frame


def load(context: Context, path: str) -> Frame:
    """The picture in a file that PIL does not know."""
    try:
        with open_video(path, context=context) as video:
            if not is_still(video):
                raise FileError(f"{path}: this is a video; zcgpu.open_video(path) opens it")
            with video[0] as frame:
                return frame.rgb(context)
    except LibraryError as error:
        raise FileError(f"{path}: no picture that PIL can read, and {error}") from error
    except (MediaError, OutOfRangeError) as error:
        raise FileError(f"{path}: no picture that PIL or FFmpeg can read ({error})") from error


def film(path: str) -> Video | None:
    """The video of a file that holds one, or None for a picture and for what cannot be read."""
    from PIL import Image, UnidentifiedImageError

    if not os.path.isfile(path):
        return None  # a picture's loader says why
    try:
        with Image.open(path):
            return None
    except UnidentifiedImageError:
        pass
    except (OSError, ValueError, SyntaxError):
        return None
    try:
        video = open_video(path)
    except (MediaError, LibraryError, FileError):
        return None
    if is_still(video):
        video.close()
        return None
    return video


def is_still(video: Video) -> bool:
    """Whether it is one picture."""
    still: bool = video._stream["still"]
    return still
