"""Theorems about what was derived: a wrong derivation is refused."""

import dataclasses

import pytest
import sympy as sp

from convproof.derive import derive
from convproof.prove.coq import kernel
from convproof.prove.coq.derived import adjoint_file
from convproof.prove.coq.sources import LIBRARY

needs_coq = pytest.mark.skipif(kernel.available() is None, reason=kernel.INSTALL)


@needs_coq
@pytest.mark.parametrize(
    ("name", "goal", "change"),
    [
        ("conv1d", "gradient x", ("P_W", "P_W + 1")),
        ("conv1d", "gradient x", ("D_W", "S_W")),
        ("conv1d", "gradient kernel", ("S_W", "D_W")),
        ("conv1d", "forward", ("W", "W - 1")),
        ("max_pool1d", "gradient x", ("P_W", "P_W - 1")),
        ("avg_pool1d", "gradient x", ("O_W", "O_W - 1")),
    ],
)
def test_a_wrong_derivation_is_refused(name: str, goal: str, change: tuple[str, str]) -> None:
    right = derive(name)
    symbols = {str(s): s for s in right.goals[goal].result.free_symbols}
    old, new = symbols[change[0]], sp.sympify(change[1], locals=symbols)
    result = right.goals[goal].result.xreplace({old: new})
    assert result != right.goals[goal].result
    goals = {**right.goals, goal: dataclasses.replace(right.goals[goal], result=result)}
    wrong = dataclasses.replace(right, goals=goals)
    for need in LIBRARY:
        assert kernel.check(need).error == ""
    checked = kernel.compile_text(f"Planted_{name}", adjoint_file(name, wrong))
    assert checked.error != ""


@needs_coq
@pytest.mark.parametrize("name", ["conv1d", "max_pool1d", "avg_pool1d"])
def test_a_definition_that_is_wrong_at_large_sizes_only_is_refused(name: str) -> None:
    """Wrong throughout, so that every step is right: the library's geometry is another."""
    right = derive(name)
    symbols = {s.name: s for goal in right.goals.values() for s in goal.result.free_symbols}
    put = {symbols["P_W"]: symbols["P_W"] + sp.floor(symbols["W"] / 8)}
    goals = {
        key: dataclasses.replace(goal, result=goal.result.xreplace(put))
        for key, goal in right.goals.items()
    }
    wrong = dataclasses.replace(right, goals=goals)
    for need in LIBRARY:
        assert kernel.check(need).error == ""
    checked = kernel.compile_text(f"Planted_large_{name}", adjoint_file(name, wrong))
    assert checked.error != ""
