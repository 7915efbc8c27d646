"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from convproof import files
from convproof.errors import SpecError
from convproof.files import check_folder, check_writable, write, write_tree


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


def test_a_link_is_followed_and_stays_a_link(tmp_path):
    (tmp_path / "deep").mkdir()
    real, link, dangling = tmp_path / "deep" / "a.py", tmp_path / "b.py", tmp_path / "c.py"
    write(real, "old\n")
    link.symlink_to(real)
    dangling.symlink_to("deep/new.py")
    for path, kept in ((link, real), (dangling, tmp_path / "deep" / "new.py")):
        check_writable("--output", path)
        write(path, "new\n")
        assert path.is_symlink()
        assert kept.read_text() == "new\n"
    assert sorted(os.listdir(tmp_path / "deep")) == ["a.py", "new.py"]
    (tmp_path / "astray").symlink_to("none/a.py")
    with pytest.raises(SpecError, match="directory that exists"):
        check_writable("--output", tmp_path / "astray")


@pytest.mark.parametrize("through_link", [False, True])
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path, through_link):
    pipe = path = tmp_path / "pipe"
    os.mkfifo(pipe)
    if through_link:
        path = tmp_path / "link"
        path.symlink_to(pipe)
    found = []
    reader = threading.Thread(target=lambda: found.append(pipe.read_text()))
    reader.start()
    check_writable("--output", path)
    write(path, "text\n")
    reader.join(10)
    assert found == ["text\n"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert path.is_symlink() is through_link


def test_a_device_is_written_to_and_stays_a_device(tmp_path):
    master, slave = os.openpty()
    try:
        path = tmp_path / "terminal"
        path.symlink_to(os.ttyname(slave))
        check_writable("--output", path)
        write(path, "text\n")
        assert os.read(master, 100).split() == [b"text"]
        assert stat.S_ISCHR(path.stat().st_mode)
        assert path.is_symlink()
    finally:
        os.close(master)
        os.close(slave)


def test_an_open_file_without_a_name_is_written_to(tmp_path):
    with (tmp_path / "gone").open("w+") as file:
        (tmp_path / "gone").unlink()
        path = tmp_path / "link"
        path.symlink_to(f"/proc/self/fd/{file.fileno()}")
        if not path.exists():
            pytest.skip("no /proc here")
        write(path, "text\n")
        assert file.read() == "text\n"
    assert os.listdir(tmp_path) == ["link"]


def test_a_new_text_keeps_the_files_rights(tmp_path):
    path = tmp_path / "a.py"
    write(path, "old\n")
    path.chmod(0o640)
    write(path, "new\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_failure_names_the_file_that_was_asked_for(tmp_path, monkeypatch):
    path = tmp_path / "a.py"

    def fail(part, _):
        raise PermissionError(1, "not permitted", str(part))

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(PermissionError) as caught:
        write(path, "new\n")
    assert caught.value.filename == str(path)
    assert "part" not in str(caught.value)
    assert os.listdir(tmp_path) == []
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotADirectoryError) as caught:
        write(tmp_path / "file" / "a.py", "new\n")
    assert caught.value.filename == str(tmp_path / "file" / "a.py")


def test_a_directory_that_takes_no_files_is_found_out_before_the_work(tmp_path, monkeypatch):
    def fail(**_):
        raise FileNotFoundError(2, "no such file")

    monkeypatch.setattr("tempfile.TemporaryFile", fail)
    with pytest.raises(SpecError, match=r"--output='.*a\.py': allowed is a file that may be"):
        check_writable("--output", tmp_path / "a.py")


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


def test_a_pipe_that_nobody_reads_is_not_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr("convproof.files.READER", 0.1)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="No such device"):
        write(tmp_path / "pipe", "text")


def test_a_folder_that_cannot_be_written_is_found_out_before_the_work(tmp_path):
    assert check_folder("--output", tmp_path / "new" / "deep") == tmp_path / "new" / "deep"
    assert not (tmp_path / "new").exists()
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(SpecError, match="a directory, or a path where one can be made"):
            check_folder("--output", path)
    with pytest.raises(SpecError, match="takes no new folder"):
        check_folder("--output", Path("/proc/reports"))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_source_that_is_written_to_meanwhile_has_another_stamp(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "__file__", str(tmp_path / "files.py"))
    source = tmp_path / "laws" / "law.py"
    source.parent.mkdir()
    source.write_text("right = True\n")
    before = files.package_stamp()
    assert set(before) == {"laws/law.py"}
    assert files.package_stamp() == before
    source.write_text("right = False\n")
    assert files.package_stamp() != before


def test_a_full_disk_is_told_of_the_folder_that_was_asked_for(tmp_path, monkeypatch):
    def full(path, content):
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr("convproof.files.write", full)
    with pytest.raises(OSError, match="No space left") as found:
        write_tree(tmp_path / "pages", {"a.md": "a"})
    assert found.value.filename == str(tmp_path / "pages")
    assert list(tmp_path.iterdir()) == []
