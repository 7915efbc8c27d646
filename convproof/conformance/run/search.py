"""The random part of a run, drawn by Hypothesis."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Any

from convproof.conformance.cases.rows import Row
from convproof.conformance.cases.strategies import rows
from convproof.laws.op import Op

if TYPE_CHECKING:
    from convproof.conformance.run.judge import OpState


class _Enough(Exception):
    """The op is decided: no more examples."""


def search(run: Any, state: OpState, count: int, deadline: float) -> bool:
    """Judge `count` random calls; False where Hypothesis is not installed."""
    try:
        import hypothesis
    except ImportError:
        return False
    named = Op.of(state.op)

    def one(row: Row) -> None:
        if run.judge.stopped or state.decided:
            raise _Enough
        if time.monotonic() > deadline:
            state.planned["random"] += 1
            return
        state.planned["random"] += 1
        run.one(state, row, "random")

    settings = hypothesis.settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(hypothesis.Phase.generate,),
        report_multiple_bugs=False,
        print_blob=False,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    judged = hypothesis.given(rows(named.kind, named.rank, state.limits))(one)
    with contextlib.suppress(_Enough):
        settings(hypothesis.seed(run.seed)(judged))()
    return True
