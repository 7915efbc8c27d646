"""Whose an error is, and of which kind."""

from __future__ import annotations

import pytest

from convproof.conformance.target.outcome import (
    TargetExited,
    TargetMemory,
    TargetRaised,
)
from convproof.conformance.target.target import Target
from tests.conformance.target.cases import case


def raising(error):
    def function(x, w):
        raise error

    return function


def accident(x, w):
    return x.reshape(17, 23)


@pytest.mark.parametrize(
    ("function", "kind", "refused"),
    [
        (raising(ValueError("no")), TargetRaised, True),
        (raising(NotImplementedError()), TargetRaised, True),
        (accident, TargetRaised, False),
        (raising(SystemExit(3)), TargetExited, False),
        (raising(KeyboardInterrupt()), TargetExited, False),
        (raising(BaseException("odd")), TargetRaised, False),
        (raising(MemoryError("all")), TargetMemory, False),
    ],
)
def test_exceptions_are_told_apart(function, kind, refused):
    outcome = Target("t", conv2d=function).call(case())
    assert type(outcome.error) is kind
    assert outcome.refused is refused
    assert outcome.values is None
