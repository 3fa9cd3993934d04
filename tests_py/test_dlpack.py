"""DLPack: pixels in memory for other libraries, as its specification has it."""

import ctypes
import gc
import threading
from typing import Any

import numpy as np
import pytest
from children import output_of
from sources import FILTER, colour, shader

import zcgpu

CPU, CUDA = 1, 2
READ_ONLY, IS_COPIED = 1, 2
GRADIENT = colour("vec4(floor(gl_FragCoord.xy) / 255.0, 0.6, 1.0)")
"""Red counts columns, green counts rows from below."""


class Tensor(ctypes.Structure):
    """DLTensor."""

    _fields_ = [
        ("data", ctypes.c_void_p),
        ("device_type", ctypes.c_int32),
        ("device_id", ctypes.c_int32),
        ("ndim", ctypes.c_int32),
        ("code", ctypes.c_uint8),
        ("bits", ctypes.c_uint8),
        ("lanes", ctypes.c_uint16),
        ("shape", ctypes.POINTER(ctypes.c_int64)),
        ("strides", ctypes.POINTER(ctypes.c_int64)),
        ("byte_offset", ctypes.c_uint64),
    ]


DELETER = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
"""Called through ctypes, which lets the GIL go."""


class Versioned(ctypes.Structure):
    """DLManagedTensorVersioned."""

    _fields_ = [
        ("major", ctypes.c_uint32),
        ("minor", ctypes.c_uint32),
        ("owner", ctypes.c_void_p),
        ("deleter", DELETER),
        ("flags", ctypes.c_uint64),
        ("tensor", Tensor),
    ]


class Legacy(ctypes.Structure):
    """DLManagedTensor."""

    _fields_ = [("tensor", Tensor), ("owner", ctypes.c_void_p), ("deleter", DELETER)]


_api = ctypes.pythonapi
_api.PyCapsule_GetPointer.restype = ctypes.c_void_p
_api.PyCapsule_GetPointer.argtypes = [ctypes.py_object, ctypes.c_char_p]
_api.PyCapsule_SetName.argtypes = [ctypes.py_object, ctypes.c_char_p]


def consume(capsule: Any) -> Any:
    """Take a capsule's tensor, as a consumer in C does; it must be deleted."""
    is_versioned = "dltensor_versioned" in repr(capsule)
    name = b"dltensor_versioned" if is_versioned else b"dltensor"
    address = _api.PyCapsule_GetPointer(capsule, name)
    used = USED[is_versioned]
    _api.PyCapsule_SetName(capsule, used)
    return (Versioned if is_versioned else Legacy).from_address(address)


USED = {True: b"used_dltensor_versioned", False: b"used_dltensor"}
"""Names that stay alive."""


def delete(tensor: Any) -> None:
    tensor.deleter(ctypes.addressof(tensor))


def array_of(tensor: Tensor) -> Any:
    """A copy of what a tensor describes, through its own words alone."""
    shape, strides = tensor.shape[: tensor.ndim], tensor.strides[: tensor.ndim]
    element = {(1, 8): np.uint8, (2, 32): np.float32}[tensor.code, tensor.bits]
    size = np.dtype(element).itemsize
    length = sum((n - 1) * step for n, step in zip(shape, strides, strict=True)) + 1
    memory = (ctypes.c_char * (length * size)).from_address(tensor.data + tensor.byte_offset)
    flat = np.frombuffer(bytes(memory), element)
    return np.lib.stride_tricks.as_strided(flat, shape, [step * size for step in strides])


def expected(width: int, height: int) -> Any:
    """GRADIENT by hand: row 0 is on top."""
    rows = np.empty((height, width, 4), np.uint8)
    rows[..., 0] = np.arange(width)[None, :]
    rows[..., 1] = np.arange(height)[::-1, None]
    rows[..., 2:] = 153, 255
    return rows


@pytest.fixture
def frame(context: zcgpu.Context) -> zcgpu.Frame:
    return context.scene(GRADIENT).render(5, 3)


