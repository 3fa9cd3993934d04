"""Every name of pyvvisf's binding module, which its own package showed a part of."""

from __future__ import annotations

from .attr import (
    ISFAttr,
)
from .buffer import (
    CreateGLBufferRef,
    GLBuffer,
)
from .context import (
    acquire_context_ref,
    check_gl_errors,
    cleanup_glfw_context,
    cleanup_scene_state,
    ensure_gl_context_current,
    force_cleanup_vvisf_state,
    get_gl_info,
    get_platform_info,
    initialize_glfw_context,
    is_vvisf_available,
    reinitialize_glfw_context,
    release_context_ref,
    reset_gl_context_state,
    reset_global_buffer_pool,
    validate_gl_context,
)
from .descriptor import (
    Backing,
    GLBufferDescriptor,
    GLBufferTarget,
    GLBufferType,
    InternalFormat,
    PixelFormat,
    PixelType,
)
from .doc import (
    CreateISFDocRef,
    CreateISFDocRefWith,
    ISFDoc,
)
from .errors import (
    ISFParseError,
    ShaderCompilationError,
    ShaderRenderingError,
    VVISFError,
)
from .geometry import (
    Point,
    Rect,
    Size,
)
from .kinds import (
    ISFFileType,
    ISFFileType_All,
    ISFFileType_Filter,
    ISFFileType_None,
    ISFFileType_Source,
    ISFFileType_Transition,
    ISFValType,
    ISFValType_Audio,
    ISFValType_AudioFFT,
    ISFValType_Bool,
    ISFValType_Color,
    ISFValType_Cube,
    ISFValType_Event,
    ISFValType_Float,
    ISFValType_Image,
    ISFValType_Long,
    ISFValType_None,
    ISFValType_Point2D,
    isf_file_type_to_string,
    isf_val_type_to_string,
    isf_val_type_uses_image,
)
from .pool import (
    GLBufferPool,
)
from .scene import (
    CreateISFSceneRef,
    CreateISFSceneRefUsing,
    ISFScene,
)
from .target import (
    ISFPassTarget,
)
from .values import (
    ISFBoolVal,
    ISFColorVal,
    ISFEventVal,
    ISFFloatVal,
    ISFImageVal,
    ISFLongVal,
    ISFNullVal,
    ISFPoint2DVal,
    ISFVal,
)

Type_CPU = GLBufferType.Type_CPU
Type_Tex = GLBufferType.Type_Tex
Type_RB = GLBufferType.Type_RB
Type_PBO = GLBufferType.Type_PBO
Type_VBO = GLBufferType.Type_VBO
Type_EBO = GLBufferType.Type_EBO
Type_FBO = GLBufferType.Type_FBO
Target_2D = GLBufferTarget.Target_2D
Target_Cube = GLBufferTarget.Target_Cube
InternalFormat_RGBA = InternalFormat.InternalFormat_RGBA
PixelFormat_RGBA = PixelFormat.PixelFormat_RGBA
PixelType_UByte = PixelType.PixelType_UByte
Backing_None = Backing.Backing_None

__version__ = "0.2.1"
__platform__ = get_platform_info()


def __getattr__(name: str) -> object:
    # Asked for when it is wanted: an import makes no context.
    if name == "__available__":
        return is_vvisf_available()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Backing",
    "Backing_None",
    "CreateGLBufferRef",
    "CreateISFDocRef",
    "CreateISFDocRefWith",
    "CreateISFSceneRef",
    "CreateISFSceneRefUsing",
    "GLBuffer",
    "GLBufferDescriptor",
    "GLBufferPool",
    "GLBufferTarget",
    "GLBufferType",
    "ISFAttr",
    "ISFBoolVal",
    "ISFColorVal",
    "ISFDoc",
    "ISFEventVal",
    "ISFFileType",
    "ISFFileType_All",
    "ISFFileType_Filter",
    "ISFFileType_None",
    "ISFFileType_Source",
    "ISFFileType_Transition",
    "ISFFloatVal",
    "ISFImageVal",
    "ISFLongVal",
    "ISFNullVal",
    "ISFParseError",
    "ISFPassTarget",
    "ISFPoint2DVal",
    "ISFScene",
    "ISFVal",
    "ISFValType",
    "ISFValType_Audio",
    "ISFValType_AudioFFT",
    "ISFValType_Bool",
    "ISFValType_Color",
    "ISFValType_Cube",
    "ISFValType_Event",
    "ISFValType_Float",
    "ISFValType_Image",
    "ISFValType_Long",
    "ISFValType_None",
    "ISFValType_Point2D",
    "InternalFormat",
    "InternalFormat_RGBA",
    "PixelFormat",
    "PixelFormat_RGBA",
    "PixelType",
    "PixelType_UByte",
    "Point",
    "Rect",
    "ShaderCompilationError",
    "ShaderRenderingError",
    "Size",
    "Target_2D",
    "Target_Cube",
    "Type_CPU",
    "Type_EBO",
    "Type_FBO",
    "Type_PBO",
    "Type_RB",
    "Type_Tex",
    "Type_VBO",
    "VVISFError",
    "acquire_context_ref",
    "check_gl_errors",
    "cleanup_glfw_context",
    "cleanup_scene_state",
    "ensure_gl_context_current",
    "force_cleanup_vvisf_state",
    "get_gl_info",
    "get_platform_info",
    "initialize_glfw_context",
    "is_vvisf_available",
    "isf_file_type_to_string",
    "isf_val_type_to_string",
    "isf_val_type_uses_image",
    "reinitialize_glfw_context",
    "release_context_ref",
    "reset_gl_context_state",
    "reset_global_buffer_pool",
    "validate_gl_context",
]
