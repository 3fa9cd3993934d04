"""What is kept of a run, and when it is not to be used."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from zcgpu.gallery import cache as module
from zcgpu.gallery.cache import Cache, digest, key_of, write

DONE: dict[str, Any] = {"failure": None, "kind": "filter"}
LATE: dict[str, Any] = {"failure": "time"}


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(str(tmp_path / "cache"))


def test_what_is_kept_is_found(cache: Cache) -> None:
    cache.keep("a", DONE, 5.0, {})
    assert cache.find("a", 5.0) == DONE
    assert cache.find("a", 500.0) == DONE
    assert cache.find("b", 5.0) is None


def test_who_was_too_slow_is_asked_again_when_there_is_more_time(cache: Cache) -> None:
    cache.keep("a", LATE, 5.0, {})
    assert cache.find("a", 5.0) == LATE
    assert cache.find("a", 4.0) == LATE
    assert cache.find("a", 6.0) is None


def test_what_depends_on_other_files_goes_with_them(cache: Cache, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    cache.keep("a", DONE, 5.0, {str(picture): digest(str(picture))})
    assert cache.find("a", 5.0) == DONE
    picture.write_text("now it is there")
    assert cache.find("a", 5.0) is None
    cache.keep("a", DONE, 5.0, {str(picture): digest(str(picture))})
    assert cache.find("a", 5.0) == DONE
    picture.write_text("and now it is another")
    assert cache.find("a", 5.0) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"report": 3}', '{"report": {}}', "\xff"])
def test_entries_that_are_damaged_are_not_there(cache: Cache, text: str) -> None:
    cache.keep("a", DONE, 5.0, {})
    Path(cache.folder, "a.json").write_text(text, "latin-1")
    assert cache.find("a", 5.0) is None


def test_a_key_changes_with_all_that_a_picture_depends_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one.fs"
    keys = []

    def note(**options: Any) -> None:
        keys.append(key_of(str(path), options))

    path.write_text("one")
    note()
    note(size=(1, 2))
    path.write_text("two")
    note()
    path.with_suffix(".vs").write_text("three")
    note()
    monkeypatch.setenv("ZCGPU_LIBEGL", "another")
    note()
    monkeypatch.setattr(module, "__version__", "another")
    note()
    monkeypatch.setattr(module, "_build", lambda: [0, 0])
    note()
    assert len(set(keys)) == 7
    note()
    assert keys[-1] == keys[-2]


def test_looking_at_a_file_neither_waits_nor_takes_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(1001)
    assert digest(str(tmp_path / "pipe")) is None
    assert digest(str(tmp_path)) is None
    assert digest("a\0b") is None
    assert digest("/proc/self/mem") == "empty"  # which ends nowhere
    assert len(str(digest(str(large)))) == 64
    monkeypatch.setattr(module, "LARGEST", 1000)
    assert str(digest(str(large))).startswith("1001 bytes since ")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    write(str(path), "before")
    with pytest.raises(UnicodeEncodeError):
        write(str(path), "half a pair: \ud800")
    assert path.read_text() == "before"
    assert os.listdir(tmp_path) == ["page.html"]
    with pytest.raises(OSError, match="nowhere"):
        write(str(tmp_path / "nowhere" / "page.html"), "after")


def test_entries_are_json(cache: Cache) -> None:
    cache.keep("a", DONE, 5.0, {})
    (name,) = os.listdir(cache.folder)
    assert json.loads(Path(cache.folder, name).read_text())["report"] == DONE
