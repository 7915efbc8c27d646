"""Classes: a layer that is made with its sizes or its arrays, and has forward and backward."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from convproof.conformance.target.adapter import AUTOGRAD
from convproof.conformance.target.capture import OutOfPatienceError, guarded, patient
from convproof.conformance.target.interfaces.kept import (
    IN,
    OUT,
    arrays_of,
    gradients_of,
    is_module,
)
from convproof.conformance.target.interfaces.sizes import (
    Given,
    arguments_of,
    by_arrays,
    depthwise_of,
)
from convproof.conformance.target.opnames import distance, op_of_name
from convproof.conformance.target.wrapper import Wrapper, parameters

_MODELS = re.compile(r"(my|custom|simple)?_?(model|modelnew|net|module|layer)\d*$", re.IGNORECASE)
METHODS = ("forward", "__call__", "apply", "call", "fprop", "compute", "forward_pass", "run", "fwd")
BACKWARDS = (
    *("backward", "backprop", "bprop", "grad", "backward_pass", "gradient", "gradients", "grads"),
    *("back", "bwd", "vjp", "pullback"),
)
CHANGED = "changed in place: nothing of those before may stay"
LARGER = "a larger image before: nothing of it may stay"
FEW = 1000  # numbers of an image before which another is given
EARLIER = "a pass before: nothing of it may be added"
TAPS = (2, 2, 2)


def offers(own: Mapping[str, Any]) -> Iterator[Wrapper]:
    """Wrappers for each class that seems to be a convolution or a pool, most telling name first."""
    classes = {n: c for n, c in own.items() if isinstance(c, type)}
    nearest = sorted(classes, key=lambda name: (op_of_name(name) is None, distance(name)))
    for name, cls in ((name, classes[name]) for name in nearest):
        if _is_autograd(cls) or method_of(cls, METHODS) is None:
            continue
        told = op_of_name(name)
        pool = re.search("pool", name, re.IGNORECASE)
        rank = re.search(r"([123])_?d", name.lower())
        ranks = (int(rank[1]),) if rank else (2,)
        if told is not None and "pool" in told:
            yield from _pool(name, cls, told)
        elif pool and told is None and not re.search("global|unpool|adaptive", name, re.I):
            yield from _pool(name, cls, _pool_op(cls, ranks[0]))
        elif re.search(r"depth_?wise", name, re.I) and "separable" not in name.lower():
            yield from _depthwise(name, cls)
            if by_arrays(cls) is not None:
                yield from _conv(name, cls, *ranks, transposed=False)
        elif told is not None or _MODELS.match(name):
            transposed = told is not None and told.startswith("conv_transpose")
            for dims in ranks:
                yield from _conv(name, cls, dims, transposed)


def _depthwise(name: str, cls: type) -> Iterator[Wrapper]:
    """A depthwise layer: called for each output, and summed over the channels.

    It is made of one number of channels, or of two that are equal, with as many groups.
    """
    method = method_of(cls, METHODS)
    for given in depthwise_of(cls):
        try:
            with guarded(), patient():
                space: dict[str, Any] = {"cls": cls, "w": np.ones((OUT, IN, *TAPS[:2]))}
                layer = eval(f"cls({given.trial})", space)
        except OutOfPatienceError:
            return
        except Exception:  # not the way this class is made
            continue
        places = {path: np.shape(value) for path, value in arrays_of(layer)}
        weight = next((p for p, s in places.items() if np.prod(s) == IN * 4), None)
        bias = next((p for p, s in places.items() if np.prod(s) == IN), None)
        if weight is None:
            continue
        shape = places[weight]
        end = ".data" if is_module(cls) else ""
        # (C, 1, *taps), (C, *taps), (*taps, C) or (*taps, C, 1)
        last = shape[:2] == TAPS[:2]
        put = "w[m].transpose(1, 2, 0)" if last else "w[m]"
        if is_module(cls) and last:
            put = "w[m].permute(1, 2, 0)"
        axis = -1 if last else 1
        power = "np.arange(C) % 5 * (x.dtype.kind == 'f')"
        if is_module(cls):
            power = "torch.arange(C) % 5 * x.is_floating_point()"
        lines = [
            f"def function(x, w{', b' if bias else ''}"
            f"{', ' if given.declared else ''}{given.declared}):",
            *(["    import torch", ""] if is_module(cls) else []),
            f"    C, planes = x.shape[{axis}], []",
            "    # tells the channels apart, in any order of theirs the sum would be the same",
            f"    scale = (2.0 ** ({power}))"
            + (".to(x.dtype)" if is_module(cls) else ".astype(x.dtype)")
            + ("" if last else "[:, None, None]"),
            "    for m in range(len(w)):",
            *("    " + line for line in made_lines(f"{name}({given.passed})", name, cls)),
            f"        {weight}{end} = {put}.reshape({weight}.shape)",
        ]
        if bias:
            one = "torch.zeros_like" if is_module(cls) else "np.zeros_like"
            lines += [
                f"        {bias}{end} = {one}({bias}{end}, dtype=b.dtype)",
                f"        {bias}{end}.reshape(-1)[0] = b[m]",
            ]
        lines += [
            f"        y = {_call(method or 'forward')}(x * scale) / scale",
            f"        planes.append(y.sum({axis}))",
            f"    return {'torch' if is_module(cls) else 'np'}.stack(planes, {axis})",
        ]
        if last:  # w (*taps, C, M) there
            lines.insert(1, "    w = w.transpose(3, 2, 0, 1)")
            if is_module(cls):
                lines[1] = "    w = w.permute(3, 2, 0, 1)"
        about = f"{name}(...).{method}, called for each output and summed over the channels"
        yield Wrapper("conv2d", "\n".join(lines) + "\n", {name: name}, about)
        return


def _is_autograd(cls: type) -> bool:
    torch = sys.modules.get("torch")
    return torch is not None and issubclass(cls, torch.autograd.Function)


def method_of(cls: type, names: tuple[str, ...]) -> str | None:
    """The first of these methods that the class has of its own."""
    return next((n for n in names if callable(getattr(cls, n, None)) and _own(cls, n)), None)


def backward_of(cls: type) -> str | None:
    """The method by which a layer gives its gradients; None if it has none of its own."""
    return None if is_module(cls) else method_of(cls, BACKWARDS)


def _own(cls: type, name: str) -> bool:
    """Whether the class, or a class beside it, defines the method."""
    bare = ("builtins", "torch.nn.modules.module")  # what every class has, or every module
    return any(name in vars(c) and c.__module__ not in bare for c in cls.__mro__)


def _pool_op(cls: type, rank: int) -> str:
    try:
        text = inspect.getsource(cls).lower()
    except (OSError, TypeError, ValueError):
        text = "max"
    most = len(re.findall("max", text)) >= len(re.findall("mean|avg|average", text))
    return f"{'max' if most else 'avg'}_pool{rank}d"


def _call(method: str) -> str:
    return "layer" if method == "__call__" else f"layer.{method}"


def _pool(name: str, cls: type, op: str) -> Iterator[Wrapper]:
    taken, method = parameters(cls), method_of(cls, METHODS)
    if taken is None or method is None:
        return
    image = "image" if "x" in taken.names else "x"
    declared = f"{image}, {taken.declared}" if taken.declared else image
    made = "\n".join(made_lines(f"{name}({taken.passed})", name, cls)) + "\n"
    source = f"def function({declared}):\n{made}    return {_call(method)}({image})\n"
    yield Wrapper(op, source, {name: name}, f"{name}(...).{method}")
    back = backward_of(cls)
    if is_module(cls):
        rest = f", {taken.declared}" if taken.declared else ""
        source = (
            f"def function({image}, grad_y{rest}):\n    import torch\n\n{made}"
            f"    {image} = {image}.clone().requires_grad_()\n"
            f"    y = {_call(method)}({image})\n"
            f"    return torch.autograd.grad(y, [{image}], grad_y)[0].clone()\n"
        )
        about = f"{AUTOGRAD} {name}(...)"
        yield Wrapper(f"{op}_backward", source, {name: name}, about)
    if back is not None:
        op = f"{op}_backward"
        rest = f", {taken.declared}" if taken.declared else ""
        source = (
            f"def function({image}, grad_y{rest}):\n{made}"
            f"    {_call(method)}({image}[::-1] + 1)  # an image before: nothing of it may stay\n"
            f"    layer.{back}(grad_y)  # {EARLIER}\n"
            f"    {_call(method)}({image})\n"
            f"    return layer.{back}(grad_y)\n"
        )
        yield Wrapper(op, source, {name: name}, f"{name}(...).{back}")


def made_lines(made: str, name: str, cls: type) -> list[str]:
    """A layer is made: it may draw its first weights at random, which is no doing of the call's."""
    if is_module(cls):
        return [f"    layer = {made}"]  # torch draws from its own generator
    return [
        "    state = np.random.get_state()",
        f"    layer = {made}",
        f"    np.random.set_state(state)  # what {name} draws when it is made is no call's doing",
    ]


