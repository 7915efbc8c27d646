"""The laws as pytest tests: `parametrize_with_laws` for any suite.

All tests of one decorator share one run, made when the first of them asks for it; each test then
looks up what its law and op came to.  pytest is imported when the decorator is used, not before.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from convproof.conformance.report.expected import Entry, cut_short, read
from convproof.conformance.report.result import CheckResult
from convproof.conformance.report.text import failure_lines
from convproof.conformance.sandbox.isolated import opened
from convproof.conformance.target.target import Target
from convproof.errors import MissingExtra
from convproof.laws import LAWS
from convproof.laws.op import OPS


class LawBroken(AssertionError):
    """A law does not hold for the target; the message is the failure, whole."""


class SharedRun:
    """One run of the laws on a target, made once, when first asked for."""

    def __init__(self, target: Target, **options: Any) -> None:
        self.target = target
        self._options = options
        self._result: CheckResult | None = None
        self._lock = threading.Lock()

    def result(self) -> CheckResult:
        """What it came to."""
        with self._lock:
            if self._result is None:
                from convproof.conformance.run.engine import check

                try:
                    self._result = check(self.target, **self._options)
                finally:
                    self.target.close()
            return self._result


class LawCheck:
    """One law for one op: call it with the target, and it passes, skips, or raises `LawBroken`."""

    def __init__(self, run: SharedRun, law: str, op: str, known: bool = False) -> None:
        self._run, self.law, self.op, self.known = run, law, op, known

    def __repr__(self) -> str:
        return f"{self.op}-{self.law}"

    def __call__(self, target: Target | None = None) -> None:
        """Raise `LawBroken` if the law is broken; skip the test if it had nothing to judge."""
        __tracebackhide__ = True
        import pytest

        result = self._run.result()
        for failure in result.failures:
            if (failure.law, failure.op) == (self.law, self.op):
                raise LawBroken("\n".join(text for _, text in failure_lines(failure)))
        for item in result.exercises:
            if (item.law, item.op) != (self.law, self.op):
                continue
            if item.status == "broken":
                raise LawBroken(f"{self.op} breaks the law {self.law!r}: {item.reason}")
            if item.status != "held":
                pytest.skip(f"{item.status}: {item.reason}" if item.reason else item.status)
            if self.known and cut_short(result, self.op):
                pytest.skip("expected to fail; the time budget ended before it could")
            return
        pytest.skip("the run did not judge it")


def law_parameters(
    target: Target | str,
    *,
    ops: Iterable[str] | None = None,
    laws: Iterable[str] | None = None,
    expected_failures: Mapping[Entry, str] | str | Path | None = None,
    timeout: float | None = None,
    layout: str | None = None,
    conventions: Mapping[str, Any] | None = None,
    **options: Any,
) -> list[Any]:
    """`pytest.param`s (target, check), one for each law and op; see `parametrize_with_laws`."""
    try:
        import pytest
    except ImportError:
        raise MissingExtra.of("pytest", "check", "parametrize_with_laws") from None
    found = opened(target, timeout=timeout, layout=layout)
    if conventions:
        declared = found.conventions.declared() | dict(conventions)
        found.conventions = type(found.conventions).of(declared)
    wanted = [op for op in OPS if op in found.ops and (ops is None or op in set(ops))]
    chosen = LAWS.select(laws)
    known: Mapping[Entry, str] = {}
    if isinstance(expected_failures, (str, Path)):
        known = read(Path(expected_failures))
    elif expected_failures is not None:
        known = expected_failures
    run = SharedRun(found, ops=wanted, laws=laws, **options)
    parameters = []
    for op in wanted:
        for law in LAWS.values():
            if law.id not in chosen or not law.applies(op):
                continue
            marks = []
            if (law.id, op) in known:
                # strict: an entry whose law holds is stale, and an error
                reason = known[law.id, op]
                marks = [pytest.mark.xfail(strict=True, raises=LawBroken, reason=reason)]
            parameters.append(
                pytest.param(
                    found, LawCheck(run, law.id, op, bool(marks)), id=f"{op}-{law.id}", marks=marks
                )
            )
    return parameters


def parametrize_with_laws(
    target: Target | str,
    *,
    ops: Iterable[str] | None = None,
    laws: Iterable[str] | None = None,
    expected_failures: Mapping[Entry, str] | str | Path | None = None,
    timeout: float | None = None,
    layout: str | None = None,
    conventions: Mapping[str, Any] | None = None,
    **options: Any,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Parametrise a test over the laws, as scikit-learn's `parametrize_with_checks` does.

    The test takes `target` and `check`, and calls `check(target)`:

        @convproof.parametrize_with_laws("mine.py:conv2d")
        def test_laws(target, check):
            check(target)

    Args:
        target: a `Target` or anything `resolve` takes.
        ops: the ops to judge; all the target has, by default.
        laws: law ids or families; all, by default.
        expected_failures: (law, op) -> reason, or a file of lines `LAW OP  # reason`: those
            tests must fail; one that does not is an error.
        timeout: seconds for one call; the target then runs in a process of its own.
        layout: "channels_first" or "channels_last"; None finds it out.
        conventions: what is declared, as for `Target`.
        options: `examples` and `seed`, as for `convproof.check`.

    Raises:
        TargetError: the target cannot be found, loaded or understood.
        MissingExtra: pytest is not installed.
    """
    parameters = law_parameters(
        target,
        ops=ops,
        laws=laws,
        expected_failures=expected_failures,
        timeout=timeout,
        layout=layout,
        conventions=conventions,
        **options,
    )
    import pytest

    mark: Any = pytest.mark.parametrize(("target", "check"), parameters)

    def decorate(test: Callable[..., Any]) -> Callable[..., Any]:
        decorated: Callable[..., Any] = mark(test)
        return decorated

    return decorate
