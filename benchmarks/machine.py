"""What the numbers were measured on."""

import os
import platform
import resource
from datetime import UTC, datetime
from pathlib import Path


def describe() -> dict[str, str]:
    """Processor, system and Python."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "system": f"{_system()}, Linux {platform.release()}",
        "python": platform.python_version(),
    }


class Occupancy:
    """How much of the processors others took while a run went on."""

    def __init__(self) -> None:
        self._before = self._now()

    def others(self) -> float:
        """Their share, from 0 to 1. Children of ours count as ours once they have ended."""
        total, busy, own = (now - then for now, then in zip(self._now(), self._before, strict=True))
        return max(0.0, busy - own) / total if total else 0.0

    @staticmethod
    def _now() -> tuple[float, float, float]:
        """Seconds of all processors together: all there are, busy ones, our own."""
        fields = Path("/proc/stat").read_text("utf-8").splitlines()[0].split()[1:9]
        ticks = [int(field) / os.sysconf("SC_CLK_TCK") for field in fields]
        used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        idle = ticks[3] + ticks[4]
        return sum(ticks), sum(ticks) - idle, sum(x.ru_utime + x.ru_stime for x in used)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.system()
