"""What a buffer is made of, in GL's numbers."""

from __future__ import annotations

from .kinds import Kind


class GLBufferType(Kind):
    """What kind of GL object a buffer is. zcgpu lends textures alone."""

    Type_CPU = 0
    Type_RB = 1
    Type_FBO = 2
    Type_PBO = 3
    Type_VBO = 4
    Type_EBO = 5
    Type_VAO = 6
    Type_Tex = 7


class GLBufferTarget(Kind):
    """What kind of texture a buffer is. zcgpu's are two-dimensional."""

    Target_2D = 0x0DE1
    Target_Cube = 0x8513


class InternalFormat(Kind):
    """How a texture keeps its pixels."""

    InternalFormat_RGBA = 0x1908
    InternalFormat_RGBA32F = 0x8814


class PixelFormat(Kind):
    """The order of a pixel's components."""

    PixelFormat_RGBA = 0x1908


class PixelType(Kind):
    """The type of a pixel's components."""

    PixelType_UByte = 0x1401
    PixelType_Float = 0x1406


class Backing(Kind):
    """Who made what a buffer stands on."""

    Backing_None = 0
    Backing_Internal = 1
    Backing_External = 2


class GLBufferDescriptor:
    """What a buffer is made of. To read: a changed descriptor changes no buffer."""

    def __init__(self) -> None:
        self.type = GLBufferType.Type_Tex
        self.target = GLBufferTarget.Target_2D
        self.internalFormat = InternalFormat.InternalFormat_RGBA
        self.pixelFormat = PixelFormat.PixelFormat_RGBA
        self.pixelType = PixelType.PixelType_UByte
        self.cpuBackingType = Backing.Backing_None
        self.gpuBackingType = Backing.Backing_None
        self.texRangeFlag = False
        self.texClientStorageFlag = False
        self.msAmount = 0
        self.localSurfaceID = 0
