"""How arrays lie in memory is no part of the call."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from convproof.laws import oracle
from convproof.laws.case import MEMORY, Case
from convproof.laws.definition import fractional
from convproof.laws.law import EVERY, Broken, NotApplied, law
from convproof.laws.trial import Trial


@law(
    "memory-layout",
    "Only the numbers count: column order, negative or zero strides, offsets and read-only arrays "
    "change nothing.",
    "f(x) = f(copy x)",
    scope="session",
    source="a function of its arguments",
    runs=2,
    implied_by=("returns-an-answer", "shape", "definition"),
    kinds=EVERY,
)
def memory_layout(trial: Trial, case: Case) -> None:
    """The same call in every layout; stride 0 on each axis in turn."""
    laid_out, refused = list(_laid_out(case)), []
    for given in laid_out:
        try:
            values = trial.answer(given)
            trial.same(
                given, values, oracle.expected(given), fractions=fractional(given), note=False
            )
        except Broken as broken:
            raise broken.but(
                reason=f"with {given.memory} arrays: {broken.reason}", law=None
            ) from None
        except NotApplied as why:
            refused.append(str(why))
    if len(refused) == len(laid_out):
        raise NotApplied(refused[0])


def _laid_out(case: Case) -> Iterator[Case]:
    """The call in every layout but the plain one."""
    for memory in MEMORY[1:]:
        if memory != "broadcast":
            yield case.replace(memory=memory)
            continue
        # Equal pixels in a window would be a matter of ties: there, images and channels repeat.
        ties = case.kind == "max_pool" and case.backward
        for axis in (0, case.x.ndim - 1) if ties else range(case.x.ndim):
            repeated = {
                name: np.repeat(array.take([0], axis), array.shape[axis], axis)
                for name, array in case.arrays.items()
                if name in ("x", "dy")
            }
            yield case.replace(memory=memory, **repeated)
