"""Parameters whose names say nothing: what they are, by what becomes of a result they change.

`gap=1` may be a stride, a dilation or groups, `round_up=False` a rule for sizes: a call is made in
which each would have another value, and the one whose result comes is the one that it is.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np

from convproof.conformance.target.binding import Binding
from convproof.conformance.target.examples import EXAMPLES, cast, example, role_sizes, setting
from convproof.conformance.target.outcome import Outcome
from convproof.conformance.target.padding import NAMED
from convproof.conformance.target.signatures import parameters_of
from convproof.conformance.target.sources import unwrapped
from convproof.conformance.target.templates import Form
from convproof.laws import oracle
from convproof.laws.case import PARAMETERS, Array, Case

ENOUGH = 0.5  # the share of right numbers by which a function with a mistake in it is known
Values = Sequence[Array | None] | None


class Asker(Protocol):
    """Who makes the calls: a `probe.Probe`."""

    binding: Binding
    form: Form | None

    def call(self, form: Form, case: Case, /) -> Outcome:
        """One call in a form."""

    def rebound(self, keywords: Mapping[str, str], defaults: Mapping[str, Any], /) -> None:
        """Other roles for the function's parameters from here on."""


def with_options(probe: Asker, form: Form, only: str) -> Form:
    """The form in which every parameter that could be told is said; the binding has its role.

    Args:
        probe: of the function; its binding is added to.
        form: in which the function answers rightly.
        only: the one dtype it takes, if so.
    """
    binding = probe.binding
    if form.lift == "plain":
        return form  # of single planes there is too little to tell roles apart
    known = {p.name: p for p in parameters_of(binding.function) or ()}
    for name in binding.ignored:
        p = known.get(name)
        if p is None or p.default is p.empty or p.kind is p.POSITIONAL_ONLY:
            continue
        for role, spoken in _candidates(binding, p.default, form):
            before = binding.keywords, binding.defaults
            probe.rebound({**before[0], role: name}, {**before[1], role: p.default})
            if _is_it(probe, spoken, form, role, before, only):
                binding.taken = {**binding.taken, name: role}
                form = spoken
                break
            probe.rebound(*before)
    binding.ignored = tuple(name for name in binding.ignored if name not in binding.taken)
    return form


def as_documented(probe: Asker, form: Form, case: Case) -> Form:
    """The form, with one number for what the function's text calls an int and nothing else.

    Two numbers for it may be answered all the same: `np.pad(x, (1, 0))` is before each axis.
    """
    binding = probe.binding
    text = (getattr(unwrapped(binding.function), "__doc__", None) or "").lower()
    for role in ("stride", "padding", "dilation"):
        name = str(binding.keywords.get(role, "")).lower()
        found = re.search(rf"\b{re.escape(name)}\s*:\s*(an? )?int(eger)?\b([^\n;]*)", text)
        if not name or found is None or role in form.ints or role in binding.separate:
            continue
        if re.search(r"\bor\b|\||tuple|pair|per axis|each axis|sequence", found[3]):
            continue
        one = replace(form, ints=form.ints | {role})
        if role not in binding.roles or len(set(role_sizes(case, role))) > 1:
            continue
        if alike(probe.call(one, case).values, oracle.expected(case)) >= ENOUGH:
            form = one
    return form


def _candidates(binding: Binding, default: Any, form: Form) -> Iterator[tuple[str, Form]]:
    """Each role that a parameter of that default may have, with the form that says it."""
    open_ = [role for role in PARAMETERS[binding.named.kind] if role not in binding.roles]
    one = default[0] if isinstance(default, (tuple, list)) and default else default
    if isinstance(default, str):
        for named, (none, same) in NAMED.items():
            if default in (none, same) and "padding" in open_ and form.padding == "numbers":
                yield "padding", replace(form, padding=named)
        return
    roles: tuple[str, ...] = ()
    if isinstance(one, bool):
        roles = ("ceil_mode", "count_include_pad")
    elif one is None or (type(one) is int and one > 1):
        roles = ("stride",) if binding.named.backward else ("stride", "bias")
    elif type(one) is int:
        roles = ("padding", "output_padding") if one == 0 else ("stride", "dilation", "groups")
    for role in roles:
        if role not in open_ or (role == "padding" and form.padding != "numbers"):
            continue
        ints = [frozenset[str]()]  # one number an axis comes first: it says more
        if role in ("stride", "dilation", "padding", "output_padding"):
            ints.append(frozenset({role}))
        for more in ints:
            yield role, replace(form, ints=form.ints | more)


def _is_it(
    probe: Asker,
    spoken: Form,
    form: Form,
    role: str,
    before: tuple[Mapping[str, str], Mapping[str, Any]],
    only: str,
) -> bool:
    """Whether results follow the parameter as they would follow that role."""
    binding = probe.binding
    for case in setting(binding, spoken, role):
        case = cast(case, only or "float64")
        right = oracle.expected(case)
        with_it = probe.call(spoken, case).values
        share = alike(with_it, right)
        if share < ENOUGH:
            continue
        after = binding.keywords, binding.defaults
        probe.rebound(*before)
        without = probe.call(form, _unset(case, role)).values
        probe.rebound(*after)
        if share > alike(without, right):
            return True
    return False


def _unset(case: Case, role: str) -> Case:
    """The same call as it is made where nothing is said of the role."""
    if role == "bias":
        return case.replace(bias=None)
    return case.replace(groups=1) if role == "groups" else case


def is_op(probe: Asker, only: str) -> bool:
    """Whether half of the numbers of a small call are right, of the kernel as it is or turned."""
    form = probe.form
    if form is None:
        return False
    for sizes, plain in itertools.product(EXAMPLES[:3], (True, False)):
        case = example(probe.binding, form, plain=plain, sizes=sizes)
        if any(len(set(role_sizes(case, role))) > 1 for role in form.ints):
            continue
        case = cast(case, only or "float64")
        values = probe.call(form, case).values
        turned = case
        if case.kernel is not None:
            turned = case.replace(kernel=np.flip(case.kernel, tuple(range(case.rank))).copy())
        if values and max(alike(values, oracle.expected(c)) for c in (case, turned)) >= ENOUGH:
            return True
    return False


def alike(values: Values, right: Values) -> float:
    """The share of right numbers in what a call gave; 0 where a shape is wrong.

    >>> alike((np.array([1.0, 2.0]),), (np.array([1.0, 3.0]),))
    0.5
    """
    shares = []
    for value, due in zip(values or (), right or (), strict=False):
        if due is None or value is None:
            continue
        if value.shape != due.shape:
            return 0.0
        scale = max(1.0, float(np.abs(due).max(initial=0)))
        with np.errstate(invalid="ignore"):
            shares.append(float(np.mean(np.abs(value - due) <= 1e-3 * scale)) if due.size else 1.0)
    return min(shares, default=0.0)
