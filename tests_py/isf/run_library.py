"""Draw every ISF shader of a folder, and say what became of each. Run by hand: it fetches nothing.

python tests_py/isf/run_library.py FOLDER_OR_FILE... [--on gl gl-3.3 es angle] [--json FILE]

Each shader is drawn in a child process, three times, with pictures for its images and a tone
for its sounds: with its defaults, and where that was flat with other values. What ends the child,
or keeps it longer than the limit, is reported, and the next child goes on with the rest.
"""

import argparse
import importlib.util
import json
import os
import selectors
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

import zcgpu

WAYS: dict[str, dict[str, Any]] = {
    "gl": {"dialect": "gl"},
    "gl-3.3": {"dialect": "gl", "max_version": (3, 3)},
    "es": {"dialect": "es"},
    "angle": {"dialect": "es"},
}
TIMES = (0.0, 1.5, 3.0)
FLAT = "flat"


def picture(width: int, height: int, seed: int) -> Any:
    """A picture like no mirror or turn of itself, opaque, with edges and with slopes."""
    y, x = np.mgrid[0:height, 0:width]
    u, v = (x + 0.5) / width, (y + 0.5) / height
    channels = [u, v, 0.5 + 0.5 * np.sin(9 * u * (1 + v)), np.ones_like(u)]
    image = np.stack(channels, axis=-1)
    random = np.random.default_rng(seed)
    for _ in range(12):
        left, top = random.integers(0, width), random.integers(0, height)
        box = np.s_[top : top + height // 5, left : left + width // 7]
        image[box][..., :3] = random.random(3)
    disc = np.hypot((u - 0.3) * width / height, v - 0.35) < 0.15
    image[disc, :3] = random.random(3)
    return np.rint(image * 255).astype(np.uint8)


def sweep() -> zcgpu.Audio:
    """Four seconds of a tone that rises from 60 to 6000 Hz, louder on the left."""
    rate = 44100
    t = np.arange(4 * rate) / rate
    wave = np.sin(2 * np.pi * 60 * 4 / np.log(100) * (100 ** (t / 4) - 1))
    return zcgpu.Audio(np.stack([0.8 * wave, 0.4 * wave]), rate)


class Stage:
    """A context with what shaders are given."""

    def __init__(self, way: str, width: int, height: int) -> None:
        self.context = zcgpu.Context(**WAYS[way])
        self.size = width, height
        self.pictures = [self.context.frame(picture(width, height, seed)) for seed in (3, 5)]
        self.cube = self.context.cube([picture(64, 64, seed) for seed in range(6)])
        self.sound = sweep()

    def draw(self, path: str, save: str | None, *, compiles_only: bool) -> dict[str, Any]:
        """What becomes of one shader."""
        try:
            with self.context.scene(path) as scene:
                if compiles_only:
                    return {"state": "ok"}
                info = scene.info
                given = self._given(info)
                frames = self._frames(scene, given)
                state = FLAT if is_flat(frames) else "ok"
                if state == FLAT and not is_flat(self._frames(scene, given | others(info))):
                    state = "flat with defaults"
                if save:
                    zcgpu._pictures.write(strip(frames), save)
                return {
                    "state": state,
                    "kind": info.kind,
                    "colour": frames[-1][0, 0].tolist(),
                    "inputs": [entry.type for entry in info.inputs],
                }
        except zcgpu.Error as error:
            return {"state": type(error).__name__, "message": str(error)}

    def _given(self, info: zcgpu.SceneInfo) -> dict[str, Any]:
        given: dict[str, Any] = {}
        images = 0
        for entry in info.inputs:
            if entry.type == "image":
                given[entry.name] = self.pictures[images % 2]
                images += 1
            elif entry.type in ("audio", "audioFFT"):
                given[entry.name] = self.sound
            elif entry.type == "cube":
                given[entry.name] = self.cube
        return given

    def _frames(self, scene: zcgpu.Scene, inputs: dict[str, Any]) -> list[Any]:
        return [
            np.array(zcgpu.Frame.to_pil(scene.render(*self.size, time=time, inputs=inputs)))
            for time in TIMES
        ]


def others(info: zcgpu.SceneInfo) -> dict[str, Any]:
    """Values that are nobody's defaults."""
    values: dict[str, Any] = {}
    for entry in info.inputs:
        low, high = entry.min, entry.max
        if entry.type == "float":
            low, high = 0.0 if low is None else low, 1.0 if high is None else high
            values[entry.name] = low + 0.7 * (high - low)
        elif entry.type == "point2D":
            values[entry.name] = (0.3, 0.6) if high is None else tuple(0.4 * h for h in high)
        elif entry.type == "color":
            values[entry.name] = (0.8, 0.5, 0.2, 1.0)
        elif entry.type in ("bool", "event"):
            values[entry.name] = not entry.default
        elif entry.type == "long" and entry.values:
            values[entry.name] = entry.values[-1]
    return values


def is_flat(frames: list[Any]) -> bool:
    """Whether no pixel of any frame is more than 1/255 from another."""
    stack = np.stack(frames).reshape(-1, 4).astype(int)
    return bool((np.ptp(stack, axis=0) <= 1).all())


def strip(frames: list[Any]) -> Any:
    """The frames side by side, as a PIL image."""
    from PIL import Image

    return Image.fromarray(np.concatenate(frames, axis=1))


def child(way: str, width: int, height: int, *, compiles_only: bool) -> None:
    """Answer each path on standard input by a line of JSON on standard output."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what drivers print is no answer
    stage = Stage(way, width, height)
    for line in sys.stdin:
        path, save = json.loads(line)
        answers.write(json.dumps(stage.draw(path, save, compiles_only=compiles_only)) + "\n")
        answers.flush()


def run(paths: list[Path], way: str, options: argparse.Namespace) -> dict[Path, dict[str, Any]]:
    """What became of each shader."""
    results: dict[Path, dict[str, Any]] = {}
    while len(results) < len(paths):
        worker = start(way, options)
        for path in paths[len(results) :]:
            save = name_of_picture(path, way, options)
            results[path] = ask(worker, path, save, options.limit)
            print(f"{way} {results[path]['state']} {path}", file=sys.stderr, flush=True)
            if results[path]["state"] in ("ended", "hung"):
                break
        assert worker.stdin is not None
        worker.stdin.close()
        worker.wait()
    return results


def start(way: str, options: argparse.Namespace) -> subprocess.Popen[str]:
    """A child that draws."""
    environment = {**os.environ}
    if way == "angle":
        spec = importlib.util.find_spec("comfy_angle")
        if spec is None or spec.origin is None:
            raise SystemExit("angle needs: pip install comfy-angle")
        environment["ZCGPU_LIBEGL"] = str(Path(spec.origin).parent / "libs" / "libEGL.so")
    command = [sys.executable, __file__, "--child", way, "--size", options.size]
    command += ["--compile"] if options.compile else []
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def name_of_picture(path: Path, way: str, options: argparse.Namespace) -> str | None:
    """Where the shader's frames are kept, if they are."""
    if options.pictures is None:
        return None
    options.pictures.mkdir(parents=True, exist_ok=True)
    return str(options.pictures / f"{path.parent.name}-{path.stem}.{way}.png")


def ask(
    worker: subprocess.Popen[str], path: Path, save: str | None, limit: float
) -> dict[str, Any]:
    """What the child says of a shader, or how it ended over it."""
    assert worker.stdin is not None
    assert worker.stdout is not None
    try:
        worker.stdin.write(json.dumps([str(path), save]) + "\n")
        worker.stdin.flush()
    except BrokenPipeError:
        return {"state": "ended", "message": f"ended {worker.wait()}"}
    with selectors.DefaultSelector() as selector:
        selector.register(worker.stdout, selectors.EVENT_READ)
        if not selector.select(limit):
            worker.kill()
            return {"state": "hung", "message": f"no answer in {limit} s"}
    answer = worker.stdout.readline()
    if not answer:
        return {"state": "ended", "message": f"ended {worker.wait()}"}
    result: dict[str, Any] = json.loads(answer)
    return result


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("given", nargs="*", type=Path)
    parser.add_argument("--on", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--size", default="320x180")
    parser.add_argument("--compile", action="store_true", help="compile and link, draw nothing")
    parser.add_argument("--limit", type=float, default=120.0, help="seconds a shader may take")
    parser.add_argument("--json", type=Path, help="every result, for scripts")
    parser.add_argument("--pictures", type=Path, help="a folder for what was drawn")
    parser.add_argument("--child", choices=WAYS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        size = map(int, options.size.split("x"))
        child(options.child, *size, compiles_only=options.compile)
        return
    paths = sorted(
        path
        for given in options.given
        for path in ([given] if given.is_file() else given.rglob("*.fs"))
    )
    everything = {way: run(paths, way, options) for way in options.on}
    if options.json:
        text = {
            way: {str(path): result for path, result in results.items()}
            for way, results in everything.items()
        }
        options.json.write_text(json.dumps(text, indent=1))
    for way, results in everything.items():
        states = Counter(result["state"] for result in results.values())
        drawn = states["ok"] + states[FLAT] + states["flat with defaults"]
        share = 100 * drawn / max(1, len(paths))
        print(f"{way}: {drawn} of {len(paths)} drawn ({share:.1f} %)", dict(states))
        for path, result in results.items():
            if result["state"] != "ok":
                message = result.get("message", result.get("colour"))
                print(f"  {result['state']}: {path}: {str(message).splitlines()[0]}")


if __name__ == "__main__":
    main()
