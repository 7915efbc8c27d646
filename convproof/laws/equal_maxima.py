"""Equal maxima in a window: one rule for who takes the gradient, and it is given out once."""

from __future__ import annotations

import numpy as np

from convproof.laws import numerics, oracle
from convproof.laws.case import Array, Case
from convproof.laws.law import Broken, NotApplied, law
from convproof.laws.op import Op
from convproof.laws.protocol import OutcomeLike
from convproof.laws.trial import Trial


def has_ties(case: Case) -> bool:
    """Whether some window of a max-pool holds its maximum twice."""
    if case.kind != "max_pool":
        return False
    values = case.x.ravel()
    if len(set(values.tolist())) == values.size:
        return False
    first, last = (
        oracle.expected(
            case.replace(op=str(Op(case.kind, case.rank, backward=True)), dy=_ones(case)), rule
        )[0]
        for rule in ("first", "last")
    )
    return bool((first != last).any())


def _ones(case: Case) -> Array:
    return np.ones(case.out_shape)


def hold_ties(trial: Trial, case: Case, outcome: OutcomeLike) -> None:
    """The gradient of a max-pool with ties follows one lawful rule (the declared one, if any)."""
    got = trial.checked(case, outcome)[0]
    assert got is not None
    declared = trial.convention("ties")
    rules = [_RULES.get(declared, declared)] if declared else list(oracle.TIES[:-1])

    def suits(rule: str) -> bool:
        want = oracle.expected(case, rule)[0]
        size, terms = oracle.magnitudes(case, rule)[0], oracle.terms(case)[0]
        found = numerics.agree(case, "dx", got, want, size, terms, True)
        return found.level in (numerics.EXACT, numerics.ROUNDING)

    before = trial.notes.rules.get(case.op, rules)
    still = [rule for rule in before if suits(rule)]
    if still:
        trial.notes.rules[case.op] = still
        trial.notes.ties.update(still[:1])
        return
    other = [rule for rule in rules if rule not in before and suits(rule)]
    if other:
        raise Broken(
            f"equal maxima are told apart by the rule {other[0]!r} here, and by {before[0]!r} in "
            "other calls",
            case,
            oracle.expected(case, before[0])[0],
            got,
            law="ties",
            result="dx",
        )
    if not declared and trial.derived(case.op) and _shared_out(trial, case, got):
        trial.notes.ties["shares as the derivative of its own forward gives them"] += 1
        return
    want = oracle.expected(case, rules[0])[0]
    raise Broken(
        "tied maxima do not share their gradient by "
        + (
            f"the declared rule {declared!r}"
            if declared
            else f"any of the rules {', '.join(rules)} (if all are to: convention ties=all)"
        ),
        case,
        want,
        got,
        law="ties",
        result="dx",
    )


def _shared_out(trial: Trial, case: Case, got: Array) -> bool:
    """Whether equal maxima take shares of some kind, none below zero, that add up to the whole.

    That is a subgradient too: an automatic derivative's of maxima taken two by two, say, in which
    the last of four equals takes a half and the first two an eighth each.
    """
    ones = case.replace(dy=_ones(case).astype(case.x.dtype))
    plain = trial.answer(ones)[0]
    if plain is None or plain.min(initial=0.0) < 0:
        return False
    maxima = oracle.expected(ones, "all")[0] > 0
    axes = tuple(range(1, got.ndim - 1))
    for call, dx in ((case, got), (ones, plain)):
        assert call.dy is not None
        came, went = (np.asarray(a, np.float64).sum(axis=axes) for a in (call.dy, dx))
        scale = np.abs(np.asarray(call.dy, np.float64)).sum(axis=axes)
        u = float(np.finfo(dx.dtype).eps) if dx.dtype.kind == "f" else 0.0
        if dx[~maxima].any() or (np.abs(came - went) > (dx.size + 64) * u * scale).any():
            return False
    return True


_RULES = {"split": "share"}


@law(
    "ties",
    "Equal maxima share one window's gradient by one rule: the first, the last, or equal parts "
    "(or as the target declares); it is given out once.",
    "dX_i = sum_o w_{o,i} dY_o, w_o >= 0, sum_i w_{o,i} = 1",
    kinds="max_pool",
    ways="backward",
    scope="call",
    source="a subgradient of (10.9); which one is convention",
)
def ties(trial: Trial, case: Case, outcome: OutcomeLike) -> None:
    """On calls that have ties; which rule fits is noted."""
    if not has_ties(case):
        raise NotApplied("no equal maxima")
    hold_ties(trial, case, outcome)


@law(
    "gradient-conserved",
    "A max-pool's gradient hands on what came in, no more and no less, ties or not.",
    "sum_i dX_i = sum_o dY_o",
    kinds="max_pool",
    ways="backward",
    source="each window's weights add up to 1",
)
def gradient_conserved(trial: Trial, case: Case) -> None:
    """With many ties, unless the target declares that each takes the whole; with -inf; with NaN."""
    if trial.convention("ties") == "all":
        raise NotApplied("declared: every maximum takes the whole gradient")
    rng = trial.rng(61, case.x.size)
    tied = case.replace(x=rng.integers(0, 2, case.x.shape).astype(case.x.dtype))
    _conserved(trial, tied)
    if not (case.overhangs or any(map(any, case.padding))):  # a border may be -inf as well
        dark = np.where(rng.random(case.x.shape) < 0.8, -np.inf, case.x).astype(case.x.dtype)
        dark[0] = -np.inf
        _conserved(trial, case.replace(x=dark))
    strange = case.x.copy()
    strange[rng.random(strange.shape) < 0.3] = np.nan
    one = {"first", "last", "first-column", "last-column"}
    if trial.notes.ties and trial.convention("nan") is None:
        try:
            _conserved(trial, case.replace(x=strange))
        except Broken:
            # A single winner is found among NaNs too; who looks for equals finds no NaN.
            if set(trial.notes.ties) <= one:
                raise
            trial.notes.limitations.setdefault(
                (case.op, "NaN input"), "the gradient of windows with a NaN is lost"
            )


def _conserved(trial: Trial, tied: Case) -> None:
    """Channel by channel, the gradient's sum is kept."""
    case = tied
    assert case.dy is not None
    dx = trial.answer(tied)[0]
    assert dx is not None
    # Shares are thirds at worst: each of the terms may round once.
    axes = tuple(range(1, dx.ndim - 1))
    came, went = case.dy.astype(np.float64).sum(axis=axes), dx.astype(np.float64).sum(axis=axes)
    u = max(float(np.finfo(a.dtype).eps) / 2 for a in (dx, tied.x) if a.dtype.kind == "f")
    bound = (dx.size + case.dy.size) * u * np.abs(case.dy.astype(np.float64)).sum(axis=axes)
    if (np.abs(came - went) > bound).any():
        raise Broken(
            "the gradient that comes out does not add up to what went in",
            tied,
            came,
            went,
            result="dx",
        )
