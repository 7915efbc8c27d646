"""One layer as a module of its own: plain NumPy, forward and backward, nothing to import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sympy import Expr

from convproof.derive.layers import derive, general
from convproof.derive.step import Derivation
from convproof.derive.symbols import AXIS_NAMES, axes
from convproof.lower import integers, source
from convproof.lower.cases import pad_source
from convproof.lower.modules import avg_pool_programs, conv_programs, max_pool_programs
from convproof.lower.program import Program
from convproof.spec import Conv, MaxPool, Spec

PRELUDE = '''\
from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, Any]

# Patches of about this many numbers are multiplied at a time.
PATCH_NUMBERS = 1 << 18


def work(array: Any) -> Array:
    """The array as it is computed with: float16 in float32, small integers in int64."""
    array = np.asarray(array)
    wider = {"e": np.float32, **dict.fromkeys("bhiBHI", np.int64)}
    return array.astype(wider.get(array.dtype.char, array.dtype), copy=False)
'''
ACTIVATIONS = {
    "relu": ("np.maximum(z, 0)", "np.where(z > 0, dy, 0)"),
    "tanh": ("np.tanh(z)", "dy * (1 - np.tanh(z) ** 2)"),
    "sigmoid": ("0.5 * (1 + np.tanh(0.5 * z))", "dy * 0.25 * (1 - np.tanh(0.5 * z) ** 2)"),
}


def layer_source(spec: Spec) -> str:
    """The module's code, without its header."""
    inner, padded = _inner(spec)
    derivation = _bound(inner)
    programs, wrappers = (
        _conv(spec, derivation, padded) if isinstance(spec, Conv) else _pool(inner, derivation)
    )
    functions = [source.function(program) for program in programs]
    if isinstance(spec, Conv) and padded:
        functions += pad_source(derive(f"pad_{spec.padding_mode}"), spec.padding_mode)
    return "\n\n".join([PRELUDE, *source.helpers(programs), *functions, *wrappers])


def _bound(spec: Spec) -> Derivation:
    """The derivation for all layers of the kind, with this layer's numbers to be put in last.

    With the numbers in the formulas themselves a stride of 1 would hide which index moves by it.
    """
    found = derive(spec)
    return replace(general(spec), bindings=found.bindings, sizes=found.sizes)


def _inner(spec: Spec) -> tuple[Spec, bool]:
    """The layer without activation and border: what is lowered; and whether a border is left."""
    if not isinstance(spec, Conv):
        return spec, False
    padded = spec.padding_mode != "zeros"
    inner = Conv(
        spec.kernel_size,
        spec.out_channels,
        stride=spec.stride,
        padding="valid" if padded else spec.padding,
        dilation=spec.dilation,
        groups=spec.groups,
    )
    return inner, padded


def _sizes(formulas: Mapping[str, Expr]) -> str:
    values = [integers.text(formula) for formula in formulas.values()]
    return f"({', '.join(values)},)"


def _call(program: Program, names: Mapping[str, str]) -> str:
    return f"{program.name}({', '.join(names.get(param, param) for param in program.params)})"


def _shape_line(rank: int, array: str, last: str = "_") -> str:
    return f"    N, {', '.join(AXIS_NAMES[rank])}, {last} = {array}.shape"


