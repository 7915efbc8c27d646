"""The forms in which functions want their padding, and what each of them can say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from convproof.conformance.target.binding import Binding
from convproof.laws.case import Case
from convproof.laws.op import Op
from convproof.spec import Pairs, resolve_axes

# form -> (the name for no padding, the name for as many outputs as strides), in any case
NAMED: Mapping[str, tuple[str, str]] = {
    "VALID": ("VALID", "SAME"),
    "valid": ("valid", "same"),
    "Valid": ("Valid", "Same"),
}
# What a function without a parameter for it may add all the same, at stride 1: extent -> (lo, hi).
BUILT_IN: Mapping[str, Callable[[int], tuple[int, int]]] = {
    "same built in": lambda extent: ((extent - 1) // 2, extent // 2),
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


def same_pads(
    space: Sequence[int], taps: Sequence[int], stride: Sequence[int], dilation: Sequence[int]
) -> Pairs:
    """The padding that "same" stands for: what is odd comes at the end."""
    axes = resolve_axes(tuple(taps), tuple(stride), tuple(dilation), "same", tuple(space))
    return tuple((axis.pad_lo, axis.pad_hi) for axis in axes)


def said_pads(
    form: str,
    space: Sequence[int],
    taps: Sequence[int],
    stride: Sequence[int],
    dilation: Sequence[int],
) -> Pairs:
    """The padding, where there is one at all, that a form can say: by name, or built in."""
    if form in BUILT_IN:
        return tuple(BUILT_IN[form](d * (k - 1) + 1) for k, d in zip(taps, dilation, strict=True))
    return same_pads(space, taps, stride, dilation)


def can_say(form: str, case: Case) -> bool:
    """Whether the case's padding is one that the form can say."""
    if form in BUILT_IN:
        return case.padding == said_pads(form, case.space, case.taps, case.stride, case.dilation)
    return form not in NAMED or has_name(case)


def has_name(case: Case) -> bool:
    """Whether the case's padding is none, or that of "same"."""
    if not any(map(any, case.padding)):
        return True
    return case.padding == same_pads(case.space, case.taps, case.stride, case.dilation)
