"""Which coordinate changes an update rule respects: U(W R', {G_s R'}) = U(W, {G_s}) R'.

With Problem 10.2.1 that decides it for the whole training run: the gradients of a rotated run
are the rotated gradients as long as the weights are the rotated weights.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from convproof.errors import SpecError, SpecTypeError
from convproof.evidence import Status, Verdict
from convproof.spec import choice
from convproof.theory.groups import GROUPS, Matrix, element
from convproof.theory.optimisers import OPTIMISERS, Rule
from convproof.theory.rounding import Gaps, worst

# (d, h, steps, scale of the gradients), the smallest first: it makes the readable witness.
# Small and large gradients are both met, for a clipping shows at large ones only.
_CASES = ((2, 1, 1, 1.0), (3, 2, 3, 1.0), (5, 4, 12, 1e-2), (5, 3, 12, 1e2), (4, 6, 12, 1.0))


@dataclass(frozen=True)
class _Case:
    """One sequence of gradients G_s (steps, h, d) met from the weight W (h, d), and R (d, d)."""

    weight: Matrix
    gradients: Matrix
    rotation: Matrix

    def final(self, rule: Rule, dtype: Any, turn: bool) -> Matrix:
        """The last weight; with `turn`, of the run in rotated coordinates."""
        rotation = self.rotation.astype(dtype)
        weight, gradients = self.weight.astype(dtype), self.gradients.astype(dtype)
        if turn:
            weight, gradients = weight @ rotation.T, gradients @ rotation.T
        state: Any = None
        for gradient in gradients:
            weight, state = rule(weight, gradient, state)
            weight = np.asarray(weight, dtype=dtype)
        return weight

    def judge(self, rule: Rule) -> tuple[float, Verdict]:
        """Whether the rotated run ends at the rotated weight, by both precisions; the gap first."""
        gaps = []
        size = 0.0
        for dtype in (np.float64, np.float32):
            plain, other = (self.final(rule, dtype, turn) for turn in (False, True))
            if not np.array_equal(plain, self.final(rule, dtype, False), equal_nan=True):
                return float("inf"), Verdict.undecided(
                    "two equal runs differ: the rule is random (compare it in law) or remembers "
                    "the run before (keep its state in the third argument)"
                )
            size = size or float(np.max(np.abs(plain - self.weight)))
            expected = plain @ self.rotation.T.astype(dtype)
            gap = float(np.max(np.abs(other - expected)))
            gaps.append(0.0 if gap == 0 else gap / size if size else float("inf"))
        verdict = Gaps(single=gaps[1], double=gaps[0]).verdict
        if verdict.status is not Status.REFUTED:
            return gaps[0], verdict
        return gaps[0], Verdict.refute(
            verdict.reason,
            R=self.rotation,
            W=self.weight,
            gradients=self.gradients,
            expected=self.final(rule, np.float64, False) @ self.rotation.T,
            got=self.final(rule, np.float64, True),
        )


def symmetries(
    rule: str | Callable[..., Any], *, groups: Sequence[str] = GROUPS, seed: int = 0
) -> dict[str, Verdict]:
    """Whether an update rule commutes with each group acting on the input coordinates.

    Args:
        rule: the name of a known optimiser (`OPTIMISERS`; "weight-decay", "Weight Decay" and
            "weight_decay" are one), or an update function, called with 2-D NumPy arrays as
            rule(weight, gradient) -> weight, or
            rule(weight, gradient, state) -> (weight, state), or -> weight where the state is a
            dict that the rule changes itself.  The first state is {} if the rule can start
            from it, else None; a default of the parameter goes before both.
        groups: some of "sign", "permutation", "orthogonal".
        seed: of the weights, gradients and group elements tried.

    Returns:
        group -> verdict: held means that the coupled runs differed by rounding alone on every
        case (TESTED, not proved); a refutation's witness is a weight, gradients and a rotation
        R with what was expected, U(W, G) R', and got, U(W R', G R').

    Raises:
        SpecError: for an unknown name or group, or a rule that is no update rule.

    >>> {group: verdict.holds for group, verdict in symmetries("adam").items()}
    {'sign': True, 'permutation': True, 'orthogonal': False}
    >>> symmetries(lambda w, g: w - 0.1 * g)["orthogonal"].holds
    True

    Source: Problem 10.2.1; Li, Zhang, Arora (ICLR 2021).
    """
    asked = [groups] if isinstance(groups, str) else list(groups)
    names = [choice("groups", group, GROUPS) for group in asked]
    update = _named(rule) if isinstance(rule, str) else _adapted(rule)
    return {group: _judge(update, _cases(group, seed)) for group in names}


def _judge(rule: Rule, cases: Iterable[_Case]) -> Verdict:
    judged = []
    with np.errstate(all="ignore"):
        for case in cases:
            judged.append(case.judge(rule))
            if judged[-1][1].status is Status.REFUTED:
                break
    found = worst([verdict for _, verdict in judged])
    if not found.holds:
        return found
    largest = max(judged, key=lambda pair: pair[0])[1]
    return Verdict.held(f"{len(judged)} cases, the worst: {largest.reason}")


def _cases(group: str, seed: int) -> Iterable[_Case]:
    rng = np.random.default_rng([seed, GROUPS.index(choice("group", group, GROUPS))])
    for d, h, steps, scale in _CASES:
        rotation = element(group, d, rng)
        weight = rng.standard_normal((h, d))
        gradients = scale * rng.standard_normal((steps, h, d))
        if d == 2 and group == "orthogonal":  # (1, 0) against (1, 1) / sqrt 2
            rotation = np.array([[1.0, -1.0], [1.0, 1.0]]) / np.sqrt(2)
            gradients = scale * np.array([[[1.0, 0.0]]])
        yield _Case(weight, gradients, rotation)


def _named(name: str) -> Rule:
    key = "-".join(name.lower().replace("_", " ").replace("-", " ").split())
    short = {known.replace("-", ""): known for known in OPTIMISERS}
    known = short.get(key.replace("-", ""))
    if known is None:
        listed = ", ".join(repr(item) for item in OPTIMISERS)
        raise SpecError.of("rule", name, f"an update function, or one of {listed}")
    return OPTIMISERS[known]


def _adapted(function: Callable[..., Any]) -> Rule:
    """A user's update function as a rule: its form is found by calling it."""
    if not callable(function):
        raise SpecTypeError.of("rule", function, f"an optimiser's name, or {_FORMS}")
    first: SpecError | None = None
    for start in _starts(function):
        rule = _Adapted(function, start)
        try:
            weight, state = rule(np.ones((2, 3)), np.ones((2, 3)), None)
            rule(weight, np.ones((2, 3)), state)
        except SpecError as error:
            first = first or error
            continue
        return rule
    raise first or SpecError.of("rule", function, _FORMS)


