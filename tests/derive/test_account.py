"""A derivation as it is told says what was derived: compared value by value, and planted wrongs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from convproof.derive import NAMES, derive
from convproof.derive.account import REASONS, Account
from convproof.derive.ladder import ladder
from convproof.derive.reading import Range, Reading, agree, read
from convproof.errors import DerivationError
from convproof.spec import Conv

QUICK = [name for name in NAMES if "3d" not in name]


@pytest.mark.parametrize("name", QUICK)
def test_what_is_told_is_what_was_derived(name: str) -> None:
    assert Account.of(derive(name)).check() > 100


def test_a_layer_with_numbers_is_told_too() -> None:
    account = Account.of(derive(Conv((2, 3), 2, stride=2, padding=((1, 0), (0, 2)))))
    assert account.check() > 100
    assert "stride=(2, 2)" in account.layer


def _broken(found: Reading) -> list[Reading]:
    """The reading with each range moved by one, each name left out of the integers."""
    moved = [
        replace(
            found,
            ranges=(*found.ranges[:i], Range(r.low, r.value + 1, r.high), *found.ranges[i + 1 :]),
        )
        for i, r in enumerate(found.ranges)
    ]
    cut = [
        replace(found, ranges=found.ranges[:i] + found.ranges[i + 1 :])
        for i in range(len(found.ranges))
    ]
    rounded = [replace(found, named=tuple(replace(n, value=n.value + 1) for n in found.named))]
    return [*moved, *cut, *(rounded if found.named else [])]


@pytest.mark.parametrize("goal", ["gradient x", "gradient kernel"])
def test_a_reading_that_says_something_else_is_refused(goal: str) -> None:
    derivation = derive("conv_transpose1d")
    one = derivation.goals[goal]
    found = read(one.result, derivation.definitions, one.free)
    assert found.ranges
    assert agree(derivation, [(one.result, found, one.free)]) > 0
    for wrong in _broken(found):
        with pytest.raises(DerivationError):
            agree(derivation, [(one.result, wrong, one.free)])


def test_every_rule_has_a_reason_for_students() -> None:
    rules = {step.rule for name in QUICK for step in derive(name).steps}
    told = {rule.partition(" ")[0] if rule.startswith("eliminate") else rule for rule in rules}
    assert told <= set(REASONS)


def test_the_ladder_has_the_chapters_numbers() -> None:
    said = [
        formula.plain for stage in ladder("conv2d") for number, formula in stage.formulas if number
    ]
    assert said[0] == "Z[i, j] = Σ_{k=1..K_H, l=1..K_W} K[k, l] X[i + k - 1, j + l - 1]"
    assert said[2].endswith("X'[S_H (i - 1) + k, S_W (j - 1) + l, c]")
    assert ladder("pad_reflect") == ()


def test_an_axis_that_mirrors_is_told_once() -> None:
    parts = {part.name: part for part in Account.of(derive("conv2d")).parts}
    assert parts["output size W"].mirrors == "H"
    assert not parts["output size W"].moves
    assert parts["output size H"].moves
