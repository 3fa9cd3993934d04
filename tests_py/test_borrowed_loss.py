"""A host whose own context is lost while it is borrowed: for real, on ANGLE."""

from angle import output_of

HOST = """
import ctypes, logging, os
import numpy as np
import zcgpu
from sources import COUNTER

logging.getLogger("zcgpu").addHandler(logging.NullHandler())
egl = ctypes.CDLL(os.environ["ZCGPU_LIBEGL"])
for name in ("GetPlatformDisplayEXT", "CreateContext", "GetProcAddress"):
    getattr(egl, "egl" + name).restype = ctypes.c_void_p
for name, count in {"CreateContext": 4, "MakeCurrent": 4, "DestroyContext": 2}.items():
    getattr(egl, "egl" + name).argtypes = [ctypes.c_void_p] * count
display = egl.eglGetPlatformDisplayEXT(0x31DD, None, (ctypes.c_int * 1)(0x3038))
assert egl.eglInitialize(ctypes.c_void_p(display), None, None)
config, found = ctypes.c_void_p(), ctypes.c_int()
attributes = (ctypes.c_int * 3)(0x3040, 0x40, 0x3038)
assert egl.eglChooseConfig(
    ctypes.c_void_p(display), attributes, ctypes.byref(config), 1, ctypes.byref(found))

def begin():
    robust = (ctypes.c_int * 7)(0x3098, 3, 0x30BF, 1, 0x3138, 0x31BF, 0x3038)
    made = egl.eglCreateContext(display, config, None, robust)
    assert made and egl.eglMakeCurrent(display, None, None, made)
    return made

def lose():
    address = egl.eglGetProcAddress(b"glLoseContextCHROMIUM")
    ctypes.CFUNCTYPE(None, ctypes.c_uint, ctypes.c_uint)(address)(0x8253, 0x8254)

def raised(use):
    try:
        use()
    except zcgpu.Error as error:
        return type(error).__name__
    return None
"""


def test_a_lost_host_is_told_until_it_has_another_context() -> None:
    program = """
old = begin()
context = zcgpu.Context.from_current()
assert "ANGLE" in context.info["renderer"]
scene = context.scene(COUNTER)
frame = scene.render(4, 4)
assert (np.asarray(scene.render(4, 4)) == 2).all()
lose()
for _ in range(2):
    assert raised(lambda: scene.render(4, 4)) == "ContextLostError"
    assert raised(lambda: np.asarray(frame)) == "ContextLostError"
    assert raised(context.reinitialize) == "ContextLostError"
    assert raised(zcgpu.Context.from_current) == "ContextLostError"
egl.eglMakeCurrent(display, None, None, None)
assert egl.eglDestroyContext(display, old)
begin()
assert raised(lambda: np.asarray(frame)) == "StaleError"
assert (np.asarray(scene.render(4, 4)) == 1).all()
assert context.generation == 2
context.close()
print("to its end")
"""
    assert output_of(HOST + program) == "to its end\n"


def test_a_lost_host_is_closed_in_peace() -> None:
    program = """
begin()
context = zcgpu.Context.from_current()
frame = context.scene(COUNTER).render(4, 4)
lose()
context.close()
frame.close()
print("to its end")
"""
    assert output_of(HOST + program) == "to its end\n"
