"""Renders every shader of examples/shaders into out/: stills, one animation, a contact sheet."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from tqdm import tqdm

import zcgpu

ROOT = Path(__file__).resolve().parents[2]
SHADERS = ROOT / "examples" / "shaders"
PICTURES = ROOT / "examples" / "pictures"
OUT = ROOT / "out"

SIZE = (640, 360)
FPS = 30
#: Feedback needs its past: how many frames lead up to the still of a shader that keeps buffers.
FEEDBACK_FRAMES = 60
STILL_TIME = 3.0
SOUNDS = ("audio", "audioFFT")
ANIMATED = "trails"
ANIMATION_SIZE = (480, 270)
ANIMATION_FRAMES = 72


def main() -> int:
    """Render everything, and say where it is."""
    began = time.monotonic()
    OUT.mkdir(exist_ok=True)
    stills: list[tuple[str, Image.Image]] = []
    with zcgpu.Context() as context:
        info = context.info
        print(f"GL: {info['version']} on {info['renderer']}, by {info['display']}")
        names = sorted(path.stem for path in SHADERS.glob("*.fs"))
        for name in tqdm(names, unit="shader", disable=None):
            picture = still(context, name)
            picture.save(OUT / f"{name}.png", compress_level=1)
            stills.append((name, picture))
        animate(context)
    contact_sheet(stills).save(OUT / "contact-sheet.png", compress_level=6)
    print(f"{len(stills)} stills, one animation and a contact sheet in {duration(began)}. Look at:")
    print(f"  {OUT / 'contact-sheet.png'}")
    print(f"  {OUT / (ANIMATED + '.webp')}")
    return 0


def prepared(context: zcgpu.Context, name: str) -> zcgpu.Scene:
    """The scene of a shader, with pictures for the inputs that want one."""
    scene = context.scene(SHADERS / f"{name}.fs")
    first, second = PICTURES / "dusk.jpg", PICTURES / "mist.jpg"
    images = {"inputImage": first, "startImage": first, "endImage": second}
    scene.inputs.update({key: path for key, path in images.items() if key in scene.inputs})
    scene.inputs.update({it.name: song() for it in scene.info.inputs if it.type in SOUNDS})
    if scene.info.kind == "transition":
        scene.inputs["progress"] = 0.45
    return scene


def song() -> zcgpu.Audio:
    """Four seconds of chords over a bass, made here."""
    rate = 44100
    seconds = np.arange(4 * rate) / rate
    beat = seconds % 0.5
    voices = [
        np.sin(2 * np.pi * pitch * overtone * seconds) / overtone
        for pitch in (220.0, 277.2, 329.6, 440.0)
        for overtone in range(1, 12)
    ]
    bass = np.sin(2 * np.pi * 55.0 * seconds) * np.exp(-4.0 * beat)
    mixed = sum(voices) * np.exp(-3.0 * beat) * 0.15 + bass * 0.4
    return zcgpu.Audio(mixed, rate)


def still(context: zcgpu.Context, name: str) -> Image.Image:
    """One picture; a shader that feeds back is run up to it."""
    with prepared(context, name) as scene:
        if any(entry.persistent for entry in scene.info.passes):
            for index in range(FEEDBACK_FRAMES):
                scene.render(*SIZE, time=index / FPS).close()
        return scene.render(*SIZE, time=STILL_TIME).to_pil().convert("RGB")


def animate(context: zcgpu.Context) -> None:
    """An animated WebP of one of the feedback loops."""
    with prepared(context, ANIMATED) as scene:
        frames = [
            scene.render(*ANIMATION_SIZE, time=index / FPS).to_pil().convert("RGB")
            for index in range(ANIMATION_FRAMES)
        ]
    frames[0].save(
        OUT / f"{ANIMATED}.webp",
        save_all=True,
        append_images=frames[1:],
        duration=round(1000 / FPS),
        loop=0,
        quality=70,
        method=0,
    )


def contact_sheet(stills: list[tuple[str, Image.Image]]) -> Image.Image:
    """All stills with their names, four in a row."""
    columns, width, height, gap, caption = 4, 320, 180, 12, 22
    rows = -(-len(stills) // columns)
    size = (columns * (width + gap) + gap, rows * (height + caption + gap) + gap)
    sheet = Image.new("RGB", size, (18, 18, 22))
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default()
    for index, (name, picture) in enumerate(stills):
        left = gap + index % columns * (width + gap)
        top = gap + index // columns * (height + caption + gap)
        sheet.paste(picture.resize((width, height), Image.Resampling.LANCZOS), (left, top))
        draw.text((left + 2, top + height + 5), name, fill=(210, 210, 215), font=font)
    return sheet


def duration(began: float) -> str:
    """Seconds since then."""
    return f"{time.monotonic() - began:.1f} s"


if __name__ == "__main__":
    sys.exit(main())
