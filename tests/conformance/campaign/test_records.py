"""The folder of finished parts is there for them, and goes with the last."""

from __future__ import annotations

import pytest

from convproof.conformance.campaign.records import Records


@pytest.mark.parametrize(
    ("before", "left"), [("", []), ("a", ["a"]), ("a/b/c", ["a", "a/b", "a/b/c"])]
)
def test_folders_that_were_made_for_nothing_are_taken_away(tmp_path, before, left):
    (tmp_path / before).mkdir(parents=True, exist_ok=True)
    records = Records(tmp_path / "a/b/c")
    assert (tmp_path / "a/b/c").is_dir()
    records.close()
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")) == left


def test_a_folder_that_holds_something_stays(tmp_path):
    records = Records(tmp_path / "a/b")
    (tmp_path / "a/b/some.part.json").touch()
    records.close()
    assert (tmp_path / "a/b/some.part.json").exists()
