"""What zcgpu does in a block of the benchmark of video."""

import sys

import numpy as np

import zcgpu
from benchmarks.workers import protocol
from benchmarks.workers.video_places import place

EFFECT = """/*{"INPUTS": [{"NAME": "inputImage", "TYPE": "image"}]}*/
void main() { gl_FragColor = vec4(1.0 - IMG_THIS_PIXEL(inputImage).rgb, 1.0); }"""


def look(frame: zcgpu.VideoFrame) -> None:
    """A view of each plane."""
    for plane in frame.planes:
        np.asarray(plane)[0, 0]


class Film:
    """A video that is read on and on."""

    def __init__(self, path: str, context: zcgpu.Context) -> None:
        self.context = context
        self.video = zcgpu.open_video(path, context=context)
        self.frames = iter(self.video)
        self.count = len(self.video)

    def next(self) -> zcgpu.VideoFrame:
        """The next frame, or the first after the last."""
        frame = next(self.frames, None)
        if frame is None:
            self.frames = iter(self.video)
            frame = next(self.frames)
        return frame

    def decode(self, turns: int) -> None:
        """Frames one after the other."""
        for _ in range(turns):
            look(self.next())

    def pick(self, turns: int) -> None:
        """Frames here and there."""
        for turn in range(turns):
            look(self.video[place(turn, self.count)])

    def upload(self, turns: int) -> None:
        """Textures of the planes of each frame, which is given back before the next, as in C.

        As there, too, the context stays current.
        """
        with self.context.batch():
            for _ in range(turns):
                with self.next() as frame:
                    frame.texture(0)
                    frame.texture(1)


def main(large: str, small: str, pictures: str) -> None:
    """Opens the films and serves."""
    context = zcgpu.Context()
    films = [Film(path, context) for path in (large, small, pictures)]
    scene = context.scene(EFFECT)
    target = np.ones((films[0].video.height, films[0].video.width, 4), np.uint8)

    def draw(turns: int) -> None:
        for _ in range(turns):
            scene.inputs["inputImage"] = films[0].next().rgb()
            scene.render_into(target)

    jobs: dict[str, protocol.Job] = {
        "decode-large": films[0].decode,
        "decode-small": films[1].decode,
        "pick": films[1].pick,
        "upload": films[2].upload,
        "draw": draw,
        "draw-filtered": draw,
    }
    info = context.info
    protocol.serve(f"{info['renderer']}, {info['version']}; zcgpu {zcgpu.__version__}", jobs)


if __name__ == "__main__":
    main(*sys.argv[1:])
