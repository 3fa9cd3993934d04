"""Threads that use pyvvisf's names in a random order (argument: a seed). Prints what went wrong."""

import logging
import random
import sys
import threading
import warnings
from typing import Any

import numpy as np
from PIL import Image

import zcgpu.compat.pyvvisf as pyvvisf

THREADS, STEPS = 4, 60
# Green is the scene's own; blue comes from a buffer that passes keep; red is an input.
TEXT = """/*{{"INPUTS": [{{"NAME": "red", "TYPE": "float"}}, {{"NAME": "go", "TYPE": "event"}},
  {{"NAME": "inputImage", "TYPE": "image"}}],
  "PASSES": [{{"TARGET": "kept", "PERSISTENT": true}}, {{}}]}}*/
void main() {{
  if (PASSINDEX == 0) gl_FragColor = vec4(0.2);
  else gl_FragColor = vec4(red, {}.0 / 255.0, IMG_THIS_PIXEL(kept).r, 1.0);
}}"""

wrong: list[object] = []


def scene_of(green: int) -> tuple[int, pyvvisf.ISFScene]:
    scene = pyvvisf.ISFScene()
    scene.use_doc(pyvvisf.CreateISFDocRefWith(TEXT.format(green)))
    return green, scene


SHARED = [scene_of(green) for green in range(3)]


class Worker:
    """One thread's doings; each method is one of them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.scenes = list(SHARED)
        self.pools: list[pyvvisf.GLBufferPool] = []
        self.kept: list[tuple[pyvvisf.GLBuffer, Any]] = []

    def draw(self) -> None:
        green, scene = self.random.choice(self.scenes)
        width, height = self.random.randint(1, 9), self.random.randint(1, 9)
        pool = self.random.choice([None, *self.pools])
        buffer = scene.create_and_render_a_buffer(pyvvisf.Size(width, height), 0.0, {}, pool)
        shown = np.asarray(buffer.to_pil_image())
        if shown.shape != (height, width, 4) or (shown[..., 1:] != (green, 51, 255)).any():
            wrong.append(("draw", green, shown[0, 0].tolist()))
        self.kept = [*self.kept[-4:], (buffer, shown)]

    def look_again(self) -> None:
        for buffer, shown in self.kept:
            if (np.asarray(buffer.to_pil_image()) != shown).any():
                wrong.append(("look again", shown[0, 0].tolist()))

    def make(self) -> None:
        self.scenes = [*self.scenes[-4:], scene_of(self.random.randint(0, 200))]

    def pool(self) -> None:
        self.pools = [*self.pools[-2:], pyvvisf.GLBufferPool()]
        if np.asarray(self.pools[-1].create_buffer(pyvvisf.Size(4, 4)).to_pil_image()).any():
            wrong.append("pool")

    def clean(self) -> None:
        for pool in self.pools:
            self.random.choice([pool.cleanup, pool.purge, pool.housekeeping, pool.force_cleanup])()

    def upload(self) -> None:
        seed = self.random.randint(0, 9999)
        picture = np.random.default_rng(seed).integers(0, 256, (3, 4, 4), np.uint8)
        buffer = pyvvisf.GLBuffer.from_pil_image(Image.fromarray(picture))
        if (np.asarray(buffer.to_pil_image()) != picture).any():
            wrong.append("upload")
        _, scene = self.random.choice(self.scenes)
        scene.set_filter_input_buffer(self.random.choice([buffer, None]))

    def target(self) -> None:
        doc = self.random.choice(self.scenes)[1].doc()
        buffer = None if doc is None else doc.get_buffer_for_key("kept")
        if buffer is not None and (np.asarray(buffer.to_pil_image()) != 51).any():
            wrong.append("target")

    def renderer(self) -> None:
        with pyvvisf.ISFRenderer(TEXT.format(7)) as renderer:
            shown = np.asarray(renderer.render_to_pil_image(2, 2))
            if (shown[..., 1] != 7).any():
                wrong.append("renderer")

    def values(self) -> None:
        _, scene = self.random.choice(self.scenes)
        scene.set_value_for_input_named(pyvvisf.ISFFloatVal(self.random.random()), "red")
        scene.set_value_for_input_named(pyvvisf.ISFEventVal(True), "go")

    def ask(self) -> None:
        pyvvisf.get_gl_info(), pyvvisf.validate_gl_context()
        pyvvisf.check_gl_errors("asking")
        pyvvisf.reset_gl_context_state()
        pyvvisf.acquire_context_ref()
        pyvvisf.release_context_ref()

    def end(self) -> None:
        ends = [pyvvisf.reinitialize_glfw_context, pyvvisf.cleanup_glfw_context]
        self.random.choice([*ends, pyvvisf.reset_global_buffer_pool])()

    def run(self) -> None:
        doings = [self.draw] * 6 + [self.look_again, self.make, self.pool, self.clean, self.upload]
        doings += [self.target, self.renderer, self.values, self.ask, self.end]
        for _ in range(STEPS):
            try:
                self.random.choice(doings)()
            except pyvvisf.VVISFError:
                continue
            except BaseException as error:
                wrong.append(repr(error))


logging.disable()
warnings.simplefilter("ignore")
threads = [threading.Thread(target=Worker(100 * int(sys.argv[1]) + n).run) for n in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(wrong or "right")
