"""The laws count windows themselves: a fault in the package's own sizes is seen, and only there."""

import itertools
import subprocess
import sys

import pytest

from convproof import reference
from convproof.errors import SpecError
from convproof.laws.axis import Axis

FAULTS = {
    "one window more where pixels are left over": (
        "return true(self, size) + bool("
        "(size + self.pad_lo + self.pad_hi - self.extent) % self.stride)"
    ),
    "ceil mode keeps a window that starts in the padding": (
        "room = size + self.pad_lo + self.pad_hi - self.extent\n"
        "    return room // self.stride + 1 + (self.ceil_mode and room % self.stride > 0)"
    ),
    "ceil mode does nothing": "return true(spec.replace(self, ceil_mode=False), size)",
}


def verdicts(fault: str) -> list[str]:
    """Whether the laws hold for convproof, and for code of the test, once `fault` is planted."""
    code = f"""
import dataclasses
from convproof import spec
spec.replace = dataclasses.replace
true = spec.Axis.output_size
def wrong(self, size):
    {fault}
spec.Axis.output_size = wrong
from convproof.conformance.run.engine import check
from convproof.conformance.target.target import Target
from tests.laws.plain_right import conv2d, max_pool2d
from tests.laws.ceiling import max_pool2d_ceil
right = Target("right", conv2d=conv2d, max_pool2d=max_pool2d_ceil)
laws = ["returns-an-answer", "shape", "definition"]
for target in ("convproof", right):
    print(check(target, ops=["conv2d", "max_pool2d"], laws=laws, examples=150).ok)
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return told.stdout.split()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_package_is_red_for_it_and_green_for_others(fault):
    assert verdicts(FAULTS[fault]) == ["False", "True"]


def test_without_a_fault_both_are_green():
    assert verdicts("return true(self, size)") == ["True", "True"]


def test_two_ways_of_counting_agree():
    for size, k, s, d, lo, hi, ceil in itertools.product(
        range(1, 7), range(1, 4), (1, 2, 3), (1, 2), (0, 1, 2), (0, 1), (False, True)
    ):
        axis = Axis(k, s, d, lo, hi, ceil)
        want = reference.output_size(axis, size)
        if want:
            assert axis.output_size(size) == want
        else:
            with pytest.raises(SpecError):
                axis.output_size(size)
