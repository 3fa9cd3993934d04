"""Which files are a library's shaders."""

import os
from pathlib import Path

from zcgpu.gallery.library import Library, shown


def test_shaders_are_found_once_and_in_order(tmp_path: Path) -> None:
    names = ["b.fs", "A.fs", "a/z.FS", "a/y.isf", "c.vs", "d.txt", ".hidden.fs", "B/x.fs"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    library = Library([str(tmp_path), str(tmp_path / "a"), str(tmp_path / "c.vs")])
    found = [os.path.relpath(path, tmp_path) for path in library.paths]
    assert found == ["a/y.isf", "a/z.FS", "A.fs", "B/x.fs", "b.fs", "c.vs"]
    assert library.unread == []


def test_folders_that_lead_back_end(tmp_path: Path) -> None:
    (tmp_path / "one.fs").touch()
    (tmp_path / "round").symlink_to(tmp_path)
    assert Library([str(tmp_path)]).paths == [str(tmp_path / "one.fs")]


def test_names_are_shown_as_text() -> None:
    assert shown(os.fsdecode(b"a \xff.fs")) == "a \\xff.fs"
    assert shown("a é.fs") == "a é.fs"


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.fs").touch()
    folder = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):  # beyond the longest path that the system takes
        os.mkdir("d" * 250, dir_fd=folder)
        inner = os.open("d" * 250, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)
    library = Library([str(tmp_path)])
    assert library.paths == [str(tmp_path / "one.fs")]
    assert len(library.unread) == 1
    assert library.unread[0].endswith(": cannot look into it (File name too long)")
