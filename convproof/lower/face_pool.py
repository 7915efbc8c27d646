"""The public functions of a stand-alone pooling layer."""

from __future__ import annotations

from dataclasses import replace
from math import prod

from convproof.derive.step import Derivation
from convproof.derive.symbols import AXIS_NAMES
from convproof.lower.face import Face, as_call, size_lines
from convproof.lower.modules import avg_pool_programs, max_pool_programs
from convproof.lower.prelude import EXACTLY, PEAK, PRELUDE, mean, numbers
from convproof.lower.program import Program
from convproof.spec import AvgPool, MaxPool


def pool_face(spec: MaxPool | AvgPool, derivation: Derivation) -> Face:
    """The programs that the layer runs, and what calls them."""
    top = isinstance(spec, MaxPool)
    made = (max_pool_programs if top else avg_pool_programs)(derivation)
    # `forward` is the name of the module's own face.
    programs = [replace(program, name=f"windows_{program.name}") for program in made]
    called = {program.name.removeprefix("windows_"): program for program in programs}
    called["forward"] = called.pop("forward_taps")
    calls = {name: as_call(program, {"space": "x.shape[1:-1]"}) for name, program in called.items()}
    text = [_prepare(spec, derivation, called["forward"])]
    if top:
        head = [PRELUDE, numbers(False), PEAK, EXACTLY]
        ahead = f"    return {calls['forward']}"
        back = f"""\
    bound = {prod(spec.window)} * peak(dy)
    dx = exactly(lambda dy: {calls["gradient_x"]}, dy.dtype, bound, dy)
    return dx.astype(dy.dtype, copy=False)"""
    else:
        head = [PRELUDE, numbers(True), PEAK, mean(prod(spec.window))]
        ahead = f'    return mean(lambda x: {calls["forward"]}, "x", x)'
        back = f'    return mean(lambda dy: {calls["gradient_x"]}, "dy", dy)'
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
{back}
''')
    return Face(head, programs, text)


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
