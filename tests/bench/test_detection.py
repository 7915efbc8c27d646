"""The detection bench counts what it is given, and its rivals are asked fairly."""

from __future__ import annotations

import json

import pytest

from convproof.bench import Options, detection, measure, pick
from convproof.bench.detection import Detection, Judged, judge_one
from convproof.cli import main
from convproof.errors import SpecError
from property_tests import corpus


def judged(passed, kind="easy", checker="a", entry="e", seconds=1.0):
    return Judged(checker, entry, kind, 0, passed, seconds)


def test_a_survivor_lowers_the_rate_and_a_question_not_asked_does_too():
    answers = [judged(False), judged(True, entry="s"), judged(None, entry="n"), judged(False)]
    row = Detection(("a",), answers).row("a")
    assert (row["killed"], row["wrong"], row["expressible"]) == (2, 4, 3)
    assert row["kill_rate"] == 0.5
    assert row["survivors"] == ["n", "s"]


def test_false_alarms_are_counted_by_run():
    answers = [judged(value, "right") for value in (True, False, False, None)]
    row = Detection(("a",), answers).row("a")
    assert (row["false_alarms"], row["right_runs"], row["alarms"]) == (2, 3, ["e"])


def test_time_to_detection_is_the_median_of_kills_only():
    answers = [judged(False, seconds=s) for s in (1.0, 2.0, 9.0)] + [judged(True, seconds=50.0)]
    assert Detection(("a",), answers).row("a")["median_seconds_to_detection"] == 2.0


def test_a_checker_that_breaks_has_neither_killed_nor_passed():
    def breaks(entry, seed):
        raise RuntimeError("no")

    answer = judge_one("a", breaks, corpus.find("kernel-flipped"), 0)
    assert answer.passed is None
    assert answer.error == "RuntimeError: no"
    assert Detection(("a",), [answer]).row("a")["broken"] == ["kernel-flipped"]


def test_the_table_names_what_we_miss():
    table = Detection(("convproof",), [judged(True, checker="convproof", entry="thin")]).text()
    assert "convproof missed: thin" in table


def test_an_unknown_name_is_refused():
    with pytest.raises(SpecError, match="speeed"):
        measure("speeed", Options(), lambda outcome: None)
    with pytest.raises(SpecError, match="only"):
        detection.measure(Options(only=("nothing",)), lambda outcome: None)
    assert pick("against", [], ["a"]) == ()


def test_the_command_keeps_what_it_measured(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(detection, "own_judge", lambda entry, seed: entry.right)
    path = tmp_path / "figures.json"
    code = main(
        [
            "bench",
            "detection",
            "--against",
            "",
            "--only",
            "kernel-flipped",
            "--only",
            "right-loops",
            "--seeds",
            "2",
            "--json",
            str(path),
        ]
    )
    assert code == 0
    assert "1/1" in capsys.readouterr().out
    kept = json.loads(path.read_text())["detection"]
    assert kept["rows"][0]["killed"] == 1
    assert [answer["seed"] for answer in kept["answers"]] == [0, 0, 1]
    assert [file.name for file in tmp_path.iterdir()] == ["figures.json"]


def test_a_mistake_on_the_command_line_is_one_line(capsys):
    assert main(["bench", "detection", "--against", "nobody"]) == 2
    assert "nobody" in capsys.readouterr().err


def test_an_interrupted_run_keeps_what_is_finished(tmp_path, monkeypatch):
    seen = []

    def judge(entry, seed):
        seen.append(entry)
        if len(seen) > 1:
            raise KeyboardInterrupt
        return False

    monkeypatch.setattr(detection, "own_judge", judge)
    path = tmp_path / "figures.json"
    code = main(
        [
            "bench",
            "detection",
            "--against",
            "",
            "--only",
            "kernel-flipped",
            "--only",
            "rectified",
            "--json",
            str(path),
        ]
    )
    assert code == 130
    assert len(json.loads(path.read_text())["detection"]["answers"]) == 1


def test_our_own_checker_finds_an_easy_one():
    pytest.importorskip("hypothesis")
    verdict = detection.own_judge(corpus.find("kernel-flipped"), 0)
    assert (verdict.passed, verdict.law) == (False, "definition")
    answer = judge_one("convproof", detection.own_judge, corpus.find("kernel-flipped"), 0)
    assert (answer.passed, answer.right_line) == (False, True)


def test_a_line_that_says_something_else_is_not_right():
    entry = corpus.find("kernel-flipped")
    assert corpus.right_line(entry, "definition", "kernel flipped (look at: ...)")
    assert not corpus.right_line(entry, "definition", "no known mistake gives this")
    assert not corpus.right_line(entry, "definition", "")
    assert corpus.right_line(corpus.find("image-centred-in-place"), "inputs-unwritten", "")


def test_right_lines_and_unjudged_functions_are_counted():
    answers = [
        Judged("convproof", "a", "easy", 0, False, 1.0, right_line=True),
        Judged("convproof", "b", "easy", 0, False, 1.0, line="nothing", right_line=False),
        Judged("convproof", "c", "right", 0, True, 1.0, unjudged=("conv2d_backward",)),
    ]
    outcome = Detection(("convproof",), answers)
    row = outcome.row("convproof")
    assert (row["right_lines"], row["lines"]) == (1, 2)
    assert row["unjudged"] == ["c: conv2d_backward"]
    assert "right first lines: 1/2 (50.0%)" in outcome.text()
    assert "  b: nothing" in outcome.text()


def test_a_sample_says_so():
    answers = [judged(True, checker="convproof", entry="thin")]
    whole = Detection(("convproof",), answers, (0, 1) if answers[0].kind == "right" else (1, 0))
    assert whole.sample == "" == whole.plain()["sample"]
    part = Detection(("convproof",), answers, (40, 9))
    assert "of the corpus's 40 wrong entries" in part.text()
    assert part.sample in part.text()
    assert part.plain()["corpus"] == {"wrong": 40, "right": 9}
