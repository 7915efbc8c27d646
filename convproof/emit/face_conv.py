"""The public functions of a stand-alone convolution."""

from __future__ import annotations

from math import prod

from convproof.derive import derive
from convproof.derive.step import Derivation
from convproof.derive.symbols import AXIS_NAMES, axes
from convproof.emit.face import Face, as_call, as_tuple, size_lines
from convproof.emit.prelude import (
    EXACTLY,
    FINITE,
    PATCHES,
    PEAK,
    PRELUDE,
    activation_source,
    common,
    numbers,
)
from convproof.lower import integers
from convproof.lower.cases import pad_source
from convproof.schedules import REGISTRY
from convproof.spec import Conv

SPLIT = '''\
def split(array: Array) -> Array:
    """The channels by groups, on an axis of their own."""
    return {}
'''


def conv_face(spec: Conv, derivation: Derivation) -> Face:
    """The programs that the layer runs, of a derivation without border, and what calls them."""
    way = "tap" if _depthwise(spec) else "im2row"
    used = [REGISTRY[way].lower(derivation, goal) for goal in REGISTRY[way].goals]
    if _overhangs(spec):
        used += [REGISTRY["tap"].lower(derivation, goal) for goal in REGISTRY[way].absent_zeros]
    used.append(REGISTRY["columns"].lower(derivation, "gradient bias"))
    image = "image" if spec.padding_mode != "zeros" else "x"
    names = {
        "x": f"split({image})", "kernel": "split(kernel)", "dz": "split(dy)",
        "space": f"{image}.shape[1:-1]",
    }  # fmt: skip
    calls = {program.name: as_call(program, names) for program in used}
    head = [PRELUDE, PATCHES] if way == "im2row" else [PRELUDE]
    head += [numbers(True), PEAK, EXACTLY, common(spec.activation)]
    head += [FINITE] if _overhangs(spec) else []
    head += [activation_source(spec.activation)] if spec.activation is not None else []
    groups = spec.groups
    split = f"array.reshape(*array.shape[:-1], {groups}, array.shape[-1] // {groups})"
    text = [SPLIT.format(split if groups > 1 else "array[..., np.newaxis, :]"), _checked(spec)]
    if image != "x":
        text[:0] = pad_source(derive(f"pad_{spec.padding_mode}"), spec.padding_mode)
        text += _border(spec)
    text += [
        _sizes(spec, derivation, image),
        _forward(spec, calls, way, image),
        _backward(spec, calls, way, image),
    ]
    return Face(head, used, text)


def _depthwise(spec: Conv) -> bool:
    """A group of one output channel is no matrix product worth its patches."""
    return 1 < spec.groups == spec.out_channels


def _overhangs(spec: Conv) -> bool:
    """Whether patches may hold zeros for pixels that are not there."""
    padded = spec.padding == "same" or any(map(any, spec.padding))
    return padded and spec.padding_mode == "zeros" and not _depthwise(spec)


def _handed(way: str) -> str:
    """What `sizes` returns, beside the image with its border."""
    return "out_space, block" if way == "im2row" else "out_space"


def _checked(spec: Conv) -> str:
    rank, groups, outputs = spec.rank, spec.groups, spec.out_channels
    times = f"{groups}*" if groups > 1 else ""
    last = outputs or f"{times}M"
    shapes = f"x (N, {', '.join(AXIS_NAMES[rank])}, {times}C)"
    shapes += f", kernel ({', '.join(map(str, spec.kernel_size))}, C, {last}), bias ({last},)"
    more = ""
    if outputs:
        more = f"\n        and kernel.shape[-1] == {outputs}"
    elif groups > 1:
        more = f"\n        and kernel.shape[-1] % {groups} == 0"
    return f'''\
def checked(x: Any, kernel: Any, bias: Any) -> list[Array]:
    """The arrays, with bias if there is one: they suit the layer and one another."""
    x, kernel = numbers("x", x), numbers("kernel", kernel)
    arrays = [x, kernel] if bias is None else [x, kernel, numbers("bias", bias)]
    right = (
        x.ndim == kernel.ndim == {rank + 2}
        and kernel.shape[:-2] == {as_tuple(spec.kernel_size)}
        and min(kernel.shape) > 0
        and x.shape[-1] == {f"{groups} * " if groups > 1 else ""}kernel.shape[-2]{more}
        and all(array.shape == kernel.shape[-1:] for array in arrays[2:])
    )
    if not right:
        wanted = "{shapes}"
        given = ", ".join(str(array.shape) for array in arrays)
        raise ValueError(f"shapes {{given}} do not suit the layer: wanted are {{wanted}}")
    return arrays
'''


