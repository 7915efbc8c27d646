"""The committed Coq files are those that this version checks."""

from pathlib import Path

from convproof.prove.coq.kernel import proof_files
from convproof.prove.coq.library import shipped, theorems

PROOFS = Path(__file__).parents[3] / "reports" / "proofs" / "proofs"
STALE = "the committed proofs are stale; run: convproof report -o reports"


def test_the_committed_proofs_are_the_ones_that_are_checked() -> None:
    fresh = proof_files()
    kept = {file.name: file.read_text(encoding="utf-8") for file in PROOFS.glob("*.v")}
    order = (PROOFS / "ORDER").read_text(encoding="utf-8").split()
    assert set(kept) == {f"{name}.v" for name in order}, STALE
    cited = {f"{name}.v" for name, text in shipped().items() if theorems(text)}
    assert cited - set(kept) == set(), STALE
    for name, text in kept.items():
        assert fresh[name] == text, f"{name}: {STALE}"


def test_the_text_is_the_same_every_time() -> None:
    assert proof_files() == proof_files()
