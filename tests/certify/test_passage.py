"""What calls run through that certificates do not: found by tracing both."""

from __future__ import annotations

import numpy as np
import pytest

from convproof import functions
from convproof.certify import passage
from convproof.certify.passage import Call, Trace, calls
from convproof.functions import conv, ready


def ran(call: Call) -> set[str]:
    with Trace() as trace:
        call.right()
    return {code.co_qualname for code in trace.lines}


X, K = np.ones((4, 4)), np.ones((2, 2))


def test_lines_are_those_of_public_calls() -> None:
    with Trace() as trace:
        passage._numbers((3,))  # nothing public is called
    assert not trace.lines
    assert any("Plan" in name for name in ran(Call("conv2d", (X, K), {})))
    assert trace.depth == 0


def test_a_detour_of_users_calls_is_in_the_table() -> None:
    """Code that calls run and certificates do not has to show."""

    def detour(x):
        return x

    code = detour.__code__.replace(co_filename=conv.__file__)
    detour.__code__ = code
    trace = Trace()

    def public(x):
        return detour(x)

    trace.public.add(public.__code__)
    with trace:
        detour(1)
    assert code not in trace.lines
    with trace:
        public(1)
    assert code in trace.lines


def test_every_public_function_is_called() -> None:
    named = {call.function for call in calls()}
    operations = {name for name in functions.__all__ if name != "Gradients"}
    assert named == operations


def test_a_wrong_answer_is_no_table() -> None:
    wrong = Call("conv2d", (X, K), {}, lambda: np.zeros((3, 3)))
    with pytest.raises(AssertionError, match="not what loops have"):
        wrong.right()


def test_the_table_has_every_line_and_counts_right_answers_alone(monkeypatch) -> None:
    answer = np.full((3, 3), 4.0)
    compared, other = Call("conv2d", (X, K), {}, lambda: answer), Call("conv2d", (X, K), {})
    monkeypatch.setattr(passage, "calls", lambda: iter((compared, other, other)))
    monkeypatch.setattr(passage, "certificates", lambda: None)
    for table in ready.TABLES:
        table.clear()
    rows = {(row.module, row.function): row for row in passage.uncovered()}
    assert all(row.lines == row.ran for row in rows.values())
    assert min(row.lines for row in rows.values()) == 1  # one line is left out as little as many
    assert max(row.calls for row in rows.values()) == 1  # the call that was compared
    monkeypatch.setattr(passage, "certificates", lambda: functions.conv2d(X, K))
    assert set(rows) > {(row.module, row.function) for row in passage.uncovered()}