def _sizes(spec: Conv, derivation: Derivation, image: str) -> str:
    """The function that finds the sizes, and the image with its border."""
    taps, patches = prod(spec.kernel_size), not _depthwise(spec)
    refusal, sizes = size_lines(spec, derivation, image)
    kinds = ["Array"] * (image != "x") + ["tuple[int, ...]"] + ["int"] * patches
    things = ["x with its border"] * (image != "x") + ["the output's size"]
    things += ["how many of its rows have patches in a block"] * patches
    handed = ["image"] * (image != "x") + ["out_space"] + ["block"] * patches
    kind = kinds[0] if len(kinds) == 1 else f"tuple[{', '.join(kinds)}]"
    said = ", and ".join([", ".join(things[:-1])] * (len(things) > 1) + things[-1:])
    lines = [
        f"def prepare(x: Array) -> {kind}:",
        f'    """{said[0].upper() + said[1:] if said[0] == "t" else said}."""',
        refusal,
        *(["    image = border(x)"] if image != "x" else []),
        sizes,
    ]
    if patches:
        lines += [
            f"    row = {taps} * x.shape[-1] * prod(out_space[1:])",
            "    block = max(1, PATCH_NUMBERS // row)",
        ]
    return "\n".join([*lines, f"    return {', '.join(handed)}"]) + "\n"


def _forward(spec: Conv, calls: dict[str, str], way: str, image: str) -> str:
    run = f"        z = {calls[f'forward_{way}']}"
    if _overhangs(spec):
        run = f"""\
        if finite(kernel):
            z = {calls[f"forward_{way}"]}
        else:
            z = {calls["forward_tap"]}"""
    z = "activate(z)" if spec.activation else "z"
    lead = "image, " if image != "x" else ""
    return f'''\
def before_activation(dtype: Any, x: Array, kernel: Array, *bias: Array) -> Array:
    """The output before the activation, and before it is rounded to `dtype`."""
    {lead}{_handed(way)} = prepare(x)

    def compute({image}: Array, kernel: Array, *bias: Array) -> Array:
{run}
        z = z.reshape(len({image}), *out_space, kernel.shape[-1])
        return z + bias[0] if bias else z

    terms = {prod(spec.kernel_size)} * kernel.shape[-2]
    bound = terms * peak(x) * peak(kernel) + sum(map(peak, bias))
    return exactly(compute, dtype, bound, {image}, kernel, *bias)


@np.errstate(all="ignore")
def forward(x: Any, kernel: Any, bias: Any = None) -> Array:
    """x (N, *space, C), kernel (*taps, C/groups, M), bias (M,) -> y (N, *out, M)."""
    arrays = checked(x, kernel, bias)
    dtype = common(*arrays)
    z = before_activation(dtype, *arrays)
    return {z}.astype(dtype, copy=False)
'''


