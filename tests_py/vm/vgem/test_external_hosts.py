"""External textures in a host's context, where a host may have its own."""

from children import QUIET, output_of
from vm.prepared import REFUSING_EGL

PROGRAM = f"""{QUIET}
import json
import host_gl, hosts, zcgpu
from host_gl import call, new
from vm.dumb import memory

EXTERNAL, BOUND = 0x8D65, 0x8D67  # of GL_OES_EGL_image_external
with hosts.context(hosts.OPENGL_ES, (3, 0)), memory(64 * 4, 48) as it:
    own = [new("Textures") for unit in range(4)]
    for unit, name in enumerate(own):
        call("glActiveTexture", 0x84C0 + unit)
        call("glBindTexture", EXTERNAL, name)
    with zcgpu.Context.from_current() as context:
        planes = [(it.fd, 0, it.pitch)]
        context.import_dmabuf(planes, width=64, height=48, fourcc="AB24", modifier=0).close()
        by = context.info["imports"][0]["by"]
    active = host_gl.integers(0x84E0)[0] - 0x84C0
    bound = []
    for unit in range(4):
        call("glActiveTexture", 0x84C0 + unit)
        bound.append(host_gl.integers(BOUND)[0])
    print(json.dumps([by, active, bound == own, host_gl.errors()]))
"""


def test_the_hosts_are_bound_again() -> None:
    told = output_of(
        PROGRAM,
        environment={
            "ZCGPU_LIBEGL": str(REFUSING_EGL),
            "REFUSE": "textures",
            "PYTHONPATH": "tests_py",
            "EGL_LOG_LEVEL": "fatal",
        },
    )
    assert told == '["composed", 3, true, []]\n'
