"""`convproof grade`: every file of a folder gets a line and a page, whatever it does."""

from __future__ import annotations

from convproof.cli import main
from tests.conformance.planted import RIGHT


def test_a_course(tmp_path, capsys) -> None:
    folder = tmp_path / "homework"
    folder.mkdir()
    (folder / "ada.py").write_text(RIGHT)
    wrong = "def conv2d(x, w):\n    return right(x, w[:, :, ::-1, ::-1])\n"
    (folder / "bob.py").write_text(RIGHT.replace("def conv2d", "def right", 1) + wrong)
    (folder / "eve<script>.py").write_text("def conv2d(x, w):\n    raise ImportError('<b>')\n")
    (folder / "syntax.py").write_text("def conv2d(x w)")
    out = tmp_path / "marks"
    argv = ["grade", str(folder), "-o", str(out), "--op", "conv2d", "--examples", "20"]
    assert main(argv) == 1
    assert "of 4 files hold every law" in capsys.readouterr().out
    index = (out / "index.html").read_text()
    assert "<script" not in index
    assert "kernel flipped" in index
    assert "not judged" in index
    assert (out / "bob.html").read_text().count("kernel flipped") >= 1
    assert {path.stem for path in out.iterdir()} == {"index", "ada", "bob", "eve<script>", "syntax"}


def test_a_folder_without_files_is_one_line(tmp_path, capsys) -> None:
    assert main(["grade", str(tmp_path)]) == 2
    assert "a directory with Python files in it" in capsys.readouterr().err
    assert main(["grade", str(tmp_path / "none")]) == 2
