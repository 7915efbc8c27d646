"""The contents of the package, for type checkers, editors and `convproof.contents`."""

from convproof.conformance.report.result import CheckResult as CheckResult
from convproof.conformance.report.result import Failure as Failure
from convproof.conformance.run.engine import check as check
from convproof.conformance.run.pytest_plugin import (
    parametrize_with_laws as parametrize_with_laws,
)
from convproof.conformance.target.outcome import Outcome as Outcome
from convproof.conformance.target.resolve import resolve as resolve
from convproof.conformance.target.target import Target as Target
from convproof.laws.case import Case as Case
