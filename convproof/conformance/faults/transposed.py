"""A transposed convolution seen as the gradients of the convolution that it transposes.

Its result is that convolution's gradient of the input, its own gradient of the input that
convolution's result, and the two gradients of the kernel are one. So every explanation of a
convolution is one of a transposed convolution, under other names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from convproof.conformance.faults.ask import Asked
from convproof.conformance.faults.catalogue.arguments import changed
from convproof.conformance.faults.catalogue.catalogue import Edit
from convproof.conformance.faults.explanation import Diagnosis
from convproof.laws import oracle
from convproof.laws.case import Array, Case
from convproof.laws.op import Op

SEEN = {"y": "dx", "dx": "y", "dkernel": "dkernel"}  # a result's name there
NAMES = {"dx": "grad_x", "y": "y", "dkernel": "grad_w"}
LOST = ("bias", "asymmetric_padding")


def seen(case: Case, result: str) -> Case:
    """The convolution's call whose result `SEEN[result]` is this one's `result`."""
    bare = case.replace(bias=None, output_padding=())
    if result == "y":
        return case.base
    assert case.dy is not None
    if result == "dx":
        return bare.replace(op=str(Op("conv", case.rank)), x=case.dy, dy=None)
    return case.base.replace(x=case.dy)


BORDERED = (
    "what output_padding adds to y is a border without the kernel's terms",
    "output_padding makes the result larger before padding is cut: windows reach into it",
)


def summed(case: Case, got: Array) -> Diagnosis | None:
    """What the gradient of the bias adds up instead of every pixel of every image."""
    assert case.dy is not None
    over = tuple(range(case.dy.ndim - 1))
    each = case.dy.astype(float).sum(axis=over[1:])  # of every image
    pixels = float(np.prod(case.dy.shape[1:-1]))
    for text, made in (
        ("grad_b is averaged over the batch", each.mean(axis=0)),
        ("grad_b is averaged over the output positions", each.sum(axis=0) / pixels),
        ("grad_b is averaged over batch and positions", each.mean(axis=0) / pixels),
        ("grad_b counts the last batch item only", each[-1]),
        ("grad_b counts the first batch item only", each[0]),
    ):
        if got.shape == made.shape and np.allclose(got, made, rtol=1e-5):
            return Diagnosis(text, "dy.sum(axis=(0, 2, 3)): every pixel of every image, once")
    return None


def bordered(case: Case, good: Array, got: Array | None) -> bool:
    """Whether y is right but for the rows that output_padding adds, which hold the bias or zero."""
    if got is None or got.shape != good.shape or not any(case.output_padding):
        return False
    inner = tuple(slice(None, -more if more else None) for more in case.output_padding)
    bias = 0.0 if case.bias is None else case.bias
    for fill in (bias, 0.0):
        made = np.broadcast_to(np.asarray(fill, good.dtype), good.shape).copy()
        made[(slice(None), *inner)] = good[(slice(None), *inner)]
        if np.allclose(made, got, rtol=1e-6) and not np.allclose(made, good, rtol=1e-6):
            return True
    return False


def argued(case: Case, got: Array | None) -> Diagnosis | None:
    """The mistake with an argument that gives this y, of another size than is right too."""
    if got is None:
        return None
    swapped = _exchanged(case, got)
    if swapped is not None:
        return swapped
    for name, look, edit in MISTAKEN:
        other = edit(case)
        if other is None:
            continue
        try:
            if not got.size:  # an empty result has no numbers to tell mistakes apart by
                if tuple(max(n, 0) for n in other.out_space) == got.shape[1:-1]:
                    return Diagnosis(name, look)
                continue
            made = oracle.expected(other)[0]
        except ValueError:  # no such layer
            continue
        if made is not None and made.shape == got.shape and np.allclose(made, got, rtol=1e-6):
            return Diagnosis(name, look)
    return None


def _exchanged(case: Case, got: Array) -> Diagnosis | None:
    """Whether groups and dilation were taken for each other, or groups for 1."""
    assert case.kernel is not None
    whole = len(set(case.dilation)) == 1 and case.x.shape[-1] % case.dilation[0] == 0
    tries = []
    if whole and case.groups != case.dilation[0]:
        text = "groups and dilation exchanged", "the order in which the arguments are passed on"
        tries.append((text, case.dilation[0], (case.groups,) * case.rank))
    if case.groups > 1:
        tries.append((("groups ignored", "how many groups there are: 1 here"), 1, case.dilation))
    for (name, look), groups, dilation in tries:
        # w is (C_in, C_out/groups, ...): the same array is one of other groups
        width, inputs = case.kernel.shape[-2], case.x.shape[-1]
        bias = np.zeros(width * groups) if case.bias is not None else None
        other = case.replace(groups=groups, dilation=dilation, bias=bias)
        try:
            made = oracle.expected(other)[0] if case.kernel.shape[-1] == inputs else None
        except ValueError:
            continue
        if made is None or made.shape != got.shape or made.shape == case.out_shape:
            continue
        flat = got if case.bias is None else got - _bias(case, got)
        if np.allclose(made, flat, rtol=1e-6):
            return Diagnosis(name, look)
    return None


def _bias(case: Case, got: Array) -> Array:
    """What may have been added to each channel: as many of the bias as there are channels."""
    assert case.bias is not None
    return np.resize(np.asarray(case.bias, float), got.shape[-1])


def _turned(name: str) -> tuple[str, str, Edit]:
    return (
        f"H and W of {name} swapped",
        "the order in which the numbers of the axes are unpacked or passed on",
        changed(**{name: lambda c: getattr(c, name)[::-1]}),
    )


MISTAKEN: tuple[tuple[str, str, Edit], ...] = (
    ("output_padding ignored", "the size: (H - 1) S - 2P + D (K - 1) + output_padding + 1",
     changed(output_padding=lambda c: ())),
    ("dilation ignored", "the distance between taps: it is 1 in this code path",
     changed(dilation=lambda c: (1,) * c.rank)),
    ("padding ignored", "padding cuts the result at both ends",
     changed(padding=lambda c: ((0, 0),) * c.rank)),
    ("stride ignored", "the zeros between the pixels of x: S - 1",
     changed(stride=lambda c: (1,) * c.rank, output_padding=lambda c: ())),
    ("padding cut at the start only", "both ends lose P",
     changed(padding=lambda c: tuple((lo, 0) for lo, _ in c.padding))),
    ("padding cut at the end only", "both ends lose P",
     changed(padding=lambda c: tuple((0, hi) for _, hi in c.padding))),
    ("padding cut twice", "each end loses P once",
     changed(padding=lambda c: tuple((2 * lo, 2 * hi) for lo, hi in c.padding))),
    ("stride and dilation swapped", "the order of the arguments",
     changed(stride=lambda c: c.dilation, dilation=lambda c: c.stride)),
    *map(_turned, ("stride", "padding", "dilation", "output_padding")),
)  # fmt: skip


@dataclass(frozen=True)
class Values:
    """What a call came to, as far as explanations look."""

    values: tuple[Array | None, ...] | None
    error: BaseException | None = None
    refused: bool = False
    inputs_written: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    changed_later: tuple[str, ...] = ()
    disturbed: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True)
class Turned:
    """The target as an implementation of the convolution, for one of its results."""

    target: Asked
    op: str
    result: str

    @property
    def layout(self) -> str:
        """The target's."""
        return self.target.layout

    def accepts(self, op: str, parameter: str) -> bool:
        """What the transposed convolution takes; no bias, which is none of the convolution's."""
        return parameter not in LOST and self.target.accepts(self.op, parameter)

    def call(self, case: Case) -> Values:
        """The call turned round."""
        forward = self.result == "y"
        given = self._given(case)
        if given is None:
            return Values(None)
        values = self.target.call(given).values
        if not values:
            return Values(None)
        if forward:
            return Values((values[0], None, None))
        return Values((values[0],) if self.result == "dx" else (None, values[1], None))

    def _given(self, case: Case) -> Case | None:
        out = case.out_space if case.dy is None else tuple(case.dy.shape[1:-1])
        sizes = zip(case.space, case.axes, out, strict=True)
        more = tuple(n - a.input_size(count) for n, a, count in sizes)
        if min(more) < 0 or any(m >= s for m, s in zip(more, case.stride, strict=True)):
            return None
        if any(more) and not self.target.accepts(self.op, "output_padding"):
            return None
        kernel = case.kernel
        assert kernel is not None
        x = case.dy
        if x is None:
            x = np.ones((len(case.x), *out, kernel.shape[-1]), case.x.dtype)
        dy = None if self.result == "y" else case.x
        op = Op.of(self.op)
        name = str(Op(op.kind, op.rank, backward=self.result != "y"))
        return case.replace(op=name, x=x, dy=dy, bias=None, output_padding=more)


def told(found: list[Diagnosis], result: str) -> list[Diagnosis]:
    """Explanations of the convolution's result in the words of the transposed one's."""
    there, here = NAMES[SEEN[result]], NAMES[result]
    others = {"grad_x", "grad_w"} - {there}
    fit = [item for item in found if not any(name in item.name for name in others)]
    return [
        replace(
            item,
            name=_renamed(item.name, there, here),
            look=_renamed(item.look, there, here),
        )
        for item in fit
    ]


def _renamed(text: str, there: str, here: str) -> str:
    return " ".join(_kept(word, there, here) for word in text.split(" "))


def _kept(word: str, old: str, new: str) -> str:
    bare = word.rstrip(":,;)")
    return new + word[len(bare) :] if bare in (old, SEEN.get(new)) else word
