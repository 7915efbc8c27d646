"""What is known of one op of a target: for the worker, for scripts and for the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from convproof.laws.case import PARAMETERS
from convproof.laws.op import Op

if TYPE_CHECKING:
    from convproof.conformance.target.target import Target


def describe_op(target: Target, op: str) -> dict[str, Any]:
    """How an op of a target is called and what it takes, JSON-ready; tries it where it has to."""
    known = PARAMETERS[Op.of(op).kind]
    manner, binding = target.manner(op), target.binding(op)
    about = {
        "accepts": [p for p in known if target.accepts(op, p)],
        "lacks": [p for p in known if not target.accepts(op, p)],
        "one_int_for": sorted(manner.ints),
        "without_bias": manner.bias_none,
        "padding": manner.padding,
        "lift": manner.lift,
        "only": manner.only,
        "square": manner.square,
        "wide_bias": manner.wide_bias,
        "all_axes": manner.all_axes,
        "unit_stride": manner.unit_stride,
        "array": manner.array,
        "claims_half": target.claims_half(op),
        "left_at_default": list(binding.ignored),
        "roles": sorted(binding.roles),
        **binding.plan(target.names.get(op)),
    }
    if binding.forward_binding is not None:
        forward = str(Op.of(op).forward)
        about["forward"] = binding.forward_binding.plan(target.names.get(forward))
    return about
