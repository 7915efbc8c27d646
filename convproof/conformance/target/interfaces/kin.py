"""Operations that are no convolution of a batch themselves, but make one when they are summed."""

from __future__ import annotations

import inspect
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from convproof.conformance.target.wrapper import Parameters, Wrapper, alias, declared_by, parameters


def offers(own: Mapping[str, Any]) -> Iterator[Wrapper]:
    """Wrappers for depthwise, pointwise, global and batch-last functions, and for `convolve2d`."""
    for name, function in own.items():
        if isinstance(function, type) or not hasattr(function, "__code__"):
            continue
        text, taken = name.lower(), parameters(function)
        back = re.search(r"backward|bwd|backprop|grad|(^|_)back(_|$)", text)
        if taken is not None and re.search(r"depth_?wise", text) and "separable" not in text:
            yield from _one_filter_each(name, bool(back))
        if taken is None or back:
            continue
        if re.search(r"separable", text) and len(taken.names) >= 3:
            yield from _separable(name, taken)
        elif re.search(r"depth_?wise", text) and len(taken.names) >= 2:
            yield from _depthwise(name, taken, _partner(own, name))
        elif re.search(r"point_?wise|1x1", text) and len(taken.names) >= 2:
            yield _pointwise(name, taken)
        elif re.search(r"global", text) and re.search(r"pool|gap|gmp", text):
            yield from _global(name, taken, own)
        elif re.search(r"chwn", text) and "conv" in text:
            yield _batch_last(name, taken)
        elif re.fullmatch(r"(my_?)?(np_?)?convolve(2d)?", text):
            yield from _flipped(name, function)
        elif len(taken.names) == 1:
            yield from _bundle(name, function, taken)


def _partner(own: Mapping[str, Any], name: str) -> str | None:
    """The backward beside a forward."""
    plain = re.sub(r"_?(forward|fwd)", "", name)
    names = (f"{plain}_backward", f"{plain}_bwd", f"{plain}_grad", f"{plain}_backprop")
    return next((n for n in names if n in own), None)


def _rest(taken: Parameters, arrays: int) -> tuple[str, str]:
    """The parameters after the arrays: declared, and handed on by name."""
    names = taken.names[arrays:]
    shown = [part for part in taken.each if part.split("=")[0] in names or part == "*"]
    declared = ", ".join(shown)
    return (f", {declared}" if names else ""), "".join(f", {n}={n}" for n in names)


def _bias(taken: Parameters) -> bool:
    return len(taken.names) > 2 and taken.names[2].lower() in ("b", "bias", "biases")


def _one_filter_each(name: str, back: bool) -> Iterator[Wrapper]:
    """The function itself, which has one filter for each channel: how they lie is tried out."""
    rank = re.search(r"(?<!\d)([123])_?d", name.lower())
    op = f"conv{rank[1] if rank else 2}d{'_backward' * back}"
    own = alias(name, op)
    source = f"import functools\n\nfunction = functools.partial({own})\n"
    yield Wrapper(op, source, {own: name}, f"{name}, of one filter for each channel")


