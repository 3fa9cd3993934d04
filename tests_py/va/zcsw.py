"""The driver in `driver/`: built when it is older than its sources, and how libva finds it.

`python tests_py/va/zcsw.py` builds it and prints its folder.
"""

import fcntl
import os
import subprocess
from pathlib import Path

SOURCES = Path(__file__).parent / "driver"
FOLDER = Path(__file__).parents[2] / "build" / "va"
DRIVER = FOLDER / "zcsw_drv_video.so"


def build() -> Path:
    """Build the driver where it is not up to date; gives its folder."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:  # several processes may test at once
        fcntl.flock(lock, fcntl.LOCK_EX)
        newest = max(path.stat().st_mtime for path in SOURCES.iterdir())
        if not DRIVER.exists() or DRIVER.stat().st_mtime < newest:
            _compile()
    return FOLDER


def _compile() -> None:
    half = DRIVER.with_suffix(".half")
    command = [
        *("cc", "-std=gnu17", "-shared", "-fPIC", "-O2", "-g", "-fvisibility=hidden"),
        *("-Wall", "-Wextra", "-Werror", "-isystem", "/usr/include/libdrm"),
        *map(str, sorted(SOURCES.glob("*.c"))),
        *("-o", str(half), "-lavcodec", "-lavutil", "-lpthread"),
    ]
    # A sanitizer that this process was started with is not the compiler's.
    subprocess.run(command, check=True, env={**os.environ, "LD_PRELOAD": ""})
    half.replace(DRIVER)


def environment(**faults: str | int) -> dict[str, str]:
    """What a process needs to decode by the driver; faults are named as in driver/faults.h.

    `environment(no_export=1, drm="/dev/dri/renderD128")`: without `drm`, surfaces are in memory of
    the process, and exports are no DMA-BUFs.
    """
    return {
        "LIBVA_DRIVERS_PATH": str(build()),
        "LIBVA_DRIVER_NAME": "zcsw",
        **{f"ZCSW_{name.upper()}": str(value) for name, value in faults.items()},
    }


if __name__ == "__main__":
    print(build())
