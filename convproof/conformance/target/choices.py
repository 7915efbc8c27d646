"""What a function is tried out by, in order: numbers as one or as several, examples, lifts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from convproof.conformance.target.binding import Binding
from convproof.conformance.target.examples import EXAMPLES, example
from convproof.conformance.target.templates import Form
from convproof.laws.case import Case

SIZES = ("window", "stride", "padding", "dilation", "output_padding")


def liftable(binding: Binding) -> bool:
    """Whether its calls can be taken apart: those through a cache cannot."""
    alone = not binding.uses_cache and "out" not in binding.roles
    return alone and "x" in binding.positional[:4]


def int_choices(binding: Binding, padding: str) -> Iterator[frozenset[str]]:
    """Which roles to give as one int: none, all, then every other set of them."""
    fixed = frozenset(binding.ints)
    options = [
        role
        for role in SIZES
        if role in binding.roles
        and role not in fixed
        and role not in binding.separate
        and not (role == "padding" and padding != "numbers")
    ]
    sets = [
        frozenset(chosen)
        for size in range(len(options) + 1)
        for chosen in itertools.combinations(options, size)
    ]
    order = [sets[0], sets[-1], *sets[1:-1]] if len(sets) > 1 else sets
    return (fixed | chosen for chosen in order)


def examples(binding: Binding, form: Form, plain_only: bool, ones: bool) -> Iterator[Case]:
    """The plainest call last: what a function has to be asked for at all comes first."""
    for sizes in EXAMPLES[-1:] if ones else EXAMPLES[:-1]:
        for plain in (True,) if plain_only else (False, True):
            yield example(binding, form, plain=plain, sizes=sizes)