def _depthwise(name: str, taken: Parameters, back: str | None) -> Iterator[Wrapper]:
    bias = _bias(taken)
    declared, passed = _rest(taken, 3 if bias else 2)
    # TensorFlow's (KH, KW, C, multiplier): all outputs at once, each of every channel
    source = (
        f"def function(x, w{declared}):\n"
        f'    """Channels last: w (KH, KW, C, M) are M multiples of each channel."""\n'
        f"    power = np.arange(x.shape[-1]) % 5 * (x.dtype.kind == 'f')\n"
        f"    scale = (2**power).astype(x.dtype)  # tells the channels apart\n"
        f"    y = {name}(x * scale, w{passed})\n"
        f"    y = y.reshape(*y.shape[:-1], *w.shape[2:]) / scale[:, None]\n"
        f"    return y.sum(axis=-2)\n"
    )
    if not bias:
        about = f"{name}, summed over the channels"
        yield Wrapper("conv2d", source, {name: name}, about)
    if not bias:  # (KH, KW, C), as Keras has them where each channel has one filter
        source = (
            f"def function(x, w{declared}):\n"
            f'    """Channels last: a kernel (KH, KW, C) has one filter for each channel."""\n'
            f"    power = np.arange(x.shape[-1]) % 5 * (x.dtype.kind == 'f')\n"
            f"    scale = (2**power).astype(x.dtype)  # tells the channels apart\n"
            f"    planes = []\n"
            f"    for m in range(w.shape[-1]):\n"
            f"        y = {name}(x * scale, w[..., m]{passed})\n"
            f"        planes.append((y / scale).sum(axis=-1))\n"
            f"    return np.stack(planes, axis=-1)\n"
        )
        about = f"{name}, called for each output and summed over the channels"
        yield Wrapper("conv2d", source, {name: name}, about)
    for kernel in ("w[m]", "w[m][:, None]"):
        call = f"{name}({{}}, {kernel}{', offset' if bias else ''}{passed})"
        lines = [
            f"def function(x, w{', b' if bias else ''}{declared}):",
            "    planes = []",
            "    # tells the channels apart, in any order of theirs the sum would be the same",
            "    power = np.arange(x.shape[1]) % 5 * (x.dtype.kind == 'f')",
            "    scale = (2**power).astype(x.dtype)[:, None, None]",
            "    for m in range(len(w)):",
        ]
        if bias:
            lines += [
                "        offset = np.zeros(len(w[m]), w.dtype)",
                "        offset[0] = b[m]",
            ]
        lines += [
            f"        y = {call.format('x * scale')}",
            "        y = y[0] if isinstance(y, tuple) else y",
            "        planes.append((y / scale).sum(axis=1))",
            "    return np.stack(planes, axis=1)",
        ]
        about = f"{name}, called for each output and summed over the channels"
        yield Wrapper("conv2d", "\n".join(lines) + "\n", {name: name}, about)
        if back is not None:
            grad = "np.repeat(grad_y[:, m : m + 1], x.shape[1], axis=1)"
            lines = [
                f"def function(x, w, b, grad_y{declared}):",
                "    dx, dw, db = np.zeros(x.shape, x.dtype), np.zeros(w.shape, w.dtype), []",
                "    for m in range(len(w)):",
                "        offset = np.zeros(len(w[m]), w.dtype)",
                f"        y, cache = {call.format('x')}",
                f"        one = {back}({grad}, cache)",
                "        dx += one[0]",
                "        dw[m] = one[1].reshape(w[m].shape)",
                "        db.append(one[2][0] if len(one) > 2 else 0)",
                "    return dx, dw, np.array(db)",
            ]
            about = f"{back}, called for each output and summed over them"
            uses = {name: name, back: back}
            yield Wrapper("conv2d_backward", "\n".join(lines) + "\n", uses, about)


def _separable(name: str, taken: Parameters) -> Iterator[Wrapper]:
    """A depthwise kernel, then one of single pixels: with a copy of each channel for each output.

    The copies' own filters are then any kernel, and the second kernel adds those of one output.
    """
    bias = len(taken.names) > 3 and taken.names[3].lower() in ("b", "bias", "biases")
    declared, passed = _rest(taken, 4 if bias else 3)
    last = ("w.reshape(*w.shape[:2], -1)", "np.tile(np.eye(M, dtype=w.dtype), (C, 1))")
    first = (
        "w.swapaxes(0, 1).reshape(-1, *w.shape[2:])",
        "np.tile(np.eye(M, dtype=w.dtype), (1, C))",
    )
    for (deep, point), axis, ones, count in (
        (last, -1, "[..., None]", ("w.shape[-2]", "w.shape[-1]")),
        (first, 1, "[:, None]", ("w.shape[1]", "len(w)")),
    ):
        thin = ("[None, None]", "[:, :, None, None]")[axis == 1]
        for a, b in itertools.product(("", ones), ("", thin)):
            source = (
                f"def function(x, w{', b' if bias else ''}{declared}):\n"
                f'    """A copy of each channel for each output, which the second kernel adds."""\n'
                f"    C, M = {count[0]}, {count[1]}\n"
                f"    depthwise = {deep}{a}\n"
                f"    pointwise = {point}{b}\n"
                f"    copies = np.repeat(x, M, axis={axis})\n"
                f"    return {name}(copies, depthwise, pointwise{', b' if bias else ''}{passed})\n"
            )
            about = f"{name}, its second kernel adding copies of the channels"
            yield Wrapper("conv2d", source, {name: name}, about)


def _pointwise(name: str, taken: Parameters) -> Wrapper:
    bias = _bias(taken)
    source = (
        f"def function(x, w{', b' if bias else ''}):\n"
        f'    """Stride 1, no padding: one call for each tap, on the pixels that it meets."""\n'
        f"    taps = list(np.ndindex(*w.shape[2:]))\n"
        f"    rows, columns = (n - k + 1 for n, k in zip(x.shape[2:], w.shape[2:]))\n"
        f"    if rows < 1 or columns < 1:\n"
        f'        raise ValueError("the kernel is larger than the image")\n'
        f"    y = 0\n"
        f"    for i, j in taps:\n"
        f"        seen = x[:, :, i : i + rows, j : j + columns]\n"
    )
    if bias:
        source += (
            f"        zero = np.zeros(len(w), w.dtype)\n"
            f"        y = y + {name}(seen, w[:, :, i, j], b if (i, j) == taps[-1] else zero)\n"
        )
    else:
        source += f"        y = y + {name}(seen, w[:, :, i, j])\n"
    source += "    return y\n"
    return Wrapper("conv2d", source, {name: name}, f"{name}, summed over the taps")


