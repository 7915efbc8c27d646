"""A transposed convolution seen as the gradients of the convolution that it transposes.

Its result is that convolution's gradient of the input, its own gradient of the input that
convolution's result, and the two gradients of the kernel are one. So every explanation of a
convolution is one of a transposed convolution, under other names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from convproof.conformance.faults.ask import Asked
from convproof.conformance.faults.explanation import Diagnosis
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
    return new + word[len(bare) :] if bare == old else word
