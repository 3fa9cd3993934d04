"""pyvvisf 0.2.1's names, drawn by zcgpu: change the import, and its scripts run.

```python
import zcgpu.compat.pyvvisf as pyvvisf

with pyvvisf.ISFRenderer(shader_text) as renderer:
    renderer.set_input("color", pyvvisf.ISFColorVal(0.0, 1.0, 0.0, 1.0))
    renderer.render_to_pil_image(1920, 1080).save("green.png")
```

docs/compat-pyvvisf.md says what differs, and why.
"""

from . import vvisf_bindings
from .manager import GLContextManager
from .renderer import ISFRenderer
from .vvisf_bindings import *  # noqa: F403
from .vvisf_bindings import __all__ as _bindings

__version__ = "0.2.1"


def check_vvisf_availability() -> bool:
    """As `is_vvisf_available`."""
    return vvisf_bindings.is_vvisf_available()


__all__ = [
    *_bindings,
    "GLContextManager",
    "ISFRenderer",
    "check_vvisf_availability",
    "vvisf_bindings",
]
