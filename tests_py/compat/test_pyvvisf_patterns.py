"""The three ways of use that pyvvisf's documentation teaches, with the pixels they must give."""

import runpy
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
from compat.pixels import assert_shows, of
from expected import positions, rgba
from PIL import Image
from sources import colour

import zcgpu
import zcgpu.compat.pyvvisf as pyvvisf

ROOT = Path(__file__).resolve().parents[2]
MOVING = colour("vec4(isf_FragNormCoord, TIME / 8.0, 1.0)")


def test_a_batch_of_frames() -> None:
    assert pyvvisf.initialize_glfw_context()
    scene = pyvvisf.CreateISFSceneRef()
    doc = pyvvisf.CreateISFDocRefWith(MOVING)
    scene.use_doc(doc)
    x, y = positions(40, 30)
    for frame in range(8):
        buffer = scene.create_and_render_a_buffer(pyvvisf.Size(40, 30), frame)
        assert (buffer.size.width, buffer.size.height) == (40, 30)
        assert_shows(buffer, rgba(x, y, frame / 8, 1.0))
        scene.cleanup()
    pyvvisf.cleanup_glfw_context()
    assert pyvvisf.get_gl_info()["context_valid"] is False


def test_reinitialising_and_drawing_on() -> None:
    pyvvisf.initialize_glfw_context()
    scene = pyvvisf.CreateISFSceneRef()
    scene.use_doc(pyvvisf.CreateISFDocRefWith(MOVING))
    x, y = positions(16, 8)
    for n in range(5):
        assert pyvvisf.reinitialize_glfw_context() is True
        buffer = scene.create_and_render_a_buffer(pyvvisf.Size(16, 8), float(n))
        assert_shows(buffer, rgba(x, y, n / 8, 1.0))


def test_a_pool_of_buffers() -> None:
    pool = pyvvisf.GLBufferPool()
    scene = pyvvisf.CreateISFSceneRef()
    scene.use_doc(pyvvisf.CreateISFDocRefWith(MOVING))
    x, y = positions(32, 24)
    kept = []
    for n in range(10):
        kept.append(pool.create_buffer(pyvvisf.Size(32, 24)))
        drawn = scene.create_and_render_a_buffer(pyvvisf.Size(32, 24), n, pool_ref=pool)
        assert_shows(drawn, rgba(x, y, n / 8, 1.0))
        kept.append(drawn)
    pool.cleanup()
    pool.force_cleanup()
    for n, buffer in enumerate(kept):
        assert_shows(buffer, rgba(x, y, (n // 2) / 8, 1.0) if n % 2 else np.zeros((24, 32, 4)))
    again = pool.create_buffer(pyvvisf.Size(32, 24))
    assert not of(again).any()


def test_fifty_rounds_of_pool_cleanup_reinitialisation_and_new_objects() -> None:
    pool = pyvvisf.GLBufferPool()
    for n in range(50):
        pool.cleanup()
        assert pyvvisf.reinitialize_glfw_context()
        pool = pyvvisf.GLBufferPool()
        scene = pyvvisf.CreateISFSceneRef()
        scene.use_doc(pyvvisf.CreateISFDocRefWith(colour(f"vec4({n}.0 / 255.0, 1.0, 0.0, 1.0)")))
        buffer = scene.create_and_render_a_buffer(pyvvisf.Size(12, 12))
        assert (of(buffer) == (n, 255, 0, 255)).all()


def test_the_example_draws_what_zcgpu_draws(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example = ROOT / "examples" / "scripts" / "pyvvisf_batch.py"
    main = runpy.run_path(str(example))["main"]
    with mock.patch.dict(main.__globals__, OUT=tmp_path):
        main()
    assert len(capsys.readouterr().out.splitlines()) == 4
    with zcgpu.Context() as context:
        scene = context.scene(ROOT / "examples" / "shaders" / "plasma.fs")
        scene.inputs["scale"] = 3.0
        for n in range(4):
            wanted = np.asarray(scene.render(640, 360, time=n / 2))
            shown = np.asarray(Image.open(tmp_path / f"pyvvisf_{n}.png"))
            assert (shown == wanted).all()
