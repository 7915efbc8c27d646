"""`convproof check all-installed`: rows of what is here; those of what is absent stay."""

from __future__ import annotations

import json

import pytest

from convproof.cli import build_parser, main
from convproof.commands.installed import _NO_OPTIONS, _TAKEN
from convproof.conformance import survey as module

PAIRS = {"held": 3, "broken": 0, "follows": 0, "not run": 0}
ROW = {"versions": {"p": "1"}, "ok": True, "calls": 9, "ops": ["conv1d"], "pairs": PAIRS}


@pytest.fixture
def judged(monkeypatch):
    rows = {}

    def survey(names, **options):
        for name in names:
            yield {"library": name, "broken": [], **ROW, **rows.get(name, {})}

    monkeypatch.setattr(module, "survey", survey)
    monkeypatch.setattr(module, "absent", lambda: {"mlx": "pip install it"})
    return rows


def test_each_is_judged_and_what_is_absent_is_said(judged, capsys):
    assert main(["check", "all-installed"]) == 0
    out = capsys.readouterr().out
    assert "scipy (p 1): 3 (law, op) pairs held, 0 broken; 9 calls of 1 ops" in out
    assert "mlx: absent: pip install it" in out
    assert "mxnet: no target: 1.9.1, its last release, does not import" in out
    assert "1 absent" in out.splitlines()[-1]


def test_one_that_breaks_a_law_or_does_not_load_ends_it_in_failure(judged, capsys):
    judged["torch"] = {"ok": False}
    assert main(["check", "all-installed"]) == 1
    judged.clear()
    judged["jax"] = {"error": "it does not load", "ok": False}
    assert main(["check", "all-installed"]) == 1
    assert "jax (p 1): not judged: it does not load" in capsys.readouterr().out


def test_rows_of_what_is_absent_stay_in_the_file(judged, tmp_path):
    file = tmp_path / "libraries.json"
    file.write_text(json.dumps({"rows": [{"library": "mlx", "calls": 5}, {"library": "scipy"}]}))
    assert main(["check", "all-installed", "--json", str(file)]) == 0
    rows = {row["library"]: row for row in json.loads(file.read_text())["rows"]}
    assert rows["mlx"] == {"library": "mlx", "calls": 5}
    assert rows["scipy"]["calls"] == 9
    assert rows["scipy"]["convproof"]
    assert "python" in rows["scipy"]["made"]


def test_a_file_of_something_else_is_refused(judged, tmp_path, capsys):
    file = tmp_path / "other.json"
    file.write_text("{}")
    assert main(["check", "all-installed", "--json", str(file)]) == 2
    assert "a new file" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--op=conv1d", "--strict", "--fail-fast", "--allow=groups"])
def test_options_that_are_of_one_target_are_refused(judged, option, capsys):
    assert main(["check", "all-installed", option]) == 2
    err = capsys.readouterr().err
    assert option.partition("=")[0] in err
    assert "--max-seconds" in err


def test_no_option_is_taken_for_something_else():
    """Every name beside the options is one that a check of one target has, too."""
    args = vars(build_parser().parse_args(["check", "all-installed"]))
    assert {*_TAKEN, *_NO_OPTIONS} <= set(args)
