"""Which features carry the separation."""

from __future__ import annotations

from convproof.study import features, study
from convproof.study.engine import Options
from tests.study.options import all_of


def test_features_and_a_cheat_among_them(monkeypatch):
    monkeypatch.setitem(features.LEARNERS, "two-layers-gd", (features.ridge, True))  # it is slow
    report = all_of(study("features", Options(quick=True)))
    assert report.ok
    rows = {(r["learner"], r["n"]): r["loss"] for r in report.data["rows"]}
    assert rows["spindly", 8] < 0.2 < 0.5  # 1 - n/d = 1/2 does not bind it
    cheats = {"spindly": (features.spindly, True)}
    monkeypatch.setattr(features, "LEARNERS", cheats)
    assert not all_of(study("features", Options(quick=True))).ok
