"""The committed Coq files are those that this version checks."""

from pathlib import Path

from convproof.prove.coq.kernel import proof_files

PROOFS = Path(__file__).parents[3] / "reports" / "proofs"
STALE = "the committed proofs are stale; run: convproof report -o reports"


def test_the_committed_proofs_are_the_ones_that_are_checked() -> None:
    fresh = proof_files()
    kept = {file.name: file.read_text(encoding="utf-8") for file in PROOFS.glob("*.v")}
    assert set(kept) == set(fresh), STALE
    for name, text in fresh.items():
        assert kept[name] == text, f"{name}: {STALE}"


def test_the_text_is_the_same_every_time() -> None:
    assert proof_files() == proof_files()
