"""Finding out by small calls how a function wants to be spoken to: layout, tuples or ints, bias."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from convproof.conformance.target.capture import guarded
from convproof.conformance.target.invoke import Manner, arguments, invoke, native_arrays
from convproof.conformance.target.layouts import LAYOUTS
from convproof.conformance.target.outcome import TargetNonsense
from convproof.conformance.target.padding import BUILT_IN, NAMED, forms_of, said_pads
from convproof.conformance.target.params import EXTRA, Param
from convproof.conformance.target.signatures import Binding
from convproof.laws.case import Array, Case
from convproof.laws.op import Op
from convproof.laws.trial import shapes


@dataclass(frozen=True)
class Sizes:
    """The sizes of an example: all different where they can be, so that no two are mistaken."""

    space: tuple[int, ...] = (7, 10, 6)
    taps: tuple[int, ...] = (3, 2, 3)


# What some functions insist on: square kernels, square images too, no pixel left over, 1 x 1.
EXAMPLES = (
    Sizes(),
    Sizes(taps=(3, 3, 3)),
    Sizes((9, 9, 9), (3, 3, 3)),
    Sizes((8, 8, 8), (2, 2, 2)),
    Sizes(taps=(1, 1, 1)),
)


_OBLONG = (Sizes(taps=(2, 3, 2)), Sizes((10, 10, 10)))
_TILES = Sizes((6, 8, 6), (3, 2, 3))  # windows that are not square, and nothing left over


def example(
    op: str,
    binding: Binding,
    *,
    plain: bool,
    bias: bool = True,
    sizes: Sizes = EXAMPLES[0],
    padding: str = "numbers",
    single: bool = False,
    unread: frozenset[str] = frozenset(),
    unit_stride: bool = False,
) -> Case:
    """A call whose sizes all differ; with `plain`, stride 1 and no padding.

    The padding is one that its form can say; with `single`, one image of one channel; what is
    `unread` stays at its default.
    """
    named = Op.of(op)
    base, rank, backward = named.kind, named.rank, named.backward
    roles = binding.roles
    step = 1 if plain or "stride" not in roles else 2
    pad = 0 if plain or "padding" not in roles or "padding" in unread else 1
    taps, space = sizes.taps[:rank], sizes.space[:rank]
    if base != "conv" and "stride" not in roles:
        taps = (2,) * rank if sizes == EXAMPLES[0] else taps
    kernel = bias_array = None
    images, depth, width = (1, 1, 1) if single else (2, 3, 5)
    x = np.arange(images * depth * np.prod(space)).reshape(images, *space, depth) % 7 - 3.0
    if base == "conv":
        kernel = np.arange(depth * width * np.prod(taps)).reshape(*taps, depth, width) % 5 - 2.0
        bias_array = np.arange(float(width)) if bias and "bias" in roles else None
        depth = width
    stride = (step,) * rank if "stride" in roles or base == "conv" or unit_stride else taps
    pads = ((pad, pad),) * rank
    if (pad and padding in NAMED) or padding in BUILT_IN:
        pads = said_pads(padding, space, taps, stride, (1,) * rank)
    case = Case(
        op,
        x,
        kernel,
        bias_array,
        None,
        stride=stride,
        padding=pads,
        dilation=(1,) * rank,
        window=None if base == "conv" else taps,
    )
    if not backward:
        return case
    shape = (images, *case.out_space, depth)
    return case.replace(dy=np.arange(np.prod(shape)).reshape(shape) % 5 - 1.0)


def _int_choices(binding: Binding, padding: str) -> Iterator[frozenset[str]]:
    """Which roles to give as one int: none, all, then every other set of them."""
    fixed = frozenset(binding.ints)
    options = [
        role
        for role in ("window", "stride", "padding", "dilation")
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


def _shapes_fit(binding: Binding, case: Case, manner: Manner) -> bool | None:
    """True if the call gave the right shape, False if a wrong one, None if it failed."""
    outcome = invoke(binding, case, manner).outcome
    right = shapes(case)
    found = [
        value.shape == shape
        for value, shape in zip(outcome.values or (), right, strict=False)
        if value is not None
    ]
    return found[0] if found else None


def _examples(binding: Binding, manner: Manner, plain_only: bool, ones: bool) -> Iterator[Case]:
    """The plainest call last: what a function has to be asked for at all comes first."""
    known = EXAMPLES[-1:] if ones else EXAMPLES[:-1]
    single = manner.lift == "plain"
    for sizes in known:
        for plain in (True,) if plain_only else (False, True):
            yield example(
                binding.op,
                binding,
                plain=plain,
                sizes=sizes,
                padding=manner.padding,
                single=single,
                unread=manner.unread,
                unit_stride=manner.unit_stride,
            )


def find_manner(
    binding: Binding,
    start: Manner,
    layouts: Sequence[str] = LAYOUTS,
    *,
    plain_only: bool = False,
    ones: bool = False,
) -> tuple[Manner | None, bool]:
    """The manner in which the function gives the right shape, else one in which it answers.

    None if it answers in no manner at all; and whether the shape was right. With `ones`, of a
    kernel of one number alone, which tells little.
    """
    answering: Manner | None = None
    plainly: Manner | None = None  # right, but its padding was not tried: another form may take it
    forms = (start.padding,) if start.padding in BUILT_IN else forms_of(binding)
    for dtype, form in itertools.product(("float64", "float32"), forms):
        if dtype != "float64" and (answering is not None or plainly is not None):
            break  # it is for functions that take nothing else
        begin = replace(start, padding=form)
        for found in _examples(binding, begin, plain_only, ones):
            arrays = {name: array.astype(dtype) for name, array in found.arrays.items()}
            case = found.replace(**arrays)
            narrow = {name: array.astype("float32") for name, array in found.arrays.items()}
            for ints in _int_choices(binding, form):
                if any(len(set(_role(case, role))) > 1 for role in ints):
                    continue  # one number cannot say it
                for layout in layouts:
                    manner = replace(begin, layout=layout, ints=ints)
                    # A first call that settles the precision of all others is to settle a low one.
                    _shapes_fit(binding, found.replace(**narrow), manner)
                    fits = _shapes_fit(binding, case, manner)
                    if fits:
                        only = "" if dtype == "float64" else dtype
                        found_manner = replace(manner, only=only)
                        square = _square_only(binding, case, found_manner)
                        found_manner = replace(found_manner, square=square)
                        if plain_only or any(map(any, case.padding)) or len(forms) == 1:
                            return found_manner, True
                        plainly = plainly or found_manner
                    if fits is False and answering is None:
                        answering = manner
    return (answering, False) if plainly is None else (plainly, True)


def _square_only(binding: Binding, case: Case, manner: Manner) -> bool:
    """Whether kernels of one size on all axes are a limit of the function, not a fault of it.

    `case` is the first call it answered rightly.  A convolution may take the size from one axis of
    the weights and say so in its documentation: it fails, or never looks at what lies beyond.
    One that reads both sizes and answers wrongly for them is to be judged by them.  So is a pool
    that takes a pair: only an error that it raises itself, a refusal, is a limit; or that it takes
    one number as well, and no more than one of a pair.
    """
    one_size = len(set(case.taps)) == 1 < len(case.taps)
    if "window" in manner.ints or not one_size or max(case.taps) == 1:
        return False
    limited = False
    number = replace(manner, ints=manner.ints | {"window"})
    apart = "window" in binding.separate
    one_number = not apart and bool(_shapes_fit(binding, case, number))
    for tried in _oblong(binding, case, manner):
        outcome = invoke(binding, tried, manner).outcome
        limited |= outcome.refused
        if outcome.values is None:
            continue
        if tried.kernel is None:
            if not (one_number and _reads_one(binding, tried, manner, outcome.values[0])):
                return False
            limited = True
            continue
        least = min(tried.taps)
        beyond = np.array(tried.kernel)
        beyond[tuple(slice(least if k > least else 0, None) for k in tried.taps)] += 8
        other = invoke(binding, tried.replace(kernel=beyond), manner).outcome.values
        same, answer = None if other is None else other[0], outcome.values[0]
        if same is None or answer is None or not np.array_equal(same, answer):
            return False
    return case.kind == "conv" or limited


def _reads_one(binding: Binding, case: Case, manner: Manner, answer: Array | None) -> bool:
    """Whether a pool answers as for a square window: it takes a pair, and one number of it."""
    squares = [case.replace(window=(size,) * len(case.taps)) for size in case.taps]
    found = [invoke(binding, same, manner).outcome.values for same in squares]
    return answer is not None and any(
        values is not None and values[0] is not None and np.array_equal(values[0], answer)
        for values in found
    )


def _oblong(binding: Binding, case: Case, manner: Manner) -> Iterator[Case]:
    """Calls whose kernels differ per axis, in the precision of `case`."""
    for sizes, plain in itertools.product((EXAMPLES[0], *_OBLONG, _TILES), (False, True)):
        tried = example(
            binding.op,
            binding,
            plain=plain or sizes is _TILES,
            sizes=sizes,
            padding=manner.padding,
            single=manner.lift == "plain",
            unread=manner.unread,
            unit_stride=manner.unit_stride,
        )
        if sizes is _TILES and "stride" in binding.roles and case.window is not None:
            tried = _tiling(tried)
        if len(set(tried.taps)) == 1 or any(len(set(_role(tried, r))) > 1 for r in manner.ints):
            continue
        yield tried.replace(**{name: a.astype(case.x.dtype) for name, a in tried.arrays.items()})


def _tiling(case: Case) -> Case:
    """The call with windows side by side."""
    assert case.window is not None
    tiled = case.replace(stride=case.window)
    if case.dy is None:
        return tiled
    shape = (len(case.x), *tiled.out_space, case.x.shape[-1])
    return tiled.replace(dy=np.arange(np.prod(shape)).reshape(shape) % 5 - 1.0)


def _role(case: Case, role: str) -> tuple[object, ...]:
    return tuple(getattr(case, role) or ())


def takes_no_bias(binding: Binding, manner: Manner) -> bool:
    """True if the function can be called without a bias (None, or the argument left out).

    One that returns something, whatever it is, can be: what it returned is then to be judged.
    """
    if "bias" not in binding.roles:
        return True
    single, without = manner.lift == "plain", replace(manner, bias_none=True)
    for sizes in EXAMPLES:
        case = example(
            binding.op,
            binding,
            plain=True,
            bias=False,
            sizes=sizes,
            single=single,
            padding=manner.padding,
        )
        if any(len(set(_role(case, role))) > 1 for role in manner.ints):
            continue
        outcome = invoke(binding, case, without).outcome
        if outcome.values is not None or isinstance(outcome.error, TargetNonsense):
            return True
    return False


def learn_keys(binding: Binding, start: Manner) -> frozenset[str]:
    """Note what keys a param dict is asked for, beyond those that every one has.

    Returns the roles that it seems not to be asked for at all.
    """
    reader = binding.forward_binding or binding
    if "param" not in {*reader.positional, *reader.keywords}:
        return frozenset()
    reader.param_keys = EXTRA
    asked: set[str] = set()
    unread: list[frozenset[str]] = []
    every = {role for role in ("window", "stride", "padding", "dilation") if role in reader.roles}
    for ints in (frozenset[str](), frozenset(every)):
        case = example(reader.op, reader, plain=False, sizes=EXAMPLES[1])
        manner = replace(start, ints=ints)
        args, kwargs = arguments(reader, case, native_arrays(case, manner.layout), manner)
        with guarded(), contextlib.suppress(Exception, SystemExit):
            reader.function(*args, **kwargs)
        for item in (*args, *kwargs.values()):
            if isinstance(item, Param):
                asked |= item.asked()
                unread.append(item.unread())
    reader.param_keys = frozenset(asked)
    binding.param_keys = reader.param_keys
    return frozenset.intersection(*unread)


def unread_roles(binding: Binding, manner: Manner) -> frozenset[str]:
    """What a function with a param dict never looks up in it: parameters it does not have."""
    reader = binding.forward_binding or binding
    if "param" not in {*reader.positional, *reader.keywords}:
        return frozenset()
    case = example(reader.op, reader, plain=False)
    args, kwargs = arguments(reader, case, native_arrays(case, manner.layout), manner)
    with guarded(), contextlib.suppress(Exception, SystemExit):
        reader.function(*args, **kwargs)
    params = [item for item in (*args, *kwargs.values()) if isinstance(item, Param)]
    return params[0].unread() if params else frozenset()
