"""The pictures that come with shaders: found in their folders, and given to their scenes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import ExitStack
from json import loads
from typing import TYPE_CHECKING, Any, cast

from . import _native
from ._arguments import shown
from ._pictures import load, load_cube, six
from ._source import _shown
from .errors import Error, FileError, InvalidArgumentError, SizeError, WrongTypeError

if TYPE_CHECKING:
    from ._source import Source
    from .context import Context
    from .frame import Frame
    from .scene import Scene

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "TGA", "DDS", "PPM")
"""What an imported picture may be, by PIL's names: none that runs another program."""


def give(scene: Scene, source: Source) -> None:
    """Give a scene the pictures that its header imports."""
    with ExitStack() as ours:
        for index, picture in enumerate(pictures(scene.context, scene._describe(), source, ours)):
            scene._set_import(index, picture)


def pictures(
    context: Context, description: str, source: Source, ours: ExitStack
) -> tuple[Frame, ...]:
    """The pictures that a header imports, in its order.

    Args:
        description: what the header says, as JSON.
        ours: gets what is to be closed when the scene has taken the pictures.
    """
    path, imports = source.place()
    folder, own = _allowed(imports)
    entries = loads(description)["imports"]
    names = [entry["name"] for entry in entries]
    for name in own:
        if name not in names:
            there = f"the imported pictures are {', '.join(names)}" if names else "it imports none"
            raise InvalidArgumentError(
                f"imports: the shader imports no picture {shown(name)} ({there})"
            )
    place = _Place(path, folder)
    frames: list[Frame] = []
    for entry in entries:
        is_cube = entry["type"] == "cube"
        try:
            picture = own.get(entry["name"])
            if picture is None:
                picture = [place.find(each) for each in entry["paths"]]
            elif not is_cube:
                picture = [picture]
            frames.append(_picture(context, six(picture) if is_cube else tuple(picture), ours))
        except (FileError, SizeError, WrongTypeError) as error:
            what = f"{place.name}:{entry['line']}: error: the imported "
            what += f"{'cube' if is_cube else 'picture'} '{entry['name']}': "
            raise _same(error, what + str(error)) from error
    return tuple(frames)


def _picture(context: Context, parts: tuple[Any, ...], ours: ExitStack) -> Frame:
    """One picture, or the six of a cube."""
    if len(parts) == 6:
        return ours.enter_context(load_cube(context, parts, FORMATS))
    if not isinstance(parts[0], _native.Frame):
        return ours.enter_context(load(context, parts[0], FORMATS))
    if parts[0].faces == 6:
        raise WrongTypeError("it takes one picture, not a cube")
    return cast("Frame", parts[0])


def _allowed(imports: object) -> tuple[str | None, Mapping[str, Any]]:
    """The folder that pictures must lie in, and pictures of the caller's own by name."""
    if imports is None:
        return None, {}
    if isinstance(imports, Mapping):
        return None, imports
    if isinstance(imports, (str, os.PathLike)):
        folder = os.fsdecode(imports)
        if not os.path.isdir(folder):
            raise FileError(f"imports: {_shown(folder)}: there is no such folder")
        return folder, {}
    raise WrongTypeError(
        "imports is a folder, or a mapping of imported names to pictures, "
        f"not {type(imports).__name__}"
    )


class _Place:
    """Where a shader's pictures are: beside its file, within a folder."""

    def __init__(self, path: str | None, folder: str | None) -> None:
        self.name = "<source>" if path is None else _shown(path)
        beside = folder if path is None else os.path.dirname(path) or "."
        self._beside = beside
        self._top = folder or beside

    def find(self, written: str) -> str:
        """The file that a header's PATH means."""
        if self._beside is None or self._top is None:
            raise FileError(
                f"{written}: a shader given as text has no folder; imports=... of context.scene "
                "says where its pictures are: a folder, or {name: picture}"
            )
        tried = os.path.normpath(os.path.join(self._beside, written))
        if "\0" in tried:
            raise FileError(f"{written!r}: no path has a NUL in it")
        found, top = os.path.realpath(tried), os.path.realpath(self._top)
        if os.path.commonpath((found, top)) != top:
            raise FileError(
                f"{_shown(tried)}: it lies outside of {_shown(top)}; copy it in there, or allow a "
                "folder that holds both by imports=FOLDER"
            )
        if not os.path.exists(found):
            raise FileError(f"{_shown(tried)}: there is no such picture")
        # A pipe would be waited for.
        if not os.path.isfile(found):
            raise FileError(f"{_shown(tried)}: it is no file")
        return found


def _same(error: Error, message: str) -> Error:
    """An error of the same kind that says more."""
    fuller = type(error)(message)
    fuller.code = error.code
    return fuller
