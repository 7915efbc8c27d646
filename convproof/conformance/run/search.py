"""The random part of a run, drawn by Hypothesis."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any

from convproof.conformance.cases.config import Config
from convproof.conformance.cases.sample import configs
from convproof.conformance.run.state import OpState
from convproof.prove.kept import home


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
        if run.clock.now() > deadline:  # a draw that is not made costs as much as one that is
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
    with contextlib.suppress(_Enough), _kept_elsewhere():
        settings(hypothesis.seed(run.known.seed)(judged))()
    return True


@contextlib.contextmanager
def _kept_elsewhere() -> Iterator[None]:
    """What Hypothesis keeps goes into the user's cache, not into the directory that we are in."""
    from hypothesis import configuration

    if os.environ.get("HYPOTHESIS_STORAGE_DIRECTORY"):
        yield
        return
    before = vars(configuration).get("__hypothesis_home_directory")
    configuration.set_hypothesis_home_dir(home() / "hypothesis")
    try:
        yield
    finally:
        configuration.set_hypothesis_home_dir(before)
