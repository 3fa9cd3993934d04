"""``zcgpu render``: one picture, a sequence of them, or raw frames on stdout."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from . import values

if TYPE_CHECKING:
    from ..audio import Audio
    from ..frame import Frame
    from ..scene import Scene


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its arguments."""
    command = commands.add_parser(
        "render",
        help="draw a shader into a picture or a sequence",
        description="Draw an ISF shader. Frames of one run share the scene, so feedback "
        "accumulates; TIMEDELTA is 1/fps.",
    )
    command.add_argument("shader", metavar="SHADER", help="an ISF file (.fs)")
    command.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        required=True,
        help=".png, .jpg, .webp or .tif; a pattern like f_%%04d.png for a sequence; "
        "- for raw RGBA frames on stdout",
    )
    command.add_argument(
        "--size", type=values.size, default=(1280, 720), metavar="WxH", help="pixels (1280x720)"
    )
    when = command.add_mutually_exclusive_group()
    when.add_argument("--time", type=float, metavar="T", help="the time of one frame, seconds")
    when.add_argument("--frames", type=values.count, metavar="N", help="how many frames")
    command.add_argument(
        "--fps", type=values.rate, default=30.0, metavar="F", help="frames a second (30)"
    )
    command.add_argument(
        "--start", type=float, default=0.0, metavar="T", help="the first frame's time (0)"
    )
    command.add_argument(
        "--input",
        type=values.assignment,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="an input: a number, true, false, 0.5,0.5, #ff8800; or what --image takes",
    )
    command.add_argument(
        "--image",
        type=values.assignment,
        action="append",
        default=[],
        metavar="NAME=FILE",
        help="an image input, or a video, of which each frame shows its time; for a cube six files "
        "with commas between them: +x,-x,+y,-y,+z,-z",
    )
    command.add_argument(
        "--audio",
        type=values.assignment,
        action="append",
        default=[],
        metavar="NAME=FILE",
        help="the sound of an audio or audioFFT input: each frame hears it at its time",
    )
    command.add_argument(
        "--imports",
        metavar="DIR",
        help="the folder that pictures of the header's IMPORTED may lie in (the shader's own)",
    )
    command.add_argument("--seed", metavar="N", help="random inputs, the same for the same seed")
    command.add_argument(
        "--preset", metavar="FILE", help="inputs from a JSON file, over those of --seed"
    )
    command.add_argument(
        "--save-preset", metavar="FILE", help="keep the inputs that were drawn with as a preset"
    )
    command.add_argument("--dialect", choices=("gl", "es"), default="auto", help="which GL")
    command.add_argument("--quiet", action="store_true", help="show no progress")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Draw what the options ask for."""
    from contextlib import ExitStack

    from .. import _stills
    from ..context import Context

    outputs = _outputs(options)
    with ExitStack() as films, Context(dialect=options.dialect) as context:
        shader = PurePath(options.shader)  # never a text, whatever its name looks like
        scene = context.scene(shader, imports=options.imports)
        if options.seed is not None:
            scene.inputs.randomize(options.seed)
        if options.preset is not None:
            scene.inputs.apply(PurePath(options.preset))
        types = {entry.name: entry.type for entry in scene.info.inputs}
        images = [*options.image]
        for name, text in options.input:
            if types.get(name) in ("image", "cube"):
                images.append((name, text))
            else:
                scene.inputs[name] = values.value(text)
        for name, path in images:
            film = None if types.get(name) == "cube" else _stills.film(path)
            if film is not None:
                films.enter_context(film)
            scene.inputs[name] = film or (path.split(",") if types.get(name) == "cube" else path)
        for name, sound in _sounds(options.audio):
            scene.inputs[name] = sound
        if options.save_preset is not None:
            from ..presets import save

            save(scene.inputs, options.save_preset)
        frames = _frames(scene, options)
        if options.output == "-":
            _write_raw(_progress(frames, options))
        else:
            _write_files(_progress(frames, options), outputs)
    return 0


def _sounds(assignments: list[tuple[str, str]]) -> Iterator[tuple[str, Audio]]:
    """The sounds by the names of their inputs; a file for several is read once."""
    from ..audio import Audio

    known: dict[str, Audio] = {}
    for name, path in assignments:
        if path not in known:
            known[path] = Audio.open(path)
        yield name, known[path]


def _outputs(options: argparse.Namespace) -> Iterator[str]:
    """One path a frame, checked before anything is drawn."""
    from .._pictures import format_of
    from ..errors import InvalidArgumentError

    output, frames = options.output, options.frames or 1
    if output == "-":
        return iter(())
    format_of(output)
    try:
        known = [output % index if "%" in output else output for index in (0, 1, frames - 1)]
    except (TypeError, ValueError, OverflowError, MemoryError) as error:
        raise InvalidArgumentError(
            f"{output}: no pattern for frame numbers, such as f_%04d.png ({error})"
        ) from error
    if frames > 1 and len(set(known)) < min(frames, 3):
        raise InvalidArgumentError(
            f"{output}: {frames} frames need a pattern, such as f_%04d.png; one file holds one"
        )
    return (output % index if "%" in output else output for index in range(frames))


def _frames(scene: Scene, options: argparse.Namespace) -> Iterator[Frame]:
    width, height = options.size
    if options.frames is None:
        time = options.start if options.time is None else options.time
        yield scene.render(width, height, time=time)
        return
    for index in range(options.frames):
        time = options.start + index / options.fps
        yield scene.render(
            width,
            height,
            time=time,
            time_delta=0.0 if index == 0 else 1.0 / options.fps,
            frame_index=index,
        )


def _progress(frames: Iterator[Frame], options: argparse.Namespace) -> Any:
    """The same frames, with a bar on a terminal."""
    total = options.frames or 1
    if options.quiet or total == 1 or not sys.stderr.isatty():
        return frames
    from tqdm import tqdm

    return tqdm(frames, total=total, unit="frame", desc=os.path.basename(options.shader))


def _write_raw(frames: Iterator[Frame]) -> None:
    """A byte a component, whatever the shader's last pass draws."""
    for frame in frames:
        pixels = memoryview(frame) if frame.dtype == "uint8" else frame.to_pil().tobytes()
        sys.stdout.buffer.write(memoryview(pixels).cast("B"))
        frame.close()
    sys.stdout.buffer.flush()


def _write_files(frames: Iterator[Frame], paths: Iterator[str]) -> None:
    """Encode on every core, while the next frames are drawn."""
    from collections import deque
    from concurrent.futures import Future, ThreadPoolExecutor

    from .._pictures import to_pil, write

    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[None]] = deque()
        try:
            for frame, path in zip(frames, paths, strict=True):
                waiting.append(pool.submit(write, to_pil(frame), path))
                frame.close()
                if len(waiting) > 2 * workers:
                    waiting.popleft().result()
            while waiting:
                waiting.popleft().result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
