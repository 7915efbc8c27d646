"""Ceil mode's rules, found out: whether a last window may start late, what a mean divides by."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from convproof.conformance.cases.domain import Domain
from convproof.conformance.cases.fill import build
from convproof.conformance.target.libraries import KNOWN
from convproof.laws import oracle
from convproof.laws.case import Array, Case
from convproof.laws.op import Op
from convproof.laws.trial import Trial

CALLS = 4  # all of which have to follow a rule
RULES = {  # what is found out, and what it is in words
    "ceil": ("any", "in ceil mode a window that starts beyond the image is kept"),
    "divisor": ("full", "in ceil mode what overhangs image and padding counts"),
}


def find_out(target: Any, domains: Mapping[str, Domain], trial: Trial) -> None:
    """Note the target's own lawful rules where it follows them in every call that shows them.

    Only what nobody declared is looked at.  A rule is one that a released library has: windows
    that start beyond the image are kept (ceil="any"), an overhang counts in a mean
    (divisor="full"); and it is one only if all ops that show it keep to it: a mean and its
    gradient that divide by different numbers follow none.  Where a text says that it does as
    PyTorch or ONNX, its rules are those.  What a known library does is held
    against what its own pages say: its rules are declared where they are.
    """
    known = target.conventions
    ours = getattr(target, "is_ours", False) or getattr(target, "spec", None) in KNOWN
    asked = {op: d for op, d in domains.items() if d.pool and d.takes("ceil_mode")}
    for name, looks, follows in (("ceil", _late, _keeps), ("divisor", _over, _counts)):
        # what is not so is a mistake
        promised = any(target.adapter(op).like in ("PyTorch", "ONNX") for op in asked)
        if ours or promised or getattr(known, name) is not None:
            continue
        shown = [list(itertools.islice(looks(op, domain), CALLS)) for op, domain in asked.items()]
        shown = [cases for cases in shown if len(cases) == CALLS]
        if shown and all(follows(trial, case) for cases in shown for case in cases):
            found = frozenset({*known.inferred, name})
            known = replace(known, inferred=found, **{name: RULES[name][0]})
    target.conventions = known


def _keeps(trial: Trial, case: Case) -> bool:
    """Whether every window is there that rounding up alone gives; those on the image are right."""
    sizes = zip(case.axes, case.space, strict=True)
    counts = [-((a.extent - n - a.pad_lo - a.pad_hi) // a.stride) + 1 for a, n in sizes]
    got = _answer(trial, case)
    if got is None or got.shape != (*case.out_shape[:1], *counts, case.out_shape[-1]):
        return False
    right = oracle.expected(case.replace(ceil_mode=False))[0]
    inner = got[tuple(slice(0, n) for n in right.shape)]
    return bool(np.allclose(inner, right, rtol=1e-5, atol=1e-5))


def _counts(trial: Trial, case: Case) -> bool:
    """Whether a mean is one over the whole window, wherever that lies."""
    got, counts, taps = _answer(trial, case), oracle.divisors(case), float(np.prod(case.taps))
    if case.backward:
        assert case.dy is not None
        right = oracle.expected(case.replace(dy=case.dy * counts / taps))[0]
    else:
        right = np.asarray(oracle.expected(case)[0] * counts / taps)
    same = got is not None and got.shape == right.shape
    return same and bool(np.allclose(np.asarray(got), right, rtol=1e-5, atol=1e-5))


def _answer(trial: Trial, case: Case) -> Array | None:
    values = trial.outcome(case).values
    return values[0] if values else None


def _calls(op: str, domain: Domain) -> Iterator[Case]:
    """Small calls in ceil mode, of one image, with and without padding."""
    pads = (1, 0) if domain.takes("padding") else (0,)
    strides = (2, 3) if domain.takes("stride") else (0,)
    for k, s, p, n in itertools.product((3, 2), strides, pads, range(3, 9)):
        config = domain.plain(tuple(n + axis for axis in range(domain.rank)), (k,) * domain.rank)
        config = config.but(padding=((p, p),) * domain.rank, ceil_mode=True, batch=1, seed=n)
        if s:
            config = config.but(stride=(s,) * domain.rank)
        if domain.takes("count_include_pad"):
            config = config.but(count_include_pad=True)
        if domain.allows(config):
            yield build(op, config)


def _late(op: str, domain: Domain) -> Iterator[Case]:
    """Calls in which rounding up alone adds a window that starts beyond the image: forward ones."""
    if not Op.of(op).backward:
        yield from (case for case in _calls(op, domain) if case.starts_late)


def _over(op: str, domain: Domain) -> Iterator[Case]:
    """Calls of a mean whose last window overhangs, and starts on the image."""
    if domain.kind == "avg_pool" and (
        domain.count_include_pad or domain.takes("count_include_pad")
    ):
        yield from (c for c in _calls(op, domain) if c.overhangs and not c.starts_late)