def _conv(
    spec: Conv, derivation: Derivation, padded: bool
) -> tuple[Sequence[Program], Sequence[str]]:
    rank, groups = spec.rank, spec.groups
    programs = {program.name: program for program in conv_programs(derivation)}
    # A group of one output channel is no matrix product worth its patches.
    way = "taps" if 1 < groups == spec.out_channels else "im2col"
    out = {str(o): formula for o, formula in derivation.sizes.items()}
    taps = ", ".join(map(str, spec.kernel_size))
    space = ", ".join(AXIS_NAMES[rank])
    prepare = [
        "def prepare(x: Any, kernel: Any) -> tuple[Array, Array, tuple[int, ...], int]:",
        '    """Group axes split off, the output\'s size, and how many of its rows fit a block."""',
        "    image, weights = border(work(x)), work(kernel)" if padded
        else "    image, weights = work(x), work(kernel)",
        _shape_line(rank, "image", "channels"),
        f"    if channels % {groups} or weights.shape[:{rank}] != ({taps},)"
        f" or weights.shape[{rank}] * {groups} != channels:",
        f'        raise ValueError(f"kernel {{weights.shape}} does not suit x {{image.shape}}: '
        f'({taps}, C/{groups}, M) is wanted")',
        f"    out_space = {_sizes(out)}",
        "    if min(out_space) < 1:",
        '        raise ValueError(f"no window fits on x of shape {image.shape}")',
        f"    image = image.reshape(N, {space}, {groups}, channels // {groups})",
        f"    weights = weights.reshape({taps}, -1, {groups}, weights.shape[-1] // {groups})",
        "    numbers = int(np.prod(out_space[1:])) * int(np.prod(weights.shape[:-1]))",
        "    return image, weights, out_space, max(1, PATCH_NUMBERS // max(1, numbers))",
    ]  # fmt: skip
    names = {"x": "image", "kernel": "weights", "dz": "flow", "space": "image.shape[1:-2]"}

    def call(goal: str) -> str:
        return _call(programs[f"{goal}_{way}"], names)

    act, slope = ACTIVATIONS.get(spec.activation or "", ("z", "dy"))
    forward = [
        "def preactivation(x: Any, kernel: Any, bias: Any = None) -> Array:",
        '    """The output before the activation."""',
        "    image, weights, out_space, block = prepare(x, kernel)",
        f"    z = {call('forward')}",
        "    z = z.reshape(*z.shape[:-2], -1)",
        "    return z if bias is None else z + work(bias)",
        "",
        "",
        "def forward(x: Any, kernel: Any, bias: Any = None) -> Array:",
        '    """x (N, *space, C), kernel (*taps, C/groups, M), bias (M,) -> y (N, *out, M)."""',
        "    z = preactivation(x, kernel, bias)",
        f"    y = {act}",
        "    return y.astype(np.result_type(*(a for a in (x, kernel, bias) if a is not None)),"
        " copy=False)",
    ]
    backward = [
        "def backward(",
        "    dy: Any, x: Any, kernel: Any, bias: Any = None",
        ") -> tuple[Array, Array, Array]:",
        '    """The gradients (dx, dkernel, dbias) for dy (N, *out, M)."""',
        "    image, weights, out_space, block = prepare(x, kernel)",
        "    dy = work(dy)",
        *(["    z = preactivation(x, kernel, bias)"] if spec.activation else []),
        f"    flow = {slope}",
        f"    flow = flow.reshape(*flow.shape[:-1], {groups}, flow.shape[-1] // {groups})",
        f"    dx = {call('gradient_x')}",
        f"    dkernel = {call('gradient_kernel')}",
        f"    dbias = {_call(programs['gradient_bias'], names)}",
        "    dx = dx.reshape(*dx.shape[:-2], -1)",
        *(["    dx = border_gradient(dx, np.shape(x))"] if padded else []),
        "    kinds = (np.asarray(x).dtype, np.asarray(kernel).dtype)",
        "    return (",
        "        dx.astype(kinds[0], copy=False),",
        "        dkernel.reshape(np.shape(kernel)).astype(kinds[1], copy=False),",
        "        dbias.reshape(-1).astype(kinds[1], copy=False),",
        "    )",
    ]
    parts = [prepare, forward, backward]
    if padded:
        parts[:0] = _border(spec)
    used = [one for name, one in programs.items() if name.endswith((f"_{way}", "_bias"))]
    used.remove(programs["add_bias"])
    return used, ["\n".join(part) + "\n" for part in parts]


