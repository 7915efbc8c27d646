"""A call of integers that is wrong, and right with the same numbers as floats."""

from __future__ import annotations

import numpy as np

from convproof.conformance.faults.ask import Asked, answers
from convproof.conformance.faults.explanation import Diagnosis, matches, result_of
from convproof.laws import oracle
from convproof.laws.case import Case

LOOK = "the dtype of what is kept on the way: x.astype(float) first, or a result of the kernel's"


def typed(case: Case, target: Asked) -> list[Diagnosis]:
    """What becomes of an image of integers under a real kernel, where floats are answered rightly.

    Its results are cut to whole numbers, or wrap as those of the image's type do.
    """
    kernel = case.kernel
    if kernel is None or case.x.dtype.kind not in "iu" or kernel.dtype.kind != "f":
        return []
    due = oracle.expected(case)[0]
    by_floats = answers(target, case.replace(x=case.x.astype(kernel.dtype)))
    plain = None if by_floats is None else result_of(case, by_floats, "y")
    found = answers(target, case)
    got = None if found is None else result_of(case, found, "y")
    if plain is None or matches(due, plain) is None or got is None:
        return []
    whole = bool((got == np.round(got)).all())
    how = "cut to whole numbers" if whole else "of another type"
    name = (
        f"an image of {case.x.dtype} is convolved in its own dtype: sums are {how}, or wrap; the "
        "same numbers as floats are right"
    )
    return [Diagnosis(name, LOOK)]
