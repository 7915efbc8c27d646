"""`--quick SECONDS`: as many tests as fit, by what each took in earlier runs (`quick`)."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from tests import quick

ROOT = Path(__file__).parents[1]
STORED = ROOT / "tests" / "seconds.json"
CACHED = "convproof/seconds"  # of runs in this tree, in pytest's cache


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", type=float, metavar="SECONDS", help="what can be run by then")
    parser.addoption("--seconds", action="store_true", help=f"note in {STORED.name} what each took")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_BEGAN] = time.monotonic()
    config.stash[_TOOK] = {}
    config.pluginmanager.register(Timed(config))


def known(config: pytest.Config) -> quick.Took:
    """What tests took, as it came with the tree, and in runs since."""
    stored: quick.Took = json.loads(STORED.read_text()) if STORED.exists() else {}
    cache = getattr(config, "cache", None)
    cached = {} if cache is None else cache.get(CACHED, {})
    return {file: {**stored.get(file, {}), **cached.get(file, {})} for file in {**stored, **cached}}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    limit = config.getoption("--quick")
    if limit is not None:
        workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
        items[:] = quick.chosen(items, known(config), limit * workers)


def pytest_runtest_setup(item: pytest.Item) -> None:
    limit = item.config.getoption("--quick")
    if limit is not None and time.monotonic() - item.config.stash[_BEGAN] > limit:
        pytest.skip("time is up")


class Timed:
    """Notes what each test takes, in the process that hears of all of them."""

    def __init__(self, config: pytest.Config) -> None:
        self.config, self.took = config, config.stash[_TOOK]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.outcome == "passed" and report.when in ("setup", "call"):
            self.took.setdefault(report.nodeid, {})[report.when] = report.duration

    def pytest_sessionfinish(self) -> None:
        if hasattr(self.config, "workerinput") or not getattr(self.config, "cache", None):
            return
        took = quick.merged(known(self.config), self.took)
        took = {file: times for file, times in took.items() if (ROOT / file).exists()}
        self.config.cache.set(CACHED, took)
        if self.config.getoption("--seconds"):
            STORED.write_text(quick.written(took))


_BEGAN = pytest.StashKey[float]()
_TOOK = pytest.StashKey[dict[str, dict[str, float]]]()
