"""`--quick SECONDS`: one test of every file first, then another of each, as long as time lasts."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable
from typing import TypeVar

import pytest

Item = TypeVar("Item")


def in_turn(groups: Iterable[list[Item]]) -> list[Item]:
    """The first of each group, then the second of each, and so on.

    >>> in_turn([["a1", "a2", "a3"], ["b1"], ["c1", "c2"]])
    ['a1', 'b1', 'c1', 'a2', 'c2', 'a3']
    """
    gone = object()
    rounds = itertools.zip_longest(*groups, fillvalue=gone)
    return [item for some in rounds for item in some if item is not gone]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", type=float, metavar="SECONDS", help="what can be run by then")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_BEGAN] = time.monotonic()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--quick") is not None:
        files: dict[str, list[pytest.Item]] = {}
        for item in items:
            if item.get_closest_marker("slow") is None:
                files.setdefault(str(item.path), []).append(item)
        items[:] = in_turn(files.values())


def pytest_runtest_setup(item: pytest.Item) -> None:
    limit = item.config.getoption("--quick")
    if limit is not None and time.monotonic() - item.config.stash[_BEGAN] > limit:
        pytest.skip("time is up")


_BEGAN = pytest.StashKey[float]()
