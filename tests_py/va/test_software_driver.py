"""The driver itself, under FFmpeg's own program: what is tested with it is worth as much as it."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.xvfb import display

from va import zcsw

STREAMS = {
    "nv12": ("64x48", "yuv420p"),
    "p010le": ("65x49", "yuv420p10le"),
}
FRAMES = 12


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with display() as name:
        assert name, "there is no Xvfb: scripts/setup installs it"
        yield name


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("streams")
    for surface, (size, pixels) in STREAMS.items():
        ffmpeg(
            *("-f", "lavfi", "-i", f"testsrc2=size={size}:rate=25", "-frames:v", str(FRAMES)),
            *("-vf", "noise=alls=40:allf=t", "-crf", "10", "-b:v", "0"),
            *(
                "-c:v",
                "libvpx-vp9",
                "-deadline",
                "realtime",
                "-auto-alt-ref",
                "0",
                "-lag-in-frames",
                "0",
            ),
            *("-pix_fmt", pixels, str(folder / f"{surface}.webm")),
        )
    return folder


def ffmpeg(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def checksums(
    file: Path, surface: str, server: str | None = None, **faults: int
) -> tuple[list[str], str]:
    """Each frame's checksum, decoded on the CPU or by the driver; and what went wrong."""
    device = ("-hwaccel", "vaapi", "-hwaccel_device", server, "-hwaccel_output_format", "vaapi")
    done = ffmpeg(
        *(device if server else ()),
        *("-i", str(file), "-vf"),
        f"hwdownload,format={surface}" if server else f"format={surface}",
        *("-f", "framemd5", "-"),
        **zcsw.environment(**faults),
    )
    lines = [line for line in done.stdout.splitlines() if not line.startswith("#")]
    return [line.rsplit(",", 1)[1].strip() for line in lines], done.stderr


@pytest.mark.parametrize("fault", [{}, {"late": 1}, {"no_derive": 1}], ids=str)
@pytest.mark.parametrize("surface", STREAMS)
def test_each_picture_is_the_one_that_libavcodec_gives(
    folder: Path, server: str, surface: str, fault: dict[str, int]
) -> None:
    file = folder / f"{surface}.webm"
    decoded = checksums(file, surface, server, **fault)
    assert decoded == checksums(file, surface)
    assert len(set(decoded[0])) == FRAMES


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ({"no_init": 1}, "init failed"),
        ({"no_sync": 1}, "Failed to sync surface"),
        ({"decode_errors": 5}, "internal decoding error"),
        ({"surfaces": 3}, "resource allocation failed"),
    ],
    ids=str,
)
def test_a_fault_is_seen(folder: Path, server: str, fault: dict[str, int], says: str) -> None:
    frames, wrong = checksums(folder / "nv12.webm", "nv12", server, **fault)
    assert says in wrong
    assert len(frames) < FRAMES