def _global(name: str, taken: Parameters, own: Mapping[str, Any]) -> Iterator[Wrapper]:
    base = "max_pool2d" if re.search(r"max|gmp", name.lower()) else "avg_pool2d"
    windows = (
        "    s, t = stride\n"
        "    spots = [(n - k) // s + 1 for n, k, s in zip(x.shape[2:], kernel, stride)]\n"
        "    if min(spots) < 1:\n"
        '        raise ValueError("the window is larger than the image")\n'
    )
    cut = "[:, :, i * s : i * s + kernel[0], j * t : j * t + kernel[1]]"
    source = (
        f"def function(x, kernel, stride):\n{windows}"
        f"    y = np.zeros((*x.shape[:2], *spots))\n"
        f"    for i, j in np.ndindex(*spots):\n"
        f"        found = {name}(x{cut})\n"
        f"        found = found[0] if isinstance(found, tuple) else found\n"
        f"        y[:, :, i, j] = np.reshape(found, x.shape[:2])\n"
        f"    return y\n"
    )
    yield Wrapper(base, source, {name: name}, f"{name} of each window, as one image")
    back = _partner(own, name)
    if back is None:
        return
    second = list(declared_by(own[back]))[1:2]
    if not second:
        return
    shape = re.search("shape|size", second[0])
    rest = "seen.shape" if shape else "seen" if second[0].lower() in ("x", "inputs") else "kept[0]"
    source = (
        f"def function(x, grad_y, kernel, stride):\n{windows}"
        f"    dx = np.zeros(x.shape)\n"
        f"    for i, j in np.ndindex(*spots):\n"
        f"        seen = x{cut}\n"
        + (f"        y, *kept = {name}(seen)\n" if rest == "kept[0]" else "")
        + f"        found = {back}(grad_y[:, :, i, j], {rest})\n"
        f"        dx{cut} += found\n"
        f"    return dx\n"
    )
    uses = {back: back} | ({name: name} if rest == "kept[0]" else {})
    yield Wrapper(f"{base}_backward", source, uses, f"{back} of each window, added up")


def _batch_last(name: str, taken: Parameters) -> Wrapper:
    declared, passed = _rest(taken, 2)
    source = (
        f"def function(x, w{declared}):\n"
        f'    """The batch comes last there: x (C, H, W, N), w (C, KH, KW, M)."""\n'
        f"    y = {name}(np.moveaxis(x, 0, -1), np.moveaxis(w, 0, -1){passed})\n"
        f"    return np.moveaxis(y, -1, 0)\n"
    )
    return Wrapper("conv2d", source, {name: name}, f"{name}, the batch moved to the end")


def _flipped(name: str, function: Any) -> Iterator[Wrapper]:
    """`convolve2d` as SciPy's: it turns the kernel round and says so; full by default."""
    mode = declared_by(function).get("mode")
    if mode is None or (mode.default is not mode.empty and type(mode.default) is not str):
        return
    if mode.default not in ("full", "valid", "same", inspect.Parameter.empty):
        return
    text = (function.__doc__ or "").lower()
    if mode.default != "full" and not re.search("flip|rotat|revers|true .*convolution", text):
        return
    source = (
        f"def function(x, w):\n"
        f'    """A convolution as signal processing has it: its kernel is turned round."""\n'
        f'    return {name}(x, w[::-1, ::-1], mode="valid")\n'
    )
    about = f"{name} of the kernel turned round"
    yield Wrapper("conv2d", source, {name: name}, about, instead=True)


def _bundle(name: str, function: Any, taken: Parameters) -> Iterator[Wrapper]:
    """A function of one tuple of arrays: (image, kernel), or (image, kernel, memory for y)."""
    try:
        text = inspect.getsource(function)
    except (OSError, TypeError, ValueError):
        return
    found = re.search(rf"^\s*\(?([\w, ]+?),?\)? = {taken.names[0]}\b\s*$", text, re.MULTILINE)
    parts = [part.strip().lower() for part in found[1].split(",")] if found else []
    if len(parts) not in (2, 3) or not re.search(r"^(w|k|weights?|kernels?|filters?)$", parts[1]):
        return
    third = ", out" if len(parts) == 3 and re.search("out|^y$", parts[2]) else ", b"
    third = third if len(parts) == 3 else ""
    op = "conv2d"
    own = alias(name, op)
    source = f"def function(x, w{third}):\n    return {own}((x, w{third}))\n"
    yield Wrapper(op, source, {own: name}, f"{name} of a tuple of arrays")