def _conv(name: str, cls: type, rank: int, transposed: bool) -> Iterator[Wrapper]:
    method = method_of(cls, METHODS)
    assert method is not None
    plain = weights_of(rank, transposed)
    for given in (by_arrays(cls, rank), *arguments_of(cls, rank, transposed)):
        if given is None:
            continue
        try:
            with guarded(), patient():
                found = [
                    wrapper
                    for last in ((False,) if given.arrays else (False, True))
                    for wrapper in _of_layer(
                        name, _made(cls, given, plain), given, plain, method, last
                    )
                ]
        except OutOfPatienceError:
            return  # nor is it asked how else it would hang
        except Exception:  # not the way this class is made
            continue
        yield from found
        if found:
            return


def weights_of(rank: int, transposed: bool) -> tuple[int, ...]:
    """The shape of the weights as the contract has them: (M, C, *taps), (C, M, *taps)."""
    return (*((IN, OUT) if transposed else (OUT, IN)), *TAPS[:rank])


def _made(cls: type, given: Given, plain: tuple[int, ...]) -> Any:
    rank = len(plain) - 2
    w = np.arange(1.0, 1 + np.prod(plain)).reshape(plain)
    space = {"w": w, "b": np.arange(float(OUT)), "cls": cls, "x": np.zeros((2, IN, *(7,) * rank))}
    if is_module(cls):
        import torch

        space = {
            k: torch.from_numpy(v) if isinstance(v, np.ndarray) else v for k, v in space.items()
        }
    return eval(f"cls({given.trial})", space)


