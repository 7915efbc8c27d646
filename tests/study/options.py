"""Studies in small."""

from __future__ import annotations


def all_of(found, results=None):
    """Run a study in this process."""
    results = {} if results is None else results
    while cells := [cell for cell in found.wanted(results) if cell not in results]:
        for cell in cells:
            results[cell] = found.evaluate(cell)
    assert found.remaining(results) == 0
    return found.report(results)
