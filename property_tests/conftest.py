"""`--target NAME`: which implementation the laws are held against."""

from __future__ import annotations

from pathlib import Path

import pytest

from convproof.conformance.run.pytest_plugin import law_parameters
from convproof.errors import ConvproofError

EXPECTED = Path(__file__).parent / "expected_failures"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("convproof")
    group.addoption("--target", default="convproof", help="what to hold to the laws")
    group.addoption("--law-examples", type=int, default=None, help="calls for each op")
    group.addoption("--law-seed", type=int, default=0, help="of everything drawn at random")
    group.addoption("--law-timeout", type=float, default=None, help="seconds for one call")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if not {"target", "check"} <= set(metafunc.fixturenames):
        return
    option = metafunc.config.getoption
    name = option("--target")
    file = EXPECTED / f"{name}.txt"
    try:
        parameters = law_parameters(
            name,
            expected_failures=file if file.exists() else None,
            timeout=option("--law-timeout"),
            examples=option("--law-examples"),
            seed=option("--law-seed"),
        )
    except ConvproofError as error:
        raise pytest.UsageError(f"--target {name}: {error}") from None
    metafunc.parametrize(("target", "check"), parameters)