def test_numpy_reads_a_frame_without_a_copy(frame: zcgpu.Frame) -> None:
    array = np.from_dlpack(frame)
    np.testing.assert_array_equal(array, expected(5, 3))
    assert array.dtype == np.uint8
    assert not array.flags.writeable
    assert np.shares_memory(array, np.asarray(frame))


def test_numpy_gets_a_copy_of_its_own_when_it_asks(frame: zcgpu.Frame) -> None:
    array = np.from_dlpack(frame, copy=True)
    assert array.flags.writeable
    array[:] = 0
    np.testing.assert_array_equal(np.asarray(frame), expected(5, 3))


def test_pixels_are_in_memory(frame: zcgpu.Frame) -> None:
    assert frame.__dlpack_device__() == (CPU, 0)


@pytest.mark.parametrize("version", [(1, 0), (1, 1), (2, 0), (99, 7)])
def test_a_versioned_consumer_is_told_that_pixels_are_read_only(
    frame: zcgpu.Frame, version: tuple[int, int]
) -> None:
    taken = consume(frame.__dlpack__(max_version=version))
    tensor = taken.tensor
    assert (taken.major, taken.minor, taken.flags) == (1, 0, READ_ONLY)
    assert (tensor.device_type, tensor.device_id, tensor.ndim, tensor.lanes) == (CPU, 0, 3, 1)
    assert tensor.shape[:3] == [3, 5, 4]
    assert tensor.strides[:3] == [20, 4, 1]
    assert tensor.data == np.asarray(frame).__array_interface__["data"][0]
    np.testing.assert_array_equal(array_of(tensor), expected(5, 3))
    assert frame.holders == {"presenter": 1, "view": 1}
    delete(taken)
    assert frame.holders == {"presenter": 1}


@pytest.mark.parametrize("version", [None, (0, 8)])
def test_a_legacy_consumer_gets_a_copy_since_it_may_write(
    frame: zcgpu.Frame, version: tuple[int, int] | None
) -> None:
    taken = consume(frame.__dlpack__(max_version=version))
    assert isinstance(taken, Legacy)
    np.testing.assert_array_equal(array_of(taken.tensor), expected(5, 3))
    assert taken.tensor.data % 256 == 0
    assert frame.holders == {"presenter": 1}
    ctypes.memset(taken.tensor.data, 9, 60)
    np.testing.assert_array_equal(np.asarray(frame), expected(5, 3))
    delete(taken)


def test_a_copy_is_flagged_and_may_be_written_to(frame: zcgpu.Frame) -> None:
    taken = consume(frame.__dlpack__(max_version=(1, 0), copy=True))
    assert taken.flags == IS_COPIED
    np.testing.assert_array_equal(array_of(taken.tensor), expected(5, 3))
    delete(taken)


def test_floats_are_floats(context: zcgpu.Context) -> None:
    source = shader("gl_FragColor = vec4(0.5, -2.0, 1.0e6, 1.0);", passes=[{"FLOAT": True}])
    frame = context.scene(source).render(2, 2)
    array = np.from_dlpack(frame)
    assert array.dtype == np.float32
    assert (array == np.array([0.5, -2.0, 1e6, 1.0], np.float32)).all()
    taken = consume(frame.__dlpack__())
    assert (taken.tensor.code, taken.tensor.bits) == (2, 32)
    assert taken.tensor.strides[:3] == [8, 4, 1]
    assert (array_of(taken.tensor) == np.array([0.5, -2.0, 1e6, 1.0], np.float32)).all()
    delete(taken)