def _of_layer(
    name: str, layer: Any, given: Given, plain: tuple[int, ...], method: str, last: bool
) -> Iterator[Wrapper]:
    """With `last`, the images have their channels last, and w is handed over as (*taps, C, M)."""
    rank = len(plain) - 2
    op = f"{'conv_transpose' if plain[0] == IN else 'conv'}{rank}d"
    lines = made_lines(f"{name}({given.passed})", name, type(layer))
    turned = f".transpose({(*range(2, rank + 2), 1, 0)})" if last else ""
    if last:
        lines.insert(0, f"    w = w.transpose({(rank + 1, rank, *range(rank))})")
    undo: Callable[[str], str] = str
    shape = plain
    has_bias, weight, bias, wide_bias = "b" in given.arrays, None, None, False
    if not given.arrays:
        places = {path: np.shape(value) for path, value in arrays_of(layer)}
        weight = next((p for p, s in places.items() if how(s, plain)), None)
        if weight is None and not is_module(type(layer)):  # it may make them by its first image
            axes = (7,) * rank
            getattr(layer, method)(np.zeros((2, *axes, IN) if last else (2, IN, *axes)))
            places = {path: np.shape(value) for path, value in arrays_of(layer)}
            weight = next((p for p, s in places.items() if how(s, plain)), None)
            lines.insert(-1, f"    {_call(method)}(x)  # its weights are made by its first image")
        if weight is None:
            return
        shape = places[weight]
        put, undo = how(shape, plain) or ("{}", str)
        end = ".data" if is_module(type(layer)) else ""
        lines.append(f"    {weight}{end} = {put.format('w')}")
        # the bias is what has a number for each output, and is not the weight
        bias = next((p for p, s in places.items() if p != weight and np.prod(s) == OUT), None)
        wide = (OUT, *(7 - tap + 1 for tap in TAPS[:rank]))  # or one for each pixel of each output
        if bias is None and not is_module(type(layer)):
            bias = next((p for p, s in places.items() if s == wide), None)
        if bias is not None:
            has_bias = True
            ones = places[bias]
            seat = "b" if ones == (OUT,) else f"b.reshape({bias}.shape)"
            if wide_bias := ones == wide:
                seat = f"np.zeros({bias}.shape) + b.reshape({(-1, *(1,) * rank)})"
            lines.append(f"    {bias}{end} = {seat}")
    arrays = "x, w, b" if has_bias else "x, w"
    rest = f", {given.declared}" if given.declared else ""
    body = "\n".join(lines)
    call = _call(method)
    source = f"def function({arrays}{rest}):\n{body}\n    return {call}(x)\n"
    if weight is not None and "x.shape" not in given.passed:
        source = _after_others(f"{arrays}{rest}", body, call, weight, put.format("w"), last, layer)
    yield Wrapper(op, source, {name: name}, f"{name}(...).{method}")
    if is_module(type(layer)) and not given.arrays and shape == plain:
        held = [path for path in (weight, bias) if path is not None]
        source = (
            f"def function({arrays}, grad_y{rest}):\n    import torch\n\n{body}\n"
            f"    x = x.clone().requires_grad_()\n"
            f"    y = {call}(x)\n"
            f"    found = torch.autograd.grad(y, [x, {', '.join(held)}], grad_y)\n"
            f"    found = tuple(one.clone() for one in found)\n"
            f"    return found if len(found) == 3 else (*found, None)\n"
        )
        about = f"{AUTOGRAD} {name}(...)"
        yield Wrapper(f"{op}_backward", source, {name: name}, about)
    back = backward_of(type(layer))
    if back is not None:
        gradients = gradients_of(layer, method, back, shape, rank, has_bias)
        if gradients is None:
            return
        dw, db, adds_up = gradients
        earlier = "" if adds_up else f"    layer.{back}(grad_y)  # {EARLIER}\n"
        stale = ""
        if weight is not None:  # in place, as a step of training changes them
            laid = put.format("w")
            ones = put.format("np.ones_like(w)")
            body = body.replace(f"    {weight} = {laid}", f"    {weight} = {ones}")
            stale = f"    {weight}[...] = {laid}  # {CHANGED}\n"
        returned = "grads" if dw is None else f"dx, {undo(dw)}{turned}, {db}"
        if dw is None and wide_bias:  # what each pixel has is the bias of one output together
            returned = "*grads[:2], grads[2].reshape(len(b), -1).sum(1)"
        source = (
            f"def function({arrays}, grad_y{rest}):\n{body}\n"
            f"    {call}(x[::-1] + 1)  # an image before: nothing of it may stay\n"
            f"{earlier}{stale}"
            f"    {call}(x)\n"
            f"    {'grads' if dw is None else 'dx'} = layer.{back}(grad_y)\n"
            f"    return {returned}\n"
        )
        yield Wrapper(f"{op}_backward", source, {name: name}, f"{name}(...).{back}")


