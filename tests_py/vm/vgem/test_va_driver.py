"""The tests' VA driver decodes into vgem's memory: ffmpeg's own program says what."""

import os
import subprocess

import pytest
from va import zcsw
from vm.cards import node_of
from vm.prepared import checksums, film


@pytest.mark.parametrize(("name", "pixels"), [("nv12", "nv12"), ("p010", "p010le")])
def test_what_it_decodes_into_shared_memory_is_right(name: str, pixels: str) -> None:
    device = str(node_of("vgem", "renderD"))
    done = subprocess.run(
        [
            *("ffmpeg", "-nostdin", "-v", "error"),
            *("-hwaccel", "vaapi", "-hwaccel_device", device, "-hwaccel_output_format", "vaapi"),
            *("-i", str(film(name)), "-vf", f"hwdownload,format={pixels}", "-f", "framemd5", "-"),
        ],
        env={**os.environ, **zcsw.environment(drm=str(node_of("vgem")))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line for line in done.stdout.splitlines() if not line.startswith("#")]
    assert [line.rsplit(",", 1)[1].strip() for line in lines] == checksums(name)
