"""Pictures of the layer, compared with what they must be."""

from typing import Any

import numpy as np
from expected import Numbers
from numpy.typing import NDArray

import zcgpu.compat.pyvvisf as pyvvisf


def of(buffer: pyvvisf.GLBuffer) -> NDArray[np.uint8]:
    """The pixels that a user sees: (height, width, 4), row 0 on top."""
    image = buffer.to_pil_image()
    assert image.mode == "RGBA"
    return np.asarray(image)


def assert_shows(buffer: pyvvisf.GLBuffer, expected: Numbers) -> None:
    """A buffer is as expected (0 to 1), rounded to the nearest byte."""
    wanted = np.clip(expected, 0.0, 1.0) * 255.0
    pixels = of(buffer)
    assert pixels.shape == wanted.shape
    np.testing.assert_array_less(np.abs(pixels - wanted), 0.5 + 1e-3)


def scene_of(text: str, **values: Any) -> pyvvisf.ISFScene:
    """A scene that draws a shader, its inputs set."""
    scene = pyvvisf.CreateISFSceneRef()
    scene.use_doc(pyvvisf.CreateISFDocRefWith(text))
    for name, value in values.items():
        scene.set_value_for_input_named(value, name)
    return scene


def drawn(text: str, width: int, height: int, **values: Any) -> pyvvisf.GLBuffer:
    """One frame of a shader."""
    return scene_of(text, **values).create_and_render_a_buffer(pyvvisf.Size(width, height))
