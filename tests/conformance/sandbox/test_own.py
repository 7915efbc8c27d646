"""Somebody's own code is told from a library's."""

from __future__ import annotations

from convproof.conformance.sandbox.own import is_own


def test_files_are_own_and_what_is_installed_is_not(tmp_path, monkeypatch):
    path = tmp_path / "mine_alone.py"
    path.write_text("def conv2d(x, w): ...\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert is_own(str(path))
    assert is_own("mine_alone:conv2d")
    assert not is_own("numpy:add")
    assert not is_own("torch")
    assert not is_own(str(tmp_path / "absent.py"))
