"""The forms in which functions want their padding, and what each of them can say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from convproof.conformance.target.binding import Binding
from convproof.laws import by_name
from convproof.laws.axis import Axis
from convproof.laws.by_name import USUAL
from convproof.laws.case import Case, Pairs
from convproof.laws.op import Op

# form -> (the name for no padding, the name for as many outputs as strides), in any case
NAMED: Mapping[str, tuple[str, str]] = {
    "VALID": ("VALID", "SAME"),
    "valid": ("valid", "same"),
    "Valid": ("Valid", "Same"),
}
# What a function without a parameter for it may add all the same, at stride 1: extent -> (lo, hi).
BUILT_IN: Mapping[str, Callable[[int], tuple[int, int]]] = {
    "same built in": lambda extent: ((extent - 1) // 2, extent // 2),
    "padding before built in": lambda extent: (extent - 1, 0),
    "padding after built in": lambda extent: (0, extent - 1),
    "full built in": lambda extent: (extent - 1, extent - 1),
}
SIDES = "sides"  # one parameter or key for each side: nothing to find out
FORMS = ("numbers", "pairs", "flat", *NAMED)


def forms_of(binding: Binding) -> tuple[str, ...]:
    """The forms to try, by the parameter's default: the first is the likeliest.

    "numbers": an int or one an axis. "pairs": (lo, hi) an axis, as in JAX. "flat": all lo, then
    all hi, as in ONNX. "VALID" and "valid": by name.
    """
    if any(role.endswith("_lo") for role in binding.parts):
        return (SIDES,)
    if "padding" not in binding.roles or "padding" in binding.separate:
        return FORMS[:1]
    default = binding.defaults.get("padding")
    if isinstance(default, str):
        return ("VALID",) if default.isupper() else ("Valid",) if default.istitle() else ("valid",)
    if isinstance(default, Sequence) and default:
        if all(isinstance(item, Sequence) and len(item) == 2 for item in default):
            return ("pairs", "numbers")
        rank = Op.of(binding.op).rank
        if len(default) == 2 * rank:
            return ("flat", "numbers")
    return ("numbers",) if default is not None or "param" in binding.roles else FORMS


class Layer(Protocol):
    """A call, or the sizes of one."""

    @property
    def kind(self) -> str:
        """One of `op.KINDS`."""

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The window on each axis."""

    @property
    def space(self) -> tuple[int, ...]:
        """Input pixels on each axis."""


class Spoken(Protocol):
    """What an adapter and a form know of how padding is said."""

    @property
    def padding(self) -> str:
        """What can be said."""

    @property
    def same(self) -> str:
        """The rule of `by_name` that "same" stands for."""


def same_pads(layer: Layer, rule: str = USUAL) -> Pairs:
    """The padding that "same" stands for.

    Of a transposed convolution, whose output then has a stride of pixels for each input pixel;
    none where windows are shorter than the stride.
    """
    stride, extents = [a.stride for a in layer.axes], [a.extent for a in layer.axes]
    if layer.kind != "conv_transpose":
        return by_name.pads(rule, layer.space, extents, stride)
    if any(e < s for e, s in zip(extents, stride, strict=True)):
        return ((0, 0),) * len(stride)
    made = [n * s for n, s in zip(layer.space, stride, strict=True)]
    return by_name.pads(rule, made, extents, stride)


def said_pads(spoken: Spoken, layer: Layer) -> Pairs:
    """The padding, where there is one at all, that can be said: by name, or built in."""
    if spoken.padding in BUILT_IN:
        return tuple(BUILT_IN[spoken.padding](axis.extent) for axis in layer.axes)
    return same_pads(layer, spoken.same)


def can_say(spoken: Spoken, case: Case) -> bool:
    """Whether the case's padding is one that can be said."""
    if spoken.padding in BUILT_IN:
        return case.padding == said_pads(spoken, case)
    return spoken.padding not in NAMED or has_name(case, spoken.same)


def has_name(case: Case, rule: str = USUAL) -> bool:
    """Whether the case's padding is none, or that of "same"."""
    return not any(map(any, case.padding)) or case.padding == same_pads(case, rule)