_FORMS = "a function (weight, gradient) -> weight or (weight, gradient, state) -> (weight, state)"


def _starts(function: Callable[..., Any]) -> list[Callable[[], tuple[Any, ...]]]:
    """The ways to make the extra arguments of a rule's first call."""
    try:
        given = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):  # some built-in functions have no signature
        return [lambda: ()]
    places = [p for p in given if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    required = [p for p in places if p.default is p.empty]
    if len(places) < 2 or len(required) > 3:
        raise SpecError.of("rule", function, _FORMS)
    if len(required) == 3:
        return [lambda: ({},), lambda: (None,)]
    if len(places) > 2 and places[2].name.lower() in ("state", "buffer", "memory", "opt_state"):
        default = places[2].default
        return [lambda: (copy.deepcopy(default),), lambda: ({},)]
    return [lambda: ()]


@dataclass(frozen=True)
class _Adapted:
    """A user's function with the form of a rule; it is given copies and may write to them."""

    function: Callable[..., Any]
    start: Callable[[], tuple[Any, ...]]

    def __call__(self, weight: Matrix, gradient: Matrix, state: Any) -> tuple[Matrix, Any]:
        extra = self.start() if state is None else state
        mine = weight.copy()
        try:
            result = self.function(mine, gradient.copy(), *extra)
        except Exception as error:  # whatever a user's function raises, it is reported
            reason = f"with a weight of shape {weight.shape} it raised {error!r}"
            raise SpecError.of("rule", self.function, _FORMS, reason) from error
        if isinstance(result, tuple) and len(result) == 2:
            result, after = result
            extra = (after,) if extra else ()
        # a rule that returns nothing has written to the weight it was given
        moved = np.asarray(mine if result is None else result)
        if moved.shape != weight.shape or moved.dtype.kind not in "fiu":
            reason = f"it turned {weight.dtype} {weight.shape} into {moved.dtype} {moved.shape}"
            raise SpecError.of("rule", self.function, _FORMS, reason)
        return moved, extra
