"""A decoded frame's bytes, as ffmpeg lays them out."""

import hashlib

import numpy as np

import zcgpu


def digest(frame: zcgpu.VideoFrame) -> str:
    """The MD5 that ffmpeg's framemd5 gives the same frame."""
    md5 = hashlib.md5()
    for plane in frame.planes:
        md5.update(np.ascontiguousarray(plane).data)
    return md5.hexdigest()
