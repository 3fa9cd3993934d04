"""What tests ask of decoded frames."""

import hashlib

import numpy as np

import zcgpu


def md5(frame: zcgpu.VideoFrame) -> str:
    """Of a frame's planes in their order, without what lies between rows: as ffmpeg's framemd5."""
    digest = hashlib.md5()
    for plane in frame.planes:
        digest.update(np.ascontiguousarray(plane).tobytes())
    return digest.hexdigest()
