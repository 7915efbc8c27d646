"""Activations (10.6): Y = act(V) entry by entry, and dL/dV = dL/dY act'(V)."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Derivative, Expr, IndexedBase, Max, Piecewise, S, exp, tanh

from convproof.derive.chain import Chain
from convproof.derive.loss import letters
from convproof.derive.symbols import DY, Limit, V
from convproof.spec import Activation


def activate(value: Expr, name: Activation) -> Expr:
    """The activation of one pre-activation; ReLU's derivative at 0 is declared to be 0."""
    if name == "relu":
        return Max(S.Zero, value)
    if name == "tanh":
        return tanh(value)
    return 1 / (1 + exp(-value))


def activation_chain(free: Sequence[Limit], name: Activation) -> Chain:
    """The gradient by the pre-activation, from the gradient by the activated output."""
    place = letters(free)
    start = DY[place] * Derivative(activate(V[place], name), V[place], evaluate=False)
    chain = Chain("gradient preactivation", IndexedBase("dV")[place], tuple(free), start)
    # Max's own derivative is a Heaviside step, which leaves its value at 0 open: here it is 0.
    step = Piecewise((S.One, V[place] > 0), (S.Zero, True))
    slope = step if name == "relu" else activate(V[place], name).diff(V[place])
    chain.move("differentiate", DY[place] * slope, f"the derivative of {name}, entry by entry")
    if name == "sigmoid":
        y = activate(V[place], name)
        chain.move("write with the output", DY[place] * y * (1 - y), "s' = s (1 - s)")
    return chain
