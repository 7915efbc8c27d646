"""Finding the adapter of a function by small calls: the plainest template that answers rightly."""

from __future__ import annotations

import contextlib
import functools
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from convproof.conformance.target import habits, params
from convproof.conformance.target.adapter import Adapter
from convproof.conformance.target.arrays import kinds_of
from convproof.conformance.target.binding import Binding
from convproof.conformance.target.capture import At, OutOfPatienceError, begins, guarded, patient
from convproof.conformance.target.choices import SIZES, examples, int_choices, liftable
from convproof.conformance.target.examples import (
    EXAMPLES,
    Sizes,
    apart,
    cast,
    example,
    one_sided,
    role_sizes,
)
from convproof.conformance.target.experiments import as_documented, with_options
from convproof.conformance.target.invoke import arguments, invoke, native_arrays
from convproof.conformance.target.layouts import LAYOUTS
from convproof.conformance.target.outcome import Outcome, TargetNonsense, TargetTimeout
from convproof.conformance.target.padding import BUILT_IN, NAMED, forms_of
from convproof.conformance.target.templates import DEPTHWISE, Form, described, write
from convproof.conformance.target.words import Words
from convproof.conformance.target.wrapper import wrapper_of
from convproof.laws import oracle
from convproof.laws.case import PARAMETERS, Array, Case
from convproof.laws.op import WEIGHTED
from convproof.laws.trial import shapes

LIFTS = ("image", "plain")  # (C, *space) or (*space, C); (*space) alone
PATIENCE = 8000  # calls that a function refuses, in all ways of making them together


def adapter_of(binding: Binding, form: Form) -> Adapter:
    """The adapter of one form, and what calls of it can say."""
    source, parameters = write(binding, form)
    base = binding.named.kind
    return Adapter(
        binding.op,
        source,
        parameters,
        {name: shown for name, (shown, _) in binding.objects.items()},
        takes=_takes(binding, form, base),
        absent=binding.absent,
        ignored=binding.ignored,
        layout=form.layout,
        array=form.array,
        padding=form.padding if form.padding in (*NAMED, *BUILT_IN) else "any",
        words=dict(form.words),
        same=form.same,
        needs_bias=form.bias == "zeros",
        wide_bias=form.wide_bias,
        lifted=form.lift,
        depthwise=form.depthwise and ("one filter" if "one" in form.depthwise else "filters"),
        window=binding.window,
        default_stride="one" if form.unit_stride or binding.unit_default else "window",
        stride_by_default=binding.may_leave_stride,
        written=described(binding, form),
    )


def _takes(binding: Binding, form: Form, base: str) -> frozenset[str]:
    """The parameters that calls may set."""
    roles = binding.roles
    takes = {name for name in PARAMETERS[base] if name in roles}
    takes |= {"padding", "unequal_padding"} if form.padding in BUILT_IN else set()
    takes |= {"asymmetric_padding"} if form.padding != "numbers" else set()
    takes |= {f"{word}_padding" for word, _ in form.words}
    takes |= {f"unequal_{role}" for role in SIZES if role in roles and role not in form.ints}
    return frozenset(takes | ({"unequal_window"} if base in WEIGHTED else set()))


