"""Documents: ISF shaders as read, and the values of their inputs."""

from __future__ import annotations

import os
import weakref
from pathlib import PurePath
from typing import TYPE_CHECKING

from ... import _native
from ..._arguments import shown
from ..._source import read
from ...errors import FileError, HeaderError, WrongTypeError
from ...scene_info import InputInfo, PassInfo, SceneInfo
from ...shader_text import translate
from .attr import ISFAttr
from .errors import ISFParseError, VVISFError, header_refusal
from .geometry import Size
from .kinds import ISFFileType, ISFValType

if TYPE_CHECKING:
    from .buffer import GLBuffer
    from .scene import ISFScene

PASSTHRU = "void main() {\n  isf_vertShaderInit();\n}\n"
"""The vertex shader of a document that has none of its own."""

_FILE_TYPES = {
    "generator": ISFFileType.Source,
    "filter": ISFFileType.Filter,
    "transition": ISFFileType.Transition,
}
_EMPTY = SceneInfo("", None, None, (), (), None, None, "generator", (), (), (PassInfo(),), "")


class ISFDoc:
    """An ISF shader: what its header says, and its inputs with their values.

    Two forms: ``ISFDoc(path, parent_scene=None, throw_except=True)`` reads a file, with the vertex
    shader beside it (``.vs`` or ``.vert``); ``ISFDoc(fs_contents, vs_contents, imports_dir,
    parent_scene=None, throw_except=True)`` takes texts. With ``throw_except=False`` a document
    that cannot be read is empty, and drawing it raises what was wrong.

    Raises:
        ISFParseError: no such file, or a header that is missing or broken.
        ShaderCompilationError: an input of a TYPE that there is not.
    """

    def __init__(
        self,
        path: str | os.PathLike[str] | None = None,
        vs_contents: str | ISFScene | None = None,
        imports_dir: str | bool | None = None,
        parent_scene: ISFScene | None = None,
        throw_except: bool = True,
        *,
        fs_contents: str | None = None,
    ) -> None:
        if fs_contents is None and isinstance(vs_contents, str) and isinstance(path, str):
            fs_contents, path = path, None
        self._error: VVISFError | None = None
        self._info = _EMPTY
        self._fragment = self._vertex = ""
        self._is_text = False
        if fs_contents is not None:
            if not isinstance(fs_contents, str):
                raise WrongTypeError(f"a shader's text is a str, not {shown(fs_contents)}")
            folder = "/" if imports_dir is None else str(imports_dir)
            self._path = f"{folder.rstrip('/')}/XXX.fs"
            self._name = ""
            self._place = folder
            self._is_text = True
            self._fragment = fs_contents
            self._vertex = vs_contents if isinstance(vs_contents, str) else ""
        else:
            if not isinstance(path, (str, os.PathLike)):
                raise WrongTypeError(f"a document is a path or its texts, not {shown(path)}")
            # The other form's second and third places are this one's scene and flag.
            if vs_contents is not None and not isinstance(vs_contents, str):
                parent_scene = vs_contents
            if isinstance(imports_dir, bool):
                throw_except = imports_dir
            self._path = self._place = os.fspath(path)
            self._name = os.path.basename(self._path)
        self._parent = None if parent_scene is None else weakref.ref(parent_scene)
        self._read(is_file=fs_contents is None)
        if self._error is not None and throw_except:
            raise self._error
        # pyvvisf passes over inputs of types that it does not know.
        known = [entry for entry in self._info.inputs if entry.type != "point3D"]
        self._inputs = [ISFAttr._declared(entry) for entry in known]

    def _read(self, is_file: bool) -> None:
        try:
            if is_file:
                fragment, _, vertex, _ = read(PurePath(self._path), _vertex_beside(self._path))
                self._fragment = fragment.decode("utf-8", "replace").removeprefix("\ufeff")
                self._vertex = (vertex or b"").decode("utf-8", "replace").removeprefix("\ufeff")
            text = self._fragment.encode("utf-8", "replace")
            shown = self._path if is_file else None
            self._info = SceneInfo.parse(_native.describe_source(text, shown, None, None))
        except FileError as error:
            self._error = ISFParseError(f"Missing resource: {error}", str(error))
            self._error.__cause__ = error
        except HeaderError as error:
            self._error = header_refusal(error, self._place)
            self._error.__cause__ = error

    def path(self) -> str:
        """The file's path; for texts, one in the folder of imports."""
        return self._path

    def name(self) -> str:
        """The file's name with its ending; empty for texts."""
        return self._name

    def description(self) -> str:
        """The header's DESCRIPTION, or nothing."""
        return self._info.description or ""

    def credit(self) -> str:
        """The header's CREDIT, or nothing."""
        return self._info.credit or ""

    def vsn(self) -> str:
        """The header's VSN, or nothing."""
        return self._info.version or ""

    def type(self) -> ISFFileType:
        """Source, Filter or Transition."""
        return _FILE_TYPES[self._info.kind]

    def categories(self) -> list[str]:
        """The header's CATEGORIES."""
        return list(self._info.categories)

    def inputs(self) -> list[ISFAttr]:
        """Every input, in order. Setting their values is what the next frame shows."""
        return list(self._inputs)

    def image_inputs(self) -> list[ISFAttr]:
        """The inputs that are images."""
        return self.inputs_of_type(ISFValType.Image)

    def audio_inputs(self) -> list[ISFAttr]:
        """The inputs that are sound: its waves or its spectrum."""
        return [
            attr for attr in self._inputs if attr.type() in (ISFValType.Audio, ISFValType.AudioFFT)
        ]

    def image_imports(self) -> list[ISFAttr]:
        """The pictures and cubes that the header imports; drawing reads them."""
        return [ISFAttr._declared(InputInfo(it.name, it.type)) for it in self._info.imports]

    def _folder(self) -> str | None:
        """Where its imported pictures must lie; None where there are none, or nobody said."""
        folder = os.path.dirname(self._path)
        if not self._info.imports or (self._is_text and folder == "/"):
            return None
        return folder or "."

    def inputs_of_type(self, type: ISFValType) -> list[ISFAttr]:
        """The inputs of one type."""
        return [attr for attr in self._inputs if attr.type() is type]

    def input(self, name: str) -> ISFAttr | None:
        """The input of that name, or None."""
        return next((attr for attr in self._inputs if attr.name() == name), None)

    def render_passes(self) -> list[str]:
        """What each pass draws into, in order; empty is the frame itself."""
        return [entry.target or "" for entry in self._info.passes]

    def get_buffer_for_key(self, name: str) -> GLBuffer | None:
        """An image input's buffer, or a copy of what passes last drew under that name."""
        attr = self.input(name)
        if attr is not None:
            return attr.current_val().image_buffer()
        return self._target(name)

    def get_persistent_buffer_for_key(self, name: str) -> GLBuffer | None:
        """A copy of what passes last drew into a persistent buffer; None where there is none."""
        return self._target(name) if self._is_persistent(name) else None

    def get_temp_buffer_for_key(self, name: str) -> GLBuffer | None:
        """A copy of what passes last drew into a buffer that is not persistent, or None."""
        return None if self._is_persistent(name) else self._target(name)

    def _is_persistent(self, name: str) -> bool:
        return any(entry.persistent for entry in self._info.passes if entry.target == name)

    def _target(self, name: str) -> GLBuffer | None:
        scene = self.parent_scene()
        return None if scene is None else scene._target(name)

    def json_source_string(self) -> str:
        """The beginning of the file, to the end of the line that ends the header."""
        return self._fragment[: self._body_start()]

    def json_string(self) -> str:
        """The header's JSON, without its comment marks."""
        return self._info.header

    def vert_shader_source(self) -> str:
        """The vertex shader as read; one that passes everything on where there is none."""
        return self._vertex or PASSTHRU

    def frag_shader_source(self) -> str:
        """The fragment shader as read, without the header."""
        return self._fragment[self._body_start() :]

    def _body_start(self) -> int:
        header = self._info.header
        if not header:
            return 0
        end = self._fragment.index(f"/*{header}*/") + len(header) + 4
        line_end = self._fragment.find("\n", end)
        # What stands on the header's last line behind it is code, and is left to the body.
        if line_end < 0 or self._fragment[end:line_end].strip():
            return end
        return line_end + 1

    def set_parent_scene(self, scene: ISFScene | None) -> None:
        """Say which scene draws it. `ISFScene.use_doc` does."""
        self._parent = None if scene is None else weakref.ref(scene)

    def parent_scene(self) -> ISFScene | None:
        """The scene that draws it, while that lives."""
        return None if self._parent is None else self._parent()

    def generate_texture_type_string(self) -> str:
        """A 2 for each image input and pass buffer: zcgpu's are all two-dimensional."""
        targets = {entry.target for entry in self._info.passes if entry.target}
        return "2" * (len(self.image_inputs()) + len(targets))

    def generate_shader_source(self, dialect: str = "gl") -> tuple[str, str]:
        """The GLSL that a driver gets: (fragment, vertex).

        pyvvisf's form, which wrote into C++ strings, could not be called from Python.
        """
        if self._error is not None:
            raise self._error
        glsl = translate(self._fragment, vertex=self._own_vertex(), dialect=dialect)
        return glsl.fragment, glsl.vertex

    def _own_vertex(self) -> str | None:
        """The author's vertex shader, where there is one that does anything."""
        return None if self._vertex.strip() in ("", PASSTHRU.strip()) else self._vertex

    def eval_buffer_dimensions_with_render_size(self, size: Size) -> None:
        """Nothing: drawing a frame works out the sizes of its passes, each time."""
        if not isinstance(size, Size):
            raise WrongTypeError(f"a size is a Size(width, height), not {shown(size)}")

    def __repr__(self) -> str:
        return f"<ISFDoc {self._name or 'text'}: {self.type()}, {len(self._inputs)} inputs>"


def _vertex_beside(path: str) -> PurePath | None:
    """The ``.vert`` file beside, where there is no ``.vs`` file, which zcgpu finds by itself."""
    base = os.path.splitext(path)[0]
    if not os.path.isfile(base + ".vs") and os.path.isfile(base + ".vert"):
        return PurePath(base + ".vert")
    return None


def CreateISFDocRef(
    path: str | os.PathLike[str], parent_scene: ISFScene | None = None, throw_except: bool = True
) -> ISFDoc:
    """A document from a file. Arguments and errors are `ISFDoc`'s."""
    return ISFDoc(path, parent_scene=parent_scene, throw_except=throw_except)


def CreateISFDocRefWith(
    fs_contents: str,
    imports_dir: str = "/",
    vs_contents: str = PASSTHRU,
    parent_scene: ISFScene | None = None,
    throw_except: bool = True,
) -> ISFDoc:
    """A document from texts. Arguments and errors are `ISFDoc`'s."""
    return ISFDoc(
        None,
        vs_contents,
        imports_dir,
        parent_scene,
        throw_except,
        fs_contents=fs_contents,
    )
