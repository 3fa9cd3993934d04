"""One frame by pyvvisf: a whole process. It cannot do without NumPy."""

import sys

from pyvvisf import ISFRenderer  # type: ignore[import-not-found, unused-ignore]

with open(sys.argv[1], encoding="utf-8") as shader, ISFRenderer(shader.read()) as renderer:
    pixels = renderer.render(256, 256, time_offset=0.5).array
if pixels[0, 0, 2] not in (127, 128):
    sys.exit("this is not the picture")
