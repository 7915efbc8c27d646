"""Studies by their names, and a file of the user's own."""

from __future__ import annotations

import pytest

from convproof.errors import SpecError
from convproof.study import STUDIES, study
from convproof.study.engine import Options


def test_every_study_is_named():
    for name in STUDIES:
        assert study(name, Options(quick=True)).settings["study"] == name
    with pytest.raises(SpecError, match="did you mean 'separation'"):
        study("separations", Options())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("def other(): pass", "function that mine.py has"),
        ("1 / 0", "ZeroDivisionError"),
        (None, "a Python file that exists"),
    ],
)
def test_mistakes_in_a_users_file_are_named(tmp_path, text, message):
    path = tmp_path / "mine.py"
    if text is not None:
        path.write_text(text)
    with pytest.raises(SpecError, match=message):
        study("separation", Options(learner=f"{path}:fit"))
    with pytest.raises(SpecError, match=r"path/to/file\.py:function"):
        study("separation", Options(learner="nobody"))
