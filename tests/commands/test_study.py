"""`convproof study`: there is none, and it says so."""

from __future__ import annotations

from convproof.cli import main


def test_no_study_yet(capsys):
    assert main(["study", "separation"]) == 2
    err = capsys.readouterr().err
    assert (
        err
        == "convproof: study='separation': allowed is no name yet: this version has no studies\n"
    )
