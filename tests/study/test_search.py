"""The search for the number of samples at which half is learned."""

from __future__ import annotations

from tests.study.shuffled import Shuffled, outcome


def test_the_grid_brackets_one_half(tmp_path):
    _, table = outcome(tmp_path / "0", Shuffled(0))
    for sizes, successes in table:
        share = successes.mean(axis=1)
        assert share[0] < 0.5 <= share[-1]
        assert sizes == sorted(set(sizes))
