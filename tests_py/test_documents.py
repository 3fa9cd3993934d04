"""What the documents name is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def named_files(line: str) -> list[Path]:
    """The test files that a line names; a bare name lies beside the one before it."""
    folder = ROOT
    files = []
    for path in re.findall(r"[\w/]+\.(?:py|swift)\b", line):
        if "/" in path:
            folder = (ROOT / path).parent
        files.append(folder / Path(path).name)
    return files


def test_the_tests_that_hold_the_invariants_exist() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    table = text.partition("## Invariants")[2].partition("## Locks")[0]
    files = [file for line in table.splitlines() for file in named_files(line)]
    assert len(files) > 15
    assert [file for file in files if not file.is_file()] == []


def test_links_of_the_readme_lead_somewhere() -> None:
    text = (ROOT / "README.md").read_text()
    links = re.findall(r"\]\(([^)#]+)\)", text)
    assert len(links) > 5
    ours = [link for link in links if "://" not in link]
    assert [link for link in ours if not (ROOT / link).exists()] == []
