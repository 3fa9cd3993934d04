"""What reading and translating a shader's text costs: ``python -m benchmarks.translate``.

No driver is asked. Processor time, the least of several rounds, through `zcgpu.translate`, whose
JSON and Python strings count too. The text is our own examples, one behind the other.
"""

import time
from pathlib import Path

import zcgpu

EXAMPLES = Path(__file__).parent.parent / "examples"
SIZES = (8_000, 80_000, 800_000, 5_000_000)
ROUNDS = 5


def text(size: int) -> str:
    """An ISF file of about that many bytes."""
    bodies = [path.read_text().partition("*/")[2] for path in sorted(EXAMPLES.rglob("*.fs"))]
    code = "".join(body for body in bodies if "#define" not in body)
    return "/*{}*/" + (code * (size // len(code) + 1))[:size]


def seconds(source: str, dialect: str) -> float:
    """The least processor time that one translation takes."""
    least = float("inf")
    for _ in range(ROUNDS):
        count = max(1, 400_000 // len(source))
        start = time.process_time()
        for _ in range(count):
            zcgpu.translate(source, dialect=dialect)
        least = min(least, (time.process_time() - start) / count)
    return least


def main() -> None:
    """Print a table."""
    print("| dialect | bytes | ms | MB/s |\n| --- | --- | --- | --- |")
    for dialect in ("gl", "es"):
        for size in SIZES:
            source = text(size)
            spent = seconds(source, dialect)
            print(
                f"| {dialect} | {len(source):,} | {spent * 1e3:.2f} |"
                f" {len(source) / 1e6 / spent:.1f} |"
            )


if __name__ == "__main__":
    main()
