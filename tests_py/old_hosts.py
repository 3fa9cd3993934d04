"""Hosts of older versions of GL, as Mesa plays them: each function is a program of its own."""

import host_gl
import hosts
import pytest
from host_disorder import DISORDERS
from test_borrowed_state import draw_everything

import zcgpu

VERSIONS = {
    "GL 3.3": (hosts.OPENGL, hosts.CORE, {"MESA_GL_VERSION_OVERRIDE": "3.3"}),
    "GL 3.3 compatibility": (hosts.OPENGL, 0, {"MESA_GL_VERSION_OVERRIDE": "3.3COMPAT"}),
    "GL 4.1": (hosts.OPENGL, hosts.CORE, {"MESA_GL_VERSION_OVERRIDE": "4.1"}),
    "GL ES 3.0": (hosts.OPENGL_ES, 0, {"MESA_GLES_VERSION_OVERRIDE": "3.0"}),
    "GL ES 3.1": (hosts.OPENGL_ES, 0, {"MESA_GLES_VERSION_OVERRIDE": "3.1"}),
}
TOO_OLD = {
    "GL 2.1": (hosts.OPENGL, 0, {"MESA_GL_VERSION_OVERRIDE": "2.1"}),
    "GL 3.1": (hosts.OPENGL, 0, {"MESA_GL_VERSION_OVERRIDE": "3.1"}),
    "GL ES 2.0": (hosts.OPENGL_ES, 0, {"MESA_GLES_VERSION_OVERRIDE": "2.0"}),
}


def begin(api: int, profile: int, wanted: str) -> str:
    """Make the host's context current; its version."""
    version = {hosts.OPENGL: (3, 3), hosts.OPENGL_ES: (2, 0)}[api] if profile else (2, 0)
    hosts.make_current(hosts.create(api, version, profile))
    found = host_gl.text(0x1F02)
    assert wanted.split()[-1 if "compat" not in wanted else 1] in found, found
    return found


def draws(name: str) -> None:
    api, profile, _ = VERSIONS[name]
    begin(api, profile, name)
    for disorder in (
        "scissor",
        "blend",
        "colour mask",
        "cull",
        "packing",
        "pack buffer",
        "samplers",
    ):
        DISORDERS[disorder].make()
    assert host_gl.errors() == []
    before = host_gl.state()
    assert host_gl.errors() == []
    with zcgpu.Context.from_current() as context:
        draw_everything(context)
        assert host_gl.state() == before
    assert host_gl.state() == before
    assert host_gl.errors() == []


def refuses(name: str) -> None:
    api, profile, _ = TOO_OLD[name]
    found = begin(api, profile, name)
    with pytest.raises(zcgpu.DisplayError, match=r"needs OpenGL 3\.3 or OpenGL ES 3\.0") as told:
        zcgpu.Context.from_current()
    assert found in str(told.value)
    assert host_gl.errors() == []
