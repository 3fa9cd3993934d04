"""Writes what fuzzing begins with: `python corpus.py FOLDER` fills FOLDER/seeds and FOLDER/words.

Seeds are the example shaders, the crashers, and the texts in tests: shaders as they stand, the rest
as a driver's log. Words are those of the tables that the engine itself reads.
"""

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PART = b"\x1f"
TABLES = ("GLSLWords", "BuiltInFunction", "SizeFunction+Words", "HeaderNames", "ForeignNames")


def shaders() -> Iterator[bytes]:
    """Give the examples, with their vertex shaders."""
    for path in sorted((ROOT / "examples" / "shaders").glob("*.fs")):
        vertex = path.with_suffix(".vs")
        yield path.read_bytes() + (PART + vertex.read_bytes() if vertex.exists() else b"")


def tested() -> Iterator[bytes]:
    """Give the long texts in tests."""
    gradient = (ROOT / "examples" / "shaders" / "gradient.fs").read_bytes()
    files = [*(ROOT / "tests_py").rglob("*.py"), *(ROOT / "Tests" / "ZCISFTests").glob("*.swift")]
    for path in sorted(files):
        for text in re.findall(r'"""(.*?)"""', path.read_text("utf-8"), re.DOTALL):
            if "/*{" in text or "mainImage" in text:
                yield text.strip().encode()
            elif "rror" in text:
                yield gradient + PART + PART + text.strip().encode()


def words() -> set[str]:
    """Give what the fuzzer puts in at a stroke."""
    found: set[str] = {"/*{", "}*/", "#define ", "#ifdef GL_ES\\x0a", "\\\\\\x0a", "\\x1f"}
    for table in TABLES:
        text = (ROOT / "Sources" / "ZCISF" / f"{table}.swift").read_text("utf-8")
        found.update(re.findall(r"[A-Za-z_]\w{1,30}", text))
    sources = ROOT / "Sources" / "ZCISF"
    for path in (*sources.glob("*+Header.swift"), *sources.glob("Shadertoy/*.swift")):
        found.update(re.findall(r'"(\w+)"', path.read_text("utf-8")))
    return found


def main(folder: Path) -> None:
    """Write both."""
    seeds = folder / "seeds"
    seeds.mkdir(parents=True, exist_ok=True)
    crashers = [path.read_bytes() for path in (ROOT / "Tests" / "crashers").iterdir()]
    for seed in (*shaders(), *tested(), *crashers):
        (seeds / hashlib.sha1(seed, usedforsecurity=False).hexdigest()).write_bytes(seed)
    lines = [f'"{word}"\n' for word in sorted(words())]
    (folder / "words").write_text("".join(lines), "utf-8")


main(Path(sys.argv[1]))