@pytest.mark.parametrize(
    ("wish", "error", "message"),
    [
        ({"stream": 1}, zcgpu.InvalidArgumentError, "stream is None, not 1"),
        ({"stream": -1}, zcgpu.InvalidArgumentError, "stream is None"),
        ({"dl_device": (CUDA, 0)}, zcgpu.BufferError, r"in memory, device \(1, 0\), not on .*2, 0"),
        ({"dl_device": 1}, zcgpu.WrongTypeError, "dl_device is"),
        ({"dl_device": (1,)}, zcgpu.WrongTypeError, "dl_device is"),
        ({"max_version": 1}, zcgpu.WrongTypeError, "max_version is"),
        ({"max_version": ("1", 0)}, zcgpu.WrongTypeError, "max_version is"),
        ({"max_version": (1, 0, 0)}, zcgpu.WrongTypeError, "max_version is"),
        ({"copy": False}, zcgpu.BufferError, "cannot be told that a frame's pixels are read-only"),
        ({"max_version": (0, 5), "copy": False}, zcgpu.BufferError, "cannot be told"),
    ],
)
def test_a_wish_that_cannot_be_met_is_told_why(
    frame: zcgpu.Frame, wish: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        frame.__dlpack__(**wish)
    assert frame.holders == {"presenter": 1}


def test_wishes_go_by_name(frame: zcgpu.Frame) -> None:
    with pytest.raises(TypeError):
        frame.__dlpack__(None)  # type: ignore[call-arg]
    for copy in (None, False):
        frame.__dlpack__(stream=None, max_version=(1, 0), dl_device=(CPU, 0), copy=copy)


@pytest.mark.parametrize("version", [None, (1, 0)])
def test_a_capsule_that_nobody_takes_frees_itself(
    frame: zcgpu.Frame, version: tuple[int, int] | None
) -> None:
    capsules = [frame.__dlpack__(max_version=version) for _ in range(10)]
    assert frame.holders.get("view", 0) == (10 if version else 0)
    capsules.clear()
    assert frame.holders == {"presenter": 1}


def test_a_taken_tensor_outlives_all_else_and_is_deleted_by_any_thread() -> None:
    context = zcgpu.Context()
    frame = context.scene(GRADIENT).render(5, 3)
    taken = [consume(frame.__dlpack__(max_version=it)) for it in (None, (1, 0), (1, 0))]
    frame.close()
    context.close()
    del frame, context
    gc.collect()
    for it in taken:
        np.testing.assert_array_equal(array_of(it.tensor), expected(5, 3))
    assert zcgpu.census()["mappings"] == 2
    # ctypes lets the GIL go around the deleter.
    threads = [threading.Thread(target=delete, args=(it,)) for it in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert zcgpu.census()["mappings"] == 0


def test_a_closed_frame_exports_nothing(frame: zcgpu.Frame) -> None:
    frame.close()
    with pytest.raises(zcgpu.ClosedError, match="this frame is closed"):
        np.from_dlpack(frame)


def test_a_frame_of_an_ended_context_exports_what_was_read_before(
    context: zcgpu.Context, frame: zcgpu.Frame
) -> None:
    other = context.scene(FILTER).render(2, 2)
    np.asarray(frame)
    context.close()
    np.testing.assert_array_equal(np.from_dlpack(frame), expected(5, 3))
    with pytest.raises(zcgpu.ClosedError):
        np.from_dlpack(other)


@pytest.mark.parametrize(
    "ending",
    ["pass", "del array, capsule", "context.close()", "sys.modules.clear()", "sys.kept = capsule"],
)
def test_a_program_may_end_with_tensors_of_every_kind(ending: str) -> None:
    program = """
import sys
import numpy
import zcgpu
context = zcgpu.Context()
scene = context.scene("/*{}*/\\nvoid main() { gl_FragColor = vec4(1.0, 0.0, 0.0, 1.0); }")
frame = scene.render(8, 8)
array = numpy.from_dlpack(frame)
capsule = [frame.__dlpack__(), frame.__dlpack__(max_version=(1, 0))]
"""
    assert output_of(program + ending) == ""


def test_a_version_below_zero_is_refused(context: zcgpu.Context) -> None:
    frame = context.pool().frame(1, 1)
    with pytest.raises(zcgpu.WrongTypeError, match="max_version is"):
        frame.__dlpack__(max_version=(-1, 0))