def _after_others(
    declared: str, body: str, call: str, weight: str, laid: str, last: bool, layer: Any
) -> str:
    """A forward after another image, larger, and other weights: as in training, and in a server."""
    axis = -2 if last else -1
    ones, larger = "np.ones_like(w)", f"np.concatenate([x + 1, x], axis={axis})"
    begins, end, put = "", "", f"{weight}[...] = {laid}"
    if is_module(type(layer)):
        ones, larger = "torch.ones_like(w)", f"torch.cat([x + 1, x], {axis})"
        begins, end, put = "    import torch\n\n", ".data", f"{weight}.data.copy_({laid})"
    given, other = (f"    {weight}{end} = {text}" for text in (laid, laid.replace("w", ones, 1)))
    return (
        f"def function({declared}):\n{begins}{body.replace(given, other)}\n"
        f"    if np.prod(x.shape) < {FEW}:\n"
        f"        {call}({larger})  # {LARGER}\n"
        f"    {put}  # {CHANGED}\n"
        f"    return {call}(x)\n"
    )


def how(shape: tuple[int, ...], plain: tuple[int, ...]) -> tuple[str, Callable[[str], str]] | None:
    """How weights of the `plain` shape become an array of this, and its gradient one of theirs."""
    axes, (first, second, *taps) = list(range(len(plain))), plain
    rank = len(taps)
    if shape == plain:
        return "{}", str
    if shape == (second, first, *taps) and first == IN:  # a transposed convolution's, outputs first
        return "{}.swapaxes(0, 1)", lambda text: f"{text}.swapaxes(0, 1)"
    if shape == (*taps, second, first):
        order, back = (*axes[2:], 1, 0), (rank + 1, rank, *range(rank))
        return f"{{}}.transpose({order})", lambda text: f"{text}.transpose({back})"
    if shape == (first, *taps, second):
        order, back = (0, *axes[2:], 1), (0, rank + 1, *range(1, rank + 1))
        return f"{{}}.transpose({order})", lambda text: f"{text}.transpose({back})"
    if shape == (first, second * 2**rank):
        return "{}.reshape(len(w), -1)", lambda text: f"{text}.reshape(w.shape)"
    return None
