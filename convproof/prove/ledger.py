"""`prove`: judge the chapter's claims, all or some, and return the ledger."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable

from convproof.errors import SpecError, SpecTypeError
from convproof.evidence import Claim, Ledger
from convproof.judgement import Judgement
from convproof.prove.coq import kernel
from convproof.prove.registry import judgements

Progress = Callable[[int, int, Judgement, Claim | None], None]


def select(claims: str | Iterable[str] | None = None) -> list[Judgement]:
    """The judgements with the given ids (None: all), in the order of the chapter.

    Raises:
        SpecError: for an id that no claim has; the message names the nearest ones.
        SpecTypeError: where `claims` is no id and no collection of ids.
    """
    known = judgements()
    if claims is None:
        return list(known.values())
    allowed = "None, a claim's id, or several of them"
    if isinstance(claims, str):
        claims = (claims,)
    if not isinstance(claims, Iterable):
        raise SpecTypeError.of("claims", claims, allowed)
    wanted = list(claims)
    for id in wanted:
        if not isinstance(id, str):
            raise SpecTypeError.of("claims", id, allowed)
        if id not in known:
            near = difflib.get_close_matches(id, known, n=3, cutoff=0.0)
            raise SpecError.of(
                "claim", id, "an id of the ledger", "the nearest are " + ", ".join(near)
            )
    return [item for id, item in known.items() if id in wanted]


def prove(claims: str | Iterable[str] | None = None, *, progress: Progress | None = None) -> Ledger:
    """Judge the claims of the chapter and return the ledger.

    Args:
        claims: ids of claims, or one id; None judges all of them (under two minutes).
        progress: called as `progress(number, total, judgement, claim)` before each judgement
            (claim None) and after it.

    Raises:
        SpecError: for an unknown id; a `SpecTypeError` for something that is no id.

    >>> prove("eq-10.7")["eq-10.7"].verdict.status.value
    'refuted'
    """
    chosen = select(claims)
    if len(chosen) == len(judgements()):
        kernel.start()  # everything will be needed: Coq and the solvers share the cores
    judged: list[Claim] = []
    for number, item in enumerate(chosen, start=1):
        if progress:
            progress(number, len(chosen), item, None)
        claim = item.claim()
        judged.append(claim)
        if progress:
            progress(number, len(chosen), item, claim)
    return Ledger(judged)
