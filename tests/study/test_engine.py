"""The engine and its workers: the same table from any order, any number of processes, a cluster."""

from __future__ import annotations

import pytest

from tests.study.shuffled import Shuffled, outcome


def test_the_order_of_finishing_does_not_matter(tmp_path):
    first, table = outcome(tmp_path / "0", Shuffled(0))
    for seed in (1, 2):
        again, same = outcome(tmp_path / str(seed), Shuffled(seed))
        assert again == first
        assert str(same) == str(table)


def test_a_broken_off_study_goes_on_to_the_same_table(tmp_path):
    class Tired(Shuffled):
        left = 20

        def finished(self):
            for cell, result in super().finished():
                self.left -= 1
                if self.left < 0:
                    raise KeyboardInterrupt
                yield cell, result

    whole, table = outcome(tmp_path / "whole", Shuffled(0))
    for resume in (False, True, True):
        with pytest.raises(KeyboardInterrupt):
            outcome(tmp_path / "part", Tired(resume), resume=resume)
    found, same = outcome(tmp_path / "part", Shuffled(5), resume=True)
    assert found == whole
    assert str(same) == str(table)
