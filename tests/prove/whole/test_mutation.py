"""Changed statements are refused: a sample here, the whole set by `nox -s mutants`."""

from __future__ import annotations

import pytest

from convproof.prove.coq import kernel, library, tool
from convproof.prove.coq.sources import sources
from tests.prove.whole import mutation

needs_coq = pytest.mark.skipif(kernel.available() is None, reason=tool.INSTALL)
STATING = [name for name, text in library.shipped().items() if library.theorems(text)]


@needs_coq
def test_a_changed_statement_is_refused() -> None:
    # The obligations and one derivation stand for what is printed, the rest is what is written.
    chosen = mutation.sample((*STATING, "Obligations_sizes", "conv1d"), 12, seed=12)
    left, formulas = mutation.survivors(chosen)
    assert [one for one in left if not mutation.reason(one)] == []
    assert formulas > 0.7 * len(chosen)


@pytest.mark.parametrize("name", STATING)
def test_every_statement_has_mutants_of_its_own(name: str) -> None:
    texts = {stated[0] for stated in sources()[name].statements.values()}
    found = list(mutation.mutants(name))
    assert {one.theorem for one in found} >= set(sources()[name].theorems)
    assert texts.isdisjoint(one.text for one in found)


def test_what_is_changed() -> None:
    words = mutation.tokens("forall a b, 0 <= a -> (a < b /\\ b < 9) <-> P b")
    changes = {change: "".join(text) for change, text in mutation.weaker(words)}
    assert changes["a hypothesis dropped"] == "forall a b, (a < b /\\ b < 9) <-> P b"
    assert changes["-> for <->"].endswith("(a < b /\\ b < 9) -> P b")
    assert "a part of /\\ dropped" in changes
    assert "forall a b, 0 < a ->" in "".join(next(
        text for change, text in mutation.changed(words) if change.startswith("< for <=")
    ))  # fmt: skip


@needs_coq
def test_a_mutant_that_says_the_same_survives() -> None:
    """The check can fail: a statement that is the same to the kernel is accepted."""
    (stated, _) = sources()["Tying"].statements["pool_is_transpose"]
    same = mutation.Mutant("Tying", "pool_is_transpose", "nothing", f"let unused := 1 in {stated}")
    assert mutation.survivors([same])[0] == [same]
