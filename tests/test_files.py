"""Files are written whole or not at all."""

from __future__ import annotations

import os

import pytest

from convproof.errors import SpecError
from convproof.files import check_writable, write, write_tree


def test_write_replaces_and_leaves_nothing_beside(tmp_path):
    path = tmp_path / "a.md"
    write(path, "one\n")
    write(path, "two\n")
    assert path.read_bytes() == b"two\n"
    assert os.listdir(tmp_path) == ["a.md"]


def test_a_failure_leaves_the_old_file_and_nothing_beside(tmp_path, monkeypatch):
    path = tmp_path / "a.md"
    write(path, "old\n")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write(path, "new\n")
    assert path.read_text() == "old\n"
    assert os.listdir(tmp_path) == ["a.md"]


def test_a_tree_makes_its_folders(tmp_path):
    write_tree(tmp_path / "deep" / "r", {"a.md": "a\n", "sub/b.md": "b\n"})
    assert (tmp_path / "deep" / "r" / "sub" / "b.md").read_text() == "b\n"


def test_mistakes_are_named_before_anything_is_written(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(SpecError, match="--output"):
        write_tree(tmp_path / "file", {"a.md": "a"})
    with pytest.raises(SpecError, match="--output"):
        write_tree(tmp_path, {"a.md": "a", "file/b.md": "b"})
    assert os.listdir(tmp_path) == ["file"]
    with pytest.raises(SpecError, match="directory that exists"):
        check_writable("--output", tmp_path / "none" / "a")
    with pytest.raises(SpecError, match="directory that exists"):
        check_writable("--output", tmp_path)