def _border(spec: Conv) -> list[list[str]]:
    """Border modes: the axes are padded one after another."""
    mode, bound = spec.padding_mode, derive(spec).bindings
    names = ", ".join(AXIS_NAMES[spec.rank])
    pairs = [
        f"        ({integers.text(bound[axis.pad_lo])}, {integers.text(bound[axis.pad_hi])}),"
        for axis in axes(spec.rank)
    ]
    most = {"circular": "size", "reflect": "size - 1"}.get(mode)
    refusal = [
        f"        if max(lo, hi) > {most}:",
        f'            raise ValueError(f"{mode} padding {{lo, hi}} on {{size}} pixels")',
    ]
    borders = [
        "def borders(shape: tuple[int, ...]) -> tuple[tuple[int, int], ...]:",
        '    """The padding (before, after) on each axis of an image of this shape."""',
        f"    _, {names}, _ = shape",
        "    return (",
        *pairs,
        "    )",
    ]
    ahead = [
        "def border(array: Array) -> Array:",
        '    """The image with its border."""',
        "    for axis, (lo, hi) in enumerate(borders(array.shape), 1):",
        "        before, after = array.shape[:axis], array.shape[axis + 1 :]",
        "        size = array.shape[axis]",
        *(refusal if most else []),
        "        flat = array.reshape(int(np.prod(before)), size, int(np.prod(after)))",
        f"        array = pad_{mode}(flat, lo, hi).reshape(*before, lo + size + hi, *after)",
        "    return array",
    ]
    back = [
        "def border_gradient(array: Array, shape: tuple[int, ...]) -> Array:",
        '    """The adjoint of `border`, for an image of this shape."""',
        "    for axis, (lo, hi) in enumerate(borders(shape), 1):",
        "        before, after = array.shape[:axis], array.shape[axis + 1 :]",
        "        size = array.shape[axis]",
        "        flat = array.reshape(int(np.prod(before)), size, int(np.prod(after)))",
        f"        flat = pad_{mode}_gradient(flat, lo, hi)",
        "        array = flat.reshape(*before, size - lo - hi, *after)",
        "    return array",
    ]
    return [borders, ahead, back]


def _pool(spec: Spec, derivation: Derivation) -> tuple[Sequence[Program], Sequence[str]]:
    top = isinstance(spec, MaxPool)
    made = (max_pool_programs if top else avg_pool_programs)(derivation)
    # `forward` is the name of the module's own face.
    programs = [replace(program, name=f"windows_{program.name}") for program in made]
    called = {program.name.removeprefix("windows_"): program for program in programs}
    out = {str(o): formula for o, formula in derivation.sizes.items()}
    exact = (
        "work(x)" if top else "work(np.asarray(x) / 1 if np.asarray(x).dtype.kind in 'biu' else x)"
    )
    prepare = [
        "def prepare(x: Any) -> tuple[Array, tuple[int, ...]]:",
        '    """The array as it is computed with, and the output\'s size."""',
        f"    image = {exact}",
        _shape_line(spec.rank, "image"),
        f"    out_space = {_sizes(out)}",
        "    if min(out_space) < 1:",
        '        raise ValueError(f"no window fits on x of shape {image.shape}")',
        "    return image, out_space",
    ]
    names = {"x": "image", "dy": "flow", "space": "image.shape[1:-1]"}
    forward = [
        "def forward(x: Any) -> Array:",
        '    """x (N, *space, C) -> y (N, *out, C)."""',
        "    image, out_space = prepare(x)",
        f"    y = {_call(called['forward'], names)}",
        "    return y.astype(np.asarray(x).dtype, copy=False)" if top
        else "    return y.astype(np.float16, copy=False) if np.asarray(x).dtype == 'e' else y",
    ]  # fmt: skip
    backward = [
        "def backward(dy: Any, x: Any) -> Array:",
        '    """The gradient for x, of dy (N, *out, C)."""',
        "    image, out_space = prepare(x)",
        "    flow = work(dy)",
        *([f"    winner = {_call(called['winners'], names)}"] if top else []),
        f"    dx = {_call(called['gradient_x'], names)}",
        "    return dx.astype(np.float16, copy=False) if np.asarray(dy).dtype == 'e' else dx",
    ]
    return programs, ["\n".join(part) + "\n" for part in (prepare, forward, backward)]
