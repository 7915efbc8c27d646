"""The small calls by which a function is tried out: sizes that tell axes and channels apart."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from convproof.conformance.target.binding import Binding
from convproof.conformance.target.padding import BUILT_IN, NAMED, said_pads
from convproof.conformance.target.templates import Form
from convproof.laws.case import Case
from convproof.laws.op import WEIGHTED


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
_LEFT = Sizes((8, 8, 8), (3, 3, 3))  # with strides of 2, a pixel left over on each axis
_TILES = Sizes((6, 8, 6), (3, 2, 3))  # windows that are not square, and nothing left over


def example(
    binding: Binding,
    form: Form,
    *,
    plain: bool,
    sizes: Sizes = EXAMPLES[0],
    bias: bool = True,
) -> Case:
    """A call whose sizes all differ; with `plain`, stride 1 and no padding.

    The padding is one that the form can say; of planes, one image of one channel.
    """
    base, rank, backward = binding.named.kind, binding.named.rank, binding.named.backward
    roles = binding.roles
    step = 1 if plain or "stride" not in roles else 2
    pad = 0 if plain or "padding" not in roles else 1
    taps, space = sizes.taps[:rank], sizes.space[:rank]
    if base not in WEIGHTED and "stride" not in roles:
        taps = (2,) * rank if sizes == EXAMPLES[0] else taps
    taps = binding.window or taps
    kernel = bias_array = None
    images, depth, width = (1, 1, 1) if form.lift == "plain" else (2, 3, 5)
    x = np.arange(images * depth * np.prod(space)).reshape(images, *space, depth) % 7 - 3.0
    if form.depthwise:
        width = depth if "one" in form.depthwise else 2 * depth
        kernel = np.arange(width * np.prod(taps)).reshape(*taps, 1, width) % 5 - 2.0
        bias_array = np.arange(float(width)) if bias and "bias" in roles else None
    elif base in WEIGHTED:
        ends = (depth, width) if base == "conv" else (width, depth)
        kernel = np.arange(depth * width * np.prod(taps)).reshape(*taps, *ends) % 5 - 2.0
        bias_array = np.arange(float(width)) if bias and "bias" in roles else None
    steps = (step,) * rank if "stride" in roles or base in WEIGHTED or form.unit_stride else taps
    pads = ((pad, pad),) * rank
    case = Case(
        binding.op,
        x,
        kernel,
        bias_array,
        None,
        stride=steps,
        padding=pads,
        dilation=(1,) * rank,
        groups=depth if form.depthwise else 1,
        window=None if base in WEIGHTED else taps,
    )
    if (pad and form.padding in NAMED) or form.padding in BUILT_IN:
        case = case.replace(padding=said_pads(form, case))
    return _with_gradient(case) if backward else case


def spelled(binding: Binding, form: Form, rule: str, step: int = 1, taps: int = 3) -> Case:
    """A call whose padding is said by a word, with one number of taps on every axis."""
    sizes = Sizes((8, 10, 6), (taps,) * 3)
    case = example(binding, replace(form, padding="numbers"), plain=True, sizes=sizes)
    if "stride" in binding.roles:
        case = case.replace(stride=(step,) * case.rank)
    case = case.replace(spelled=rule).respelled
    return case if case.dy is None else _with_gradient(case)


def _with_gradient(case: Case) -> Case:
    shape = case.out_shape
    return case.replace(dy=np.arange(np.prod(shape)).reshape(shape) % 5 - 1.0)


def one_sided(binding: Binding, form: Form) -> Case:
    """A call whose padding differs between the two sides."""
    sizes = EXAMPLES[2] if {"window"} & form.ints else EXAMPLES[1]
    case = example(binding, form, plain=True, sizes=sizes)
    case = case.replace(padding=((0, 1), *((1, 0),) * (case.rank - 1)))
    return case if case.dy is None else _with_gradient(case)


def setting(binding: Binding, form: Form, role: str) -> Iterator[Case]:
    """Calls in which a role has a value of its own, the plainest first."""
    steps = (True, False) if role in ("stride", "dilation", "groups") else (False, True)
    for sizes, plain in itertools.product((EXAMPLES[0], _LEFT, EXAMPLES[2]), steps):
        case = example(binding, form, plain=plain, sizes=sizes, bias=False)
        twos = (2,) * case.rank
        if role == "stride":
            case = case.replace(stride=twos if case.stride != twos else (3,) * case.rank)
        elif role == "dilation":
            case = case.replace(dilation=twos)
        elif role == "groups" and case.kernel is not None:
            x = np.concatenate([case.x, case.x[..., :1] + 1], axis=-1)
            kernel = case.kernel[..., :2, :4] if binding.named.kind == "conv" else None
            if kernel is None:
                return  # groups of a transposed convolution are known by name alone
            case = case.replace(x=x, kernel=kernel, groups=2)
        elif role == "bias":
            case = example(binding, form, plain=plain, sizes=sizes)
        elif role == "padding":
            if form.padding in NAMED:
                pads = said_pads(form, case)
            else:
                pads = ((1, 1),) * case.rank
            case = case.replace(padding=pads)
        elif role == "output_padding":
            case = case.replace(output_padding=(1,) * case.rank)
        elif role == "ceil_mode":
            case = case.replace(ceil_mode=True)
        elif role == "count_include_pad":
            case = case.replace(count_include_pad=binding.defaults.get(role) is False)
        if any(len(set(role_sizes(case, name))) > 1 for name in form.ints):
            continue
        yield case if case.dy is None else _with_gradient(case)


def cast(case: Case, dtype: str) -> Case:
    """The call in another precision."""
    return case.replace(**{name: array.astype(dtype) for name, array in case.arrays.items()})


def role_sizes(case: Case, role: str) -> tuple[object, ...]:
    """The numbers that a role has in a call."""
    return tuple(getattr(case, role) or ())


def apart(binding: Binding, form: Form) -> Iterator[Case]:
    """Calls whose kernels differ per axis."""
    for sizes, plain in itertools.product((EXAMPLES[0], *_OBLONG, _TILES), (False, True)):
        tried = example(binding, form, plain=plain or sizes is _TILES, sizes=sizes)
        if sizes is _TILES and "stride" in binding.roles and tried.window is not None:
            tried = tried.replace(stride=tried.window)  # windows side by side
            tried = tried if tried.dy is None else _with_gradient(tried)
        if len(set(tried.taps)) == 1:
            continue
        if not any(len(set(role_sizes(tried, role))) > 1 for role in form.ints):
            yield tried
