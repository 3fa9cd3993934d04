"""What the tests in the machine find made: `python -m vm.prepared` makes it, on the host.

There it takes a second; in the machine ffmpeg alone takes several to start. Films lie with what
ffmpeg decodes of them.
"""

import shutil
import subprocess
from pathlib import Path

from crash import films
from va import zcsw
from video import backends, media
from video.recipes import moving

FRAMES = 60
_HERE = Path(__file__).parent
_PLACE = _HERE.parents[1] / "build" / "vm"
REFUSING_EGL = _PLACE / "refusing_egl.so"
"""refusing_egl.c, for ZCGPU_LIBEGL."""
# What the driver can decode: no frame that is not shown.
_VP9 = "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 20 -auto-alt-ref 0 -lag-in-frames 0"
_RECIPES = {
    "nv12": f"{moving(frames=FRAMES)} {_VP9}",
    "nv12_odd": f"{moving('61x45', frames=FRAMES)} {_VP9}",
    "p010": f"{moving(frames=FRAMES, pixels='yuv420p10le')} {_VP9}",
}
"""By the surfaces that they are decoded into."""


def film(name: str) -> Path:
    """The path of one: 60 frames, none like another."""
    return _PLACE / f"{name}.webm"


def checksums(name: str) -> list[str]:
    """The MD5 of each frame's planes, luma and pairs of chroma, without padding."""
    return _checksums(name).read_text().split()


def _checksums(name: str) -> Path:
    return _PLACE / f"{name}.md5"


def _make(name: str) -> None:
    made = media.made(f"{name}.webm", _RECIPES[name])
    shutil.copyfile(made, film(name))
    pixels = "p010le" if name == "p010" else "nv12"
    decode = [*media.decoding(made, "v:0"), "-pix_fmt", pixels, "-f", "framemd5"]
    lines = media.kept(f"{name}.framemd5", decode).read_text().splitlines()
    sums = [line.rsplit(",", 1)[1].strip() for line in lines if not line.startswith("#")]
    assert len(set(sums)) == FRAMES
    _checksums(name).write_text("\n".join(sums))


def _compile() -> None:
    flags = ("-std=gnu17", "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror")
    source = _HERE / "refusing_egl.c"
    # All else of EGL is found in the library that it links to.
    libraries = ("-Wl,--no-as-needed", "-lEGL")
    subprocess.run(["cc", *flags, str(source), "-o", str(REFUSING_EGL), *libraries], check=True)


if __name__ == "__main__":
    zcsw.build()
    backends.prepare()
    _PLACE.mkdir(parents=True, exist_ok=True)
    _compile()
    for name in _RECIPES:
        _make(name)
    shutil.copyfile(films.steps("webm"), film("steps"))
