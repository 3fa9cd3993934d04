"""Draws every frame of a film through an ISF filter, and encodes the result with its sound.

python examples/scripts/filter_film.py film.mp4 examples/shaders/halftone.fs out.mp4
"""

from __future__ import annotations

import subprocess
import sys

import numpy as np

import zcgpu


def encoder(film: zcgpu.Video, width: int, height: int, out: str) -> subprocess.Popen[bytes]:
    """FFmpeg, which takes RGBA on its input, and the sound of the film."""
    command = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgba"]
    command += ["-s", f"{width}x{height}", "-r", str(film.frame_rate or 25), "-i", "-"]
    command += ["-i", film.path, "-map", "0:v", "-map", "1:a?", "-c:a", "copy"]
    # H.264 with halved chroma wants even sides; the matrix is said, so that no player guesses.
    command += ["-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2,scale=out_color_matrix=bt709:out_range=tv"]
    command += ["-colorspace", "bt709", "-color_range", "tv", "-pix_fmt", "yuv420p", out]
    return subprocess.Popen(command, stdin=subprocess.PIPE)


def main(path: str, shader: str, out: str) -> None:
    """Filter a film of a constant rate."""
    with zcgpu.Context() as context, zcgpu.open_video(path, context=context) as film:
        scene = context.scene(shader)
        target = np.empty((film.height, film.width, 4), np.uint8)
        into = encoder(film, film.width, film.height, out)
        assert into.stdin is not None
        with into.stdin as pipe, context.batch():
            for frame in film:
                scene.render_into(target, time=frame.pts, inputs={"inputImage": frame})
                pipe.write(target.data)
        if into.wait() != 0:
            raise SystemExit(f"ffmpeg ended with status {into.returncode}")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
