"""One frame by zcgpu, without NumPy: a whole process."""

import sys

import zcgpu

pixels = memoryview(bytearray(256 * 256 * 4)).cast("B", (256, 256, 4))
with zcgpu.Context() as context:
    context.scene(sys.argv[1]).render_into(pixels, time=0.5)
if pixels[0, 0, 2] not in (127, 128):
    sys.exit("this is not the picture")
