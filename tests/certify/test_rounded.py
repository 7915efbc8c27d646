"""The floating transforms are compared too, and what is kept of a kernel that was written to."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from convproof.certify.rounded import rounded
from convproof.generated import conv1d
from convproof.lower import recurring, transforms
from convproof.schedules import REGISTRY


@pytest.fixture(autouse=True)
def nothing_kept():
    recurring._local.__dict__.clear()
    yield
    recurring._local.__dict__.clear()


def test_every_schedule_that_rounds_is_named() -> None:
    verdict, compared = rounded(1)
    assert verdict.holds
    assert compared > 10000
    names = [one.name for one in REGISTRY.values() if one.exact != "integer"]
    assert len(names) > 4
    assert all(name in verdict.reason for name in names)


def stale(one: Any, two: Any) -> bool:
    return True


def forgetful(make: Any, array: Any, matrix: Any) -> Any:
    """By the array alone, whatever it is to be made into."""
    return KEPT(make, array, (1,))


def more_in_double(make: Any, array: Any, matrix: Any) -> Any:
    found = KEPT(make, array, matrix)
    return found * (1 + 0.5 * (found.dtype.char == "D"))


def turned_only(array: Any, *args: Any, turned: bool = False) -> Any:
    """The conjugate of a complex array forgotten."""
    if array.dtype.kind == "c" and turned:
        return SPECTRUM(array.conj(), *args, turned=True)
    return SPECTRUM(array, *args, turned=turned)


def ungapped(array: Any, first: int, sizes: Any, gap: Any = (), turned: bool = False) -> Any:
    return SPECTRUM(array, first, sizes, tuple(min(one, 2) for one in gap), turned)


def around(array: Any, first: int, sizes: Any, gap: Any = (), turned: bool = False) -> Any:
    """A tile's pixels that the kernel reaches beyond its outputs left out, in floats alone."""
    if array.dtype.kind != "O" and array.ndim > 4:
        array = array[:, :, :, :-1]
    return SPECTRUM(array, first, sizes, gap, turned)


KEPT, SPECTRUM = recurring.kept, transforms.spectrum
FAULTS = {
    "a kernel that was written to": (recurring, "same", stale),
    "looked up by too little": (conv1d, "kept", forgetful),
    "half as much more in double": (conv1d, "kept", more_in_double),
    "a complex kernel not conjugated": (conv1d, "spectrum", turned_only),
    "gaps beyond two": (conv1d, "spectrum", ungapped),
    "a tile cut short in floats": (conv1d, "spectrum", around),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_wrong_in_floats_alone_is_refused(name: str, monkeypatch) -> None:
    monkeypatch.setattr(*FAULTS[name])
    try:
        verdict = rounded(1)[0]
    except ValueError:  # another shape than can be multiplied
        return
    assert verdict.refuted


def test_a_half_is_no_rounding(monkeypatch) -> None:
    right = transforms.restored

    def wrong(*args: Any) -> Any:
        found = right(*args)
        found.flat[-1] += 1
        return found

    monkeypatch.setattr(conv1d, "restored", wrong)
    assert "fft" in rounded(1)[0].reason
    assert np.isfinite(rounded(1)[1])
