"""The public functions of a stand-alone pooling layer."""

from __future__ import annotations

from math import prod

from convproof.derive.step import Derivation
from convproof.derive.symbols import AXIS_NAMES
from convproof.emit.face import Face, as_call, size_lines
from convproof.emit.prelude import EXACTLY, PEAK, PRELUDE, mean, numbers
from convproof.lower.program import Program
from convproof.schedules import REGISTRY
from convproof.spec import AvgPool, MaxPool


def pool_face(spec: MaxPool | AvgPool, derivation: Derivation) -> Face:
    """The programs that the layer runs, and what calls them."""
    top = isinstance(spec, MaxPool)
    back = REGISTRY["argmax" if top else "banded"]
    called = {
        "forward": REGISTRY["tap"].lower(derivation, "forward"),
        "gradient_x": back.lower(derivation, "gradient x"),
    }
    calls = {
        name: as_call(program, {"space": "x.shape[1:-1]", "block": "out_space[0]"})
        for name, program in called.items()
    }
    text = [_prepare(spec, derivation, called["forward"])]
    if top:
        head = [PRELUDE, numbers(False), PEAK, EXACTLY]
        ahead = f"    return {calls['forward']}"
        sent = f"""\
    bound = {prod(spec.window)} * peak(dy)
    dx = exactly(lambda dy: {calls["gradient_x"]}, dy.dtype, bound, dy)
    return dx.astype(dy.dtype, copy=False)"""
    else:
        head = [PRELUDE, numbers(True), PEAK, mean(prod(spec.window))]
        ahead = f'    return mean(lambda x: {calls["forward"]}, "x", x)'
        sent = f'    return mean(lambda dy: {calls["gradient_x"]}, "dy", dy)'
    text.append(f'''\
@np.errstate(all="ignore")
def forward(x: Any) -> Array:
    """x (N, *space, C) -> y (N, *out, C)."""
    x, out_space = prepare(x)
{ahead}
''')
    text.append(f'''\
@np.errstate(all="ignore")
def backward(dy: Any, x: Any) -> Array:
    """The gradient for x, of dy (N, *out, C)."""
    x, out_space = prepare(x)
    dy = numbers("dy", dy)
    expect("dy", dy, (len(x), *out_space, x.shape[-1]))
{sent}
''')
    return Face(head, list(called.values()), text)


def _prepare(spec: MaxPool | AvgPool, derivation: Derivation, forward: Program) -> str:
    names = ", ".join(AXIS_NAMES[spec.rank])
    refusal, sizes = size_lines(spec, derivation, "x")
    empty = ""
    if isinstance(spec, MaxPool) and max(spec.dilation) > 1:
        # Only a dilated window can pass over the whole image.
        empty = f"""
    ones = np.ones((1, {names}, 1))
    if x.dtype.kind in "iu" and {as_call(forward, {"x": "ones"})}.min() < 1:
        raise ValueError("a window holds padding only, and integers have no -inf: give floats")"""
    return f'''\
def prepare(x: Any) -> tuple[Array, tuple[int, ...]]:
    """x as an array, and the output's size."""
    x = numbers("x", x)
    if x.ndim != {spec.rank + 2} or x.shape[-1] < 1:
        raise ValueError(f"x has shape {{x.shape}}: wanted is (N, {names}, C)")
{refusal}
{sizes}{empty}
    return x, out_space
'''
