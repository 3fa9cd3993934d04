"""Frames in a device's memory, as ffmpeg would have them."""

import hashlib

import numpy as np

import zcgpu


def md5(frame: zcgpu.VideoFrame) -> str:
    """Of a frame's planes, those of NV12 and P010 as if they were planar: as framemd5 has them."""
    digest = hashlib.md5()
    for plane in map(np.asarray, frame.planes):
        shift = 6 if plane.dtype == np.uint16 else 0
        for channel in np.atleast_3d(plane).transpose(2, 0, 1):
            digest.update(np.ascontiguousarray(channel >> shift).tobytes())
    return digest.hexdigest()
