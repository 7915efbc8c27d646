"""The random part of a run, drawn by Hypothesis."""

from __future__ import annotations

import contextlib
import time
from typing import Any

from convproof.conformance.cases.config import Config
from convproof.conformance.cases.sample import configs
from convproof.conformance.run.state import OpState


class _Enough(Exception):
    """The op is decided: no more examples."""


def search(run: Any, state: OpState, count: int, deadline: float) -> bool:
    """Judge `count` random calls; False where Hypothesis is not installed."""
    try:
        import hypothesis
    except ImportError:
        return False

    def one(config: Config) -> None:
        if run.known.stopped or state.decided:
            raise _Enough
        if time.monotonic() > deadline:  # a draw that is not made costs as much as one that is
            state.planned["random"] = count
            raise _Enough
        state.planned["random"] += 1
        run.one(state, config, "random")

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
    judged = hypothesis.given(configs(state.domain))(one)
    with contextlib.suppress(_Enough):
        settings(hypothesis.seed(run.known.seed)(judged))()
    return True