def _backward(spec: Conv, calls: dict[str, str], way: str, image: str) -> str:
    lead = "image, " if image != "x" else ""
    back = calls[f"gradient_x_{way}"]
    dx = "border_gradient(dx.reshape(image.shape), x.shape)" if lead else "dx.reshape(x.shape)"
    again = ""
    if _overhangs(spec):
        again = f"""
        if not finite(found):
            found = {calls["gradient_kernel_tap"]}"""
    active = ""
    if spec.activation:
        active = """\
    z = before_activation(dtype, x, kernel, *bias)
    dy = pull_back(dy.astype(z.dtype, copy=False), z)
"""
    terms = f"    terms = {prod(spec.kernel_size)} * kernel.shape[-1]"
    terms += f" // {spec.groups}" if spec.groups > 1 else ""
    if lead:
        terms += """
    # So many places of the border can show one pixel.
    terms *= prod(1 + b - a for a, b in zip(x.shape, image.shape, strict=True))"""
    return f'''\
@np.errstate(all="ignore")
def backward(dy: Any, x: Any, kernel: Any, bias: Any = None) -> tuple[Array, Array, Array]:
    """The gradients (dx, dkernel, dbias) for dy (N, *out, M)."""
    x, kernel, *bias = checked(x, kernel, bias)
    dy = numbers("dy", dy)
    dtype = common(dy, x, kernel, *bias)
    {lead}{_handed(way)} = prepare(x)
    expect("dy", dy, (len(x), *out_space, kernel.shape[-1]))
{active}
    def for_x(dy: Array, kernel: Array) -> Array:
        dx = {back}
        return {dx}

    def for_kernel(dy: Array, {image}: Array) -> Array:
        found = {calls[f"gradient_kernel_{way}"]}{again}
        return found.reshape(kernel.shape)

    def for_bias(dy: Array) -> Array:
        return {calls["gradient_bias"]}.reshape(-1)

{terms}
    spots = len(x) * prod(out_space)
    dx = exactly(for_x, dtype, terms * peak(dy) * peak(kernel), dy, kernel)
    dkernel = exactly(for_kernel, dtype, spots * peak(dy) * peak(x), dy, {image})
    dbias = exactly(for_bias, dtype, spots * peak(dy), dy)
    dx, dkernel, dbias = (a.astype(dtype, copy=False) for a in (dx, dkernel, dbias))
    return dx, dkernel, dbias
'''


def _border(spec: Conv) -> list[str]:
    """Border modes: the axes are padded one after another."""
    mode, bound = spec.padding_mode, derive(spec).bindings
    names = ", ".join(AXIS_NAMES[spec.rank])
    pairs = as_tuple(
        f"({integers.text(bound[axis.pad_lo])}, {integers.text(bound[axis.pad_hi])})"
        for axis in axes(spec.rank)
    )
    most = {"circular": "size", "reflect": "size - 1"}.get(mode)
    refusal = (
        f"""
        if max(lo, hi) > {most}:
            raise ValueError(f"{mode} padding {{lo, hi}} on {{size}} pixels: they are too few")"""
        if most
        else ""
    )
    return [
        f'''\
def borders(shape: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """The padding (before, after) on each axis of an image of this shape."""
    _, {names}, _ = shape
    return {pairs}
''',
        f'''\
def border(array: Array) -> Array:
    """The image with its border."""
    for axis, (lo, hi) in enumerate(borders(array.shape), 1):
        before, after = array.shape[:axis], array.shape[axis + 1 :]
        size = array.shape[axis]{refusal}
        flat = array.reshape(prod(before), size, prod(after))
        array = pad_{mode}(flat, lo, hi).reshape(*before, lo + size + hi, *after)
    return array
''',
        f'''\
def border_gradient(array: Array, shape: tuple[int, ...]) -> Array:
    """The adjoint of `border`, for an image of this shape."""
    for axis, (lo, hi) in enumerate(borders(shape), 1):
        before, after = array.shape[:axis], array.shape[axis + 1 :]
        size = array.shape[axis]
        flat = array.reshape(prod(before), size, prod(after))
        flat = pad_{mode}_gradient(flat, lo, hi)
        array = flat.reshape(*before, size - lo - hi, *after)
    return array
''',
    ]
