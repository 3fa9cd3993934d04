"""A script for pyvvisf 0.2.1 with its import changed: frames of a shader, into out/."""

from __future__ import annotations

from pathlib import Path

import zcgpu.compat.pyvvisf as pyvvisf  # was: import pyvvisf

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "out"
FRAMES = 4


def main() -> None:
    """Render a batch, start the context anew in its middle, and say where the frames are."""
    OUT.mkdir(exist_ok=True)
    pyvvisf.initialize_glfw_context()
    scene = pyvvisf.CreateISFSceneRef()
    scene.use_file(str(ROOT / "examples" / "shaders" / "plasma.fs"))
    scene.set_value_for_input_named(pyvvisf.ISFFloatVal(3.0), "scale")
    for frame in range(FRAMES):
        if frame == FRAMES // 2 and not pyvvisf.reinitialize_glfw_context():
            raise SystemExit("the context could not be had again")
        buffer = scene.create_and_render_a_buffer(pyvvisf.Size(640, 360), frame / 2)
        path = OUT / f"pyvvisf_{frame}.png"
        buffer.to_pil_image().save(path)
        scene.cleanup()
        print(path)
    pyvvisf.cleanup_glfw_context()


if __name__ == "__main__":
    main()
