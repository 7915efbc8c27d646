"""`convproof prove`: exit codes, the table, the JSON file, mistakes in one line."""

import json

import pytest

from convproof.chapter import Claim, contents
from convproof.cli import main
from convproof.evidence import Evidence, Grade
from convproof.prove.tools import Tools


def test_one_claim(capsys) -> None:
    assert main(["prove", "--claim", "eq-10.4"]) == 0
    out = capsys.readouterr()
    assert "eq-10.4-corrected" in out.out
    assert "refuted" in out.out
    assert out.err == ""  # no progress in a pipe


def test_json_file(tmp_path, capsys) -> None:
    file = tmp_path / "ledger.json"
    assert main(["prove", "--claim", "eq-10.4", "--json", str(file)]) == 0
    assert [item["id"] for item in json.loads(file.read_text())["claims"]] == ["eq-10.4"]
    assert list(tmp_path.iterdir()) == [file]
    capsys.readouterr()
    assert main(["prove", "--claim", "eq-10.4", "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["claims"][0]["id"] == "eq-10.4"


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["--claim", "eq-10.44"], "eq-10.4"),
        (["--claim", "eq-10.4", "--json", "no/such/place.json"], "--json"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(argv, says, capsys) -> None:
    assert main(["prove", *argv]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert says in err


def test_a_verdict_not_as_expected_gives_exit_code_1(monkeypatch, capsys) -> None:
    wrong = Claim("x", "", "false", lambda: Evidence(Grade.REFUTED, "no", {"n": 1}))
    monkeypatch.setattr(contents, "claims", lambda: {"x": wrong})
    assert main(["prove", "--claim", "x"]) == 1
    assert "NOT AS EXPECTED x" in capsys.readouterr().out


def test_a_tool_that_is_required_and_not_here_is_exit_code_1(monkeypatch, capsys) -> None:
    fine = Claim("x", "", "true", lambda: Evidence(Grade.CERTIFIED, "yes"))
    monkeypatch.setattr(contents, "claims", lambda: {"x": fine})
    for here, code in ((Tools(), 1), (Tools(kernel=True), 0)):
        monkeypatch.setattr(Tools, "here", lambda here=here: here)
        assert main(["prove", "--claim", "x", "--require", "kernel"]) == code
        assert ("not here: kernel" in capsys.readouterr().err) is bool(code)
