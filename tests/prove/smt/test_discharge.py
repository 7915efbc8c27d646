"""Each obligation is proved by both solvers, and its planted mistakes are refused with a model."""

import pytest
import sympy as sp

from convproof.evidence import Status
from convproof.prove.facts.catalogue import obligations
from convproof.prove.facts.lemmas import LEMMAS
from convproof.prove.facts.obligation import Cut, Lemma, Obligation
from convproof.prove.smt import discharge as discharging
from convproof.prove.smt.discharge import discharge, is_counterexample, lemma_queries, refuse

pytest.importorskip("z3")
pytest.importorskip("cvc5")

PLANTED = [
    pytest.param(item, wrong, id=f"{item.id}: {wrong.change}")
    for item in obligations().values()
    for wrong in item.wrong
]


@pytest.mark.parametrize("lemma", LEMMAS, ids=lambda lemma: lemma.id)
def test_lemmas_are_proved_by_both_solvers(lemma: Lemma) -> None:
    for query in lemma_queries(lemma):
        assert [a.result for a in query.answers] == ["unsat", "unsat"]


@pytest.mark.parametrize("item", obligations().values(), ids=lambda item: item.id)
def test_obligations_are_proved_by_both_solvers(item: Obligation) -> None:
    discharge(item).verdict.require()


@pytest.mark.parametrize("item", obligations().values(), ids=lambda item: item.id)
def test_each_obligation_has_two_planted_mistakes(item: Obligation) -> None:
    assert len(item.wrong) >= 2


@pytest.mark.parametrize(("item", "wrong"), PLANTED)
def test_planted_mistakes_are_refused_with_a_real_counterexample(item, wrong) -> None:
    query = refuse(item, wrong)
    for answer in query.answers:
        assert answer.result == "sat", answer
        assert answer.model is not None
        assert is_counterexample(item, wrong, dict(answer.model)), answer


@pytest.mark.parametrize("item", obligations().values(), ids=lambda item: item.id)
def test_the_reference_agrees_with_what_was_proved_at_solver_models(item) -> None:
    """At every model of a planted mistake the right statement holds, by the reference's count."""
    for wrong in item.wrong:
        right = type(wrong)("nothing", item.conclusion)  # the hypotheses are its own again
        for answer in refuse(item, wrong).answers:
            values = {"o": 0, "k": 0, "o2": 0, "k2": 0, "i": 0, "a": 0, **(answer.model or {})}
            missing = {str(s) for s in item.claim().free_symbols} - set(values)
            if not missing:
                assert not is_counterexample(item, right, values)


n = sp.Symbol("n", integer=True, positive=True)
x, y = sp.symbols("x y", integer=True)


@pytest.fixture
def any_points(monkeypatch) -> None:
    """These obligations are the tests' own: no points are planted for them."""
    monkeypatch.setattr(discharging, "doubts", lambda item: [])


@pytest.mark.usefixtures("any_points")
def test_a_false_cut_proves_nothing() -> None:
    item = Obligation("planted", "", (), x * x >= n, cuts=(Cut(sp.Ge(x, n)),))
    verdict = discharge(item).verdict
    assert verdict.status is Status.UNDECIDED
    assert "cut 1" in verdict.reason


@pytest.mark.usefixtures("any_points")
def test_contradictory_hypotheses_prove_nothing() -> None:
    item = Obligation("planted", "", (x > 3, x < 2), sp.Eq(x, y))
    verdict = discharge(item).verdict
    assert verdict.status is Status.UNDECIDED
    assert "no small model" in verdict.reason


@pytest.mark.usefixtures("any_points")
def test_a_false_obligation_is_refuted_with_its_model() -> None:
    verdict = discharge(Obligation("planted", "", (), sp.floor(x / n) * n >= x)).verdict
    assert verdict.status is Status.REFUTED
    assert verdict.witness is not None
    found = {k: int(v) for k, v in verdict.witness.items()}
    assert (found["x"] // found["n"]) * found["n"] < found["x"]


def test_an_obligation_without_points_is_not_discharged() -> None:
    verdict = discharge(Obligation("no points", "", (), sp.Ge(n * n, n, evaluate=False))).verdict
    assert verdict.status is Status.UNDECIDED
    assert "no points are planted" in verdict.reason


def test_what_sympy_folds_is_not_discharged() -> None:
    verdict = discharge(Obligation("size", "", (), sp.true)).verdict
    assert verdict.status is Status.UNDECIDED
    assert "folded" in verdict.reason