class Probe:
    """Tries forms of one function."""

    def __init__(self, binding: Binding) -> None:
        self.binding = binding
        self.objects = {name: item for name, (_, item) in binding.objects.items()}
        self.by_shape = False  # whether a shape is enough to know a function with filters by
        self._made: dict[Form, tuple[Adapter, Any]] = {}
        self.form: Form | None = None  # in which it answered rightly
        self._refused = 0  # calls

    def call(self, form: Form, case: Case) -> Outcome:
        """One call in a form."""
        if form not in self._made:
            adapter = adapter_of(self.binding, form)
            with guarded():
                self._made[form] = adapter, adapter.function(self.objects)
        adapter, function = self._made[form]
        with patient():
            outcome = invoke(adapter, function, case).outcome
        begins(At.LOOK)
        if isinstance(outcome.error, TargetTimeout):
            raise outcome.error  # a function that hangs is not asked again how it likes it
        return outcome

    def rebound(self, keywords: Mapping[str, str], defaults: Mapping[str, Any]) -> None:
        """Other roles for the function's parameters from here on."""
        self.binding.keywords, self.binding.defaults = keywords, defaults
        self._made.clear()

    # -- what a dict is asked for -------------------------------------------------------------

    def learn(self, forms: Sequence[Form]) -> None:
        """Note which keys a param dict is asked for."""
        reader = self.binding.reader
        if "param" not in reader.own:
            return
        base, rank = reader.named.kind, reader.named.rank
        asked: set[str] = set()
        noting = functools.partial(params.Asked, asked)
        objects = {name: item for name, (_, item) in reader.objects.items()}
        for form in forms:
            adapter = adapter_of(reader, replace(form, spied=True))
            case = example(reader, form, plain=False, sizes=EXAMPLES[1])
            quietly = contextlib.suppress(Exception, SystemExit, OutOfPatienceError)
            with guarded(), quietly, patient():
                function = adapter.function({**objects, "Asked": noting})
                function(*arguments(case, adapter, native_arrays(case, form.layout)))
        known = params.every(base, rank)
        reader.asked = frozenset(asked & known)
        settled = bool(reader.asked) and len(forms) == 1  # by the form that fits
        reader.held = reader.asked | (frozenset() if settled else params.usual(base))
        self._made.clear()

    # -- the search ---------------------------------------------------------------------------

    def best(
        self,
        start: Form,
        layouts: Sequence[str] = LAYOUTS,
        *,
        plain: bool = False,
        last: bool = True,
    ) -> tuple[Adapter | None, bool]:
        """The adapter by which the function gives the right shape, else one by which it answers.

        None if it answers by none at all; and whether the shape was right. With `plain`, of stride
        1 and no padding alone; without `last`, a kernel of one number is not tried.
        """
        try:
            return self._best(start, layouts, plain, last)
        except TargetTimeout:
            return None, False

    def _best(
        self, start: Form, layouts: Sequence[str], plain: bool, last: bool
    ) -> tuple[Adapter | None, bool]:
        every = frozenset(r for r in SIZES if r in self.binding.reader.roles)
        usual = replace(start, ints=self.binding.ints)
        self.learn([usual, replace(start, ints=every)])
        first: Form | None = None
        for number, begin in enumerate(self._ways(usual)):
            self.by_shape = begin.depthwise.startswith("filters") and self._says_depthwise
            found, case, dtype = self._find(begin, layouts, plain)
            if case is not None and found is not None:
                return self._finished(found, case, dtype), True
            first = found if number == 0 else first
        if last:  # whatever pads by itself answers a kernel of one number like everybody else
            found, case, dtype = self._find(usual, layouts, plain, ones=True)
            if case is not None and found is not None:
                return self._finished(found, case, dtype), True
            first = first or found
        return (None if first is None else adapter_of(self.binding, first)), False

    def _ways(self, start: Form) -> Iterator[Form]:
        """The ways of speaking to a function, the usual ones first."""
        binding = self.binding
        conv, roles = binding.named.kind in WEIGHTED, binding.roles
        wrapper = wrapper_of(binding.function)
        whole = wrapper is not None and wrapper.whole
        lifts = ("", *LIFTS) if liftable(binding) and not whole else ("",)
        kinds = kinds_of(self.objects.values()) if start.array == "numpy" else (start.array,)
        for array in kinds:
            begin = replace(start, array=array)
            yield from (replace(begin, lift=lift) for lift in lifts)
            if conv and "bias" in roles:
                yield replace(begin, wide_bias=True)
            if roles & {"stride", "window"} and not binding.separate & {"stride", "window"}:
                yield replace(begin, all_axes=True)
            if not conv and not roles & {"stride", "param"}:
                yield from (replace(begin, unit_stride=True, lift=lift) for lift in lifts)
            if binding.named.kind == "conv" and not roles & {"padding", "stride", "param"}:
                for lift in lifts:
                    yield replace(begin, padding="same built in", lift=lift)
                yield replace(begin, padding="full built in")
            if not whole:
                yield from self._depthwise(begin)

    def _depthwise(self, start: Form) -> Iterator[Form]:
        """The ways in which kernels of one filter a channel lie."""
        if self.binding.named.kind == "conv" and "groups" not in self.binding.roles:
            lifts = ("", "image") if liftable(self.binding) else ("",)
            for laid, lift in itertools.product(DEPTHWISE, lifts):
                yield replace(start, depthwise=laid, lift=lift)

    @property
    def _says_depthwise(self) -> bool:
        """Whether its name says that its filters see one channel each."""
        names = f"{self.binding.called} {self.binding.about}".lower()
        return re.search("depth_?wise|for each channel", names) is not None

    def _find(
        self, start: Form, layouts: Sequence[str], plain_only: bool, ones: bool = False
    ) -> tuple[Form | None, Case | None, str]:
        """(the form, the case that it answered in the right shape, the one dtype it takes).

        Without a case, a form in which the function answers at least; None if in none.
        """
        binding = self.binding
        answering: Form | None = None
        plainly: tuple[Form, Case, str] | None = None  # right, but its padding was not tried
        forms = (start.padding,) if start.padding in BUILT_IN else forms_of(binding)
        for dtype, padding in itertools.product(("float64", "float32"), forms):
            if self._refused > PATIENCE:
                break  # what refused so many calls of all kinds is not meant to be called like this
            if dtype != "float64" and (answering is not None or plainly is not None):
                break  # it is for functions that take nothing else
            begin = replace(start, padding=padding)
            only = "" if dtype == "float64" else dtype
            for wide in examples(binding, begin, plain_only, ones):
                case, narrow = cast(wide, dtype), cast(wide, "float32")
                for ints in int_choices(binding, padding):
                    if any(len(set(role_sizes(case, role))) > 1 for role in ints):
                        continue  # one number cannot say it
                    for layout in layouts:
                        form = replace(begin, layout=layout, ints=ints)
                        # A first call that settles the precision of others is to settle a low one.
                        self.call(form, narrow)
                        fits = self._fits(form, case)
                        if fits:
                            if plain_only or any(map(any, case.padding)) or len(forms) == 1:
                                return form, case, only
                            plainly = plainly or (form, case, only)
                        self._refused += fits is None
                        if fits is False and answering is None:
                            answering = form
        return (answering, None, "") if plainly is None else plainly

    def _fits(self, form: Form, case: Case) -> bool | None:
        """True if the call gave the right shape, False if a wrong one, None if it failed."""
        values = self.call(form, case).values or ()
        if form.depthwise and not self.by_shape and values and values[0] is not None:
            right = oracle.expected(case)[0]
            return values[0].shape == right.shape and bool(np.allclose(values[0], right, rtol=1e-4))
        found = [
            value.shape == shape
            for value, shape in zip(values, shapes(case), strict=False)
            if value is not None
        ]
        return found[0] if found else None

    # -- what else there is to know -----------------------------------------------------------

    def _finished(self, form: Form, case: Case, only: str) -> Adapter:
        """The adapter of the form that fits, with all that further calls can tell."""
        known = adapter_of(self.binding, form).but(only=only)
        try:
            form = as_documented(self, form, case)
            square = self._square_only(form, case)
            form = self._place(form) if form.padding in BUILT_IN else form
            self.learn([form])
            form = replace(form, wide_bias=form.wide_bias or self._wide_gradient(form, case))
            if not self._takes_no_bias(form, only):
                form = replace(form, bias="zeros")
            form = Words(self).learnt(form, only)
            form = with_options(self, form, only)
            habit = habits.learnt(self, form, only)
            says, only = frozenset({"single"} if habit != only else ()), habit
            sides = form.padding == "numbers" and self._takes_sides(form, only)
        except TargetTimeout:
            return known  # it hangs where it was not asked before: that is to be judged
        self.form = form
        adapter = adapter_of(self.binding, form).but(only=only, square=square, says=says)
        takes = adapter.takes - ({"unequal_window"} if square else set())
        return adapter.but(takes=takes | ({"asymmetric_padding"} if sides else set()))

    def _takes_sides(self, form: Form, only: str) -> bool:
        """Whether padding that differs between two sides is understood as pairs (lo, hi)."""
        separate = {"padding"} & (form.ints | self.binding.separate)
        if "padding" not in self.binding.roles or separate or form.lift == "plain":
            return False
        case = cast(one_sided(self.binding, form), only or "float64")
        values = self.call(form, case).values
        return values is not None and all(
            value is None or (value.shape == right.shape and np.allclose(value, right))
            for value, right in zip(values, oracle.expected(case), strict=False)
        )

    def _wide_gradient(self, form: Form, case: Case) -> bool:
        """Whether the gradient of a bias comes with the axes of a result."""
        values = self.call(form, case).values
        if values is None or len(values) < 3 or values[2] is None or case.bias is None:
            return False
        return not form.lift and values[2].shape == (*(1,) * (case.rank + 1), len(case.bias))

    def _place(self, form: Form) -> Form:
        """Which padding is built in, where several give as many outputs: whose numbers come."""
        causal = ("padding before built in",) * habits.says_causal(self.binding)
        for padding in (form.padding, "padding after built in", *causal):
            tried = replace(form, padding=padding)
            case = example(self.binding, tried, plain=True, sizes=EXAMPLES[1])
            values = self.call(tried, case).values
            if values is not None and values[0] is not None:
                right = oracle.expected(case)[0]
                if values[0].shape == right.shape and np.array_equal(values[0], right):
                    return tried
        return form

    def _takes_no_bias(self, form: Form, only: str) -> bool:
        """True if the function can be called without a bias (None, or the argument left out).

        One that returns something, whatever it is, can be: what it returned is then to be judged.
        """
        if "bias" not in self.binding.roles:
            return True
        for sizes in EXAMPLES:
            case = example(self.binding, form, plain=True, sizes=sizes, bias=False)
            if any(len(set(role_sizes(case, role))) > 1 for role in form.ints):
                continue
            outcome = self.call(form, cast(case, only or "float64"))
            if outcome.values is not None or isinstance(outcome.error, TargetNonsense):
                return True
        return False

    def _square_only(self, form: Form, case: Case) -> bool:
        """Whether kernels of one size on all axes are a limit of the function, not a fault of it.

        `case` is the first call it answered rightly.  A convolution may take the size from one axis
        of the weights and say so in its documentation: it fails, or never looks at what lies
        beyond.  One that reads both sizes and answers wrongly for them is to be judged by them.  So
        is a pool that takes a pair: only an error that it raises itself, a refusal, is a limit; or
        that it takes one number as well, and no more than one of a pair.
        """
        one_size = len(set(case.taps)) == 1 < len(case.taps)
        if "window" in form.ints or not one_size or max(case.taps) == 1:
            return False
        limited = False
        number = replace(form, ints=form.ints | {"window"})
        separate = "window" in self.binding.separate
        one_number = case.kernel is None and not separate and bool(self._fits(number, case))
        for tried in apart(self.binding, form):
            tried = cast(tried, case.x.dtype.name)
            outcome = self.call(form, tried)
            limited |= outcome.refused
            if outcome.values is None:
                continue
            if tried.kernel is None:
                if not (one_number and self._reads_one(form, tried, outcome.values[0])):
                    return False
                limited = True
                continue
            least = min(tried.taps)
            beyond = np.array(tried.kernel)
            beyond[tuple(slice(least if k > least else 0, None) for k in tried.taps)] += 8
            other = self.call(form, tried.replace(kernel=beyond)).values
            same, answer = None if other is None else other[0], outcome.values[0]
            if same is None or answer is None or not np.array_equal(same, answer):
                return False
        return (case.kernel is not None or limited) and not self._counts_both(form, case)

    def _counts_both(self, form: Form, case: Case) -> bool:
        """Whether a kernel of one row or column gives the right sizes: then both sides are read.

        NumPy stretches an axis of one, so that an answer comes where larger kernels fail.
        """
        if case.kernel is None:
            return False
        for taps in ((3, 1, 2), (1, 3, 2)):
            sizes = Sizes(taps=taps)
            thin = cast(example(self.binding, form, plain=True, sizes=sizes), case.x.dtype.name)
            values = self.call(form, thin).values
            due = zip(values or (), shapes(thin), strict=False)
            if values and all(value is None or value.shape == shape for value, shape in due):
                return True
        return False

    def _reads_one(self, form: Form, case: Case, answer: Array | None) -> bool:
        """Whether a pool answers as for a square window: it takes a pair, and one number of it."""
        squares = [case.replace(window=(size,) * len(case.taps)) for size in case.taps]
        found = [self.call(form, same).values for same in squares]
        return answer is not None and any(
            values is not None and values[0] is not None and np.array_equal(values[0], answer)
            for values in found
        )
