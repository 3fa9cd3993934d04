"""GPU frames in Python that never crash: ISF shaders rendered without a display.

```python
import zcgpu

with zcgpu.Context() as context:
    scene = context.scene("plasma.fs")
    scene.render(1280, 720, time=0.5).save("plasma.png")
```
"""

from .context import Context
from .errors import (
    BufferError,
    BusyError,
    ClosedError,
    ContextLostError,
    DisplayError,
    DmabufError,
    Error,
    FileError,
    ForkError,
    GLError,
    HandleError,
    HeaderError,
    InvalidArgumentError,
    LeaseError,
    LibraryError,
    MediaError,
    NotCurrentError,
    OutOfMemoryError,
    OutOfRangeError,
    OutputError,
    PoolExhausted,
    ReentryError,
    ShaderError,
    SizeError,
    SourceError,
    StaleError,
    ThreadError,
    UnknownInputError,
    WrongContextError,
    WrongTypeError,
)
from .frame import Frame
from .scene import Scene

TYPE_CHECKING = False
if TYPE_CHECKING:
    # Found by __getattr__ when first asked for: each costs its import.
    from . import diagnostics
    from .audio import Audio
    from .capsules import from_capsule
    from .decoder import Decoder
    from .dmabuf import Dmabuf
    from .flight import flight_recorder
    from .lease import Lease
    from .machine import census, doctor, get_include, get_library, info
    from .oneshot import render
    from .pipeline import Pipeline
    from .pool import Pool, PoolStatistics
    from .renderer import Renderer
    from .scene_info import SceneInfo
    from .shader_text import check, describe, translate
    from .video import Video, open_video
    from .video_color import VideoColor
    from .video_frame import VideoFrame
    from .video_sequence import VideoSlice

__all__ = [
    "Audio",
    "BufferError",
    "BusyError",
    "ClosedError",
    "Context",
    "ContextLostError",
    "Decoder",
    "DisplayError",
    "Dmabuf",
    "DmabufError",
    "Error",
    "FileError",
    "ForkError",
    "Frame",
    "GLError",
    "HandleError",
    "HeaderError",
    "InvalidArgumentError",
    "Lease",
    "LeaseError",
    "LibraryError",
    "MediaError",
    "NotCurrentError",
    "OutOfMemoryError",
    "OutOfRangeError",
    "OutputError",
    "Pipeline",
    "Pool",
    "PoolExhausted",
    "PoolStatistics",
    "ReentryError",
    "Renderer",
    "Scene",
    "SceneInfo",
    "ShaderError",
    "SizeError",
    "SourceError",
    "StaleError",
    "ThreadError",
    "UnknownInputError",
    "Video",
    "VideoColor",
    "VideoFrame",
    "VideoSlice",
    "WrongContextError",
    "WrongTypeError",
    "__version__",
    "census",
    "check",
    "describe",
    "diagnostics",
    "doctor",
    "flight_recorder",
    "from_capsule",
    "get_include",
    "get_library",
    "info",
    "open_video",
    "render",
    "translate",
]

__version__ = "0.1.0"

_LAZY = {
    "Audio": "audio",
    "Decoder": "decoder",
    "Dmabuf": "dmabuf",
    "Lease": "lease",
    "Pipeline": "pipeline",
    "Pool": "pool",
    "PoolStatistics": "pool",
    "Renderer": "renderer",
    "SceneInfo": "scene_info",
    "Video": "video",
    "VideoColor": "video_color",
    "VideoFrame": "video_frame",
    "VideoSlice": "video_sequence",
    "census": "machine",
    "check": "shader_text",
    "describe": "shader_text",
    "doctor": "machine",
    "flight_recorder": "flight",
    "from_capsule": "capsules",
    "get_include": "machine",
    "get_library": "machine",
    "info": "machine",
    "open_video": "video",
    "render": "oneshot",
    "translate": "shader_text",
}


if not TYPE_CHECKING:  # a type checker shall find what is not there

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name in _LAZY:
            value = getattr(import_module("." + _LAZY[name], __name__), name)
        elif name == "diagnostics":
            value = import_module(".diagnostics", __name__)
        else:
            raise AttributeError(f"module 'zcgpu' has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted(__all__)
