"""A call that is taken for another one, by too little of what it says, is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from convproof.certify.again import again
from convproof.functions import ready, verified


@pytest.fixture(autouse=True)
def anew():
    """What calls keep is forgotten before and after."""
    for table in ready.TABLES:
        table.clear()
    yield
    for table in ready.TABLES:
        table.clear()


@pytest.mark.parametrize("operation", ["conv", "max_pool", "avg_pool"])
def test_right_functions_pass(operation: str) -> None:
    verdict, compared = again(operation, 1)
    assert verdict.holds
    assert compared > 1000


LOOK = ready.look


def without(kind: type) -> Any:
    """A look that takes no notice of one kind of thing in a call."""

    def look(args: Any, kwargs: Any) -> Any:
        key, arrays = LOOK(args, kwargs)
        return tuple(one for one in key or () if not isinstance(one, kind)), arrays

    return look


def values_alone(args: Any, kwargs: Any) -> Any:
    """Keywords by their values, not by their names."""
    key, arrays = LOOK((*args, *kwargs.values()), {})
    return key, arrays


def keep_in_any_order(self: Any, key: Any, found: Any, call: Any) -> None:
    """What is given by names in another order kept as if it were in ours."""
    self.kept[key] = call.go


def in_place(go: Any, arrays: Any) -> Any:
    """The memory of an array, in whatever order it lies."""
    return go(*(np.ndarray(a.shape, a.dtype, a.tobytes("A")) for a in arrays))


FAULTS = {
    "dtypes": (verified, "look", without(np.dtype)),
    "numbers": (verified, "look", without(int)),
    "words": (verified, "look", without(str)),
    "names": (verified, "look", values_alone),
    "the order of names": (ready.Table, "keep", keep_in_any_order),
    "how arrays lie": (verified, "silently", in_place),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_call_that_is_taken_for_another_is_refused(fault: str, monkeypatch) -> None:
    monkeypatch.setattr(*FAULTS[fault])
    try:
        verdict = again("conv", 1)[0]
    except ValueError:  # another shape than can be multiplied
        return
    assert verdict.refuted
