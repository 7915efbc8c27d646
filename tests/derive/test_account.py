"""A derivation as it is told says what was derived: compared value by value, and planted wrongs."""

from __future__ import annotations

import pytest

from convproof.derive import NAMES, derive
from convproof.derive.account import REASONS, Account
from convproof.spec import Conv

QUICK = [name for name in NAMES if "3d" not in name]


@pytest.mark.parametrize("name", QUICK)
def test_what_is_told_is_what_was_derived(name: str) -> None:
    assert Account.of(derive(name)).check() > 100


def test_a_layer_with_numbers_is_told_too() -> None:
    account = Account.of(derive(Conv((2, 3), 2, stride=2, padding=((1, 0), (0, 2)))))
    assert account.check() > 100
    assert "stride=(2, 2)" in account.layer


def test_every_rule_has_a_reason_for_students() -> None:
    rules = {step.rule for name in QUICK for step in derive(name).steps}
    told = {rule.partition(" ")[0] if rule.startswith("eliminate") else rule for rule in rules}
    assert told <= set(REASONS)


def test_an_axis_that_mirrors_is_told_once() -> None:
    parts = {part.name: part for part in Account.of(derive("conv2d")).parts}
    assert parts["output size W"].mirrors == "H"
    assert not parts["output size W"].moves
    assert parts["output size H"].moves
