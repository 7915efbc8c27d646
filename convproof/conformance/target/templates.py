"""The lines of an adapter: templates for layouts, paddings, ints, dicts, caches and lifts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from convproof.conformance.target import axes, params
from convproof.conformance.target.binding import Binding
from convproof.conformance.target.padding import NAMED, SIDES
from convproof.laws.by_name import USUAL
from convproof.laws.op import WEIGHTED

_NAMES = {
    "kernel": "w",
    "bias": "b",
    "dy": "grad_y",
    "window": "kernel",
}  # the contract's, of roles
_ORDER = (
    *("x", "kernel", "bias", "dy", "window"),
    *("stride", "padding", "output_padding", "dilation", "groups"),
)
_FLAGS = {"ceil_mode": "False", "count_include_pad": "True"}
_WIDE = 96  # letters of a line
_ARRAYS = ("x", "kernel", "bias", "dy")


# how kernels of one input channel lie (`Form.depthwise`): channels first, channels last
DEPTHWISE = {
    "filters": ("", ""),  # (C M, 1, *taps), (*taps, 1, C M): M for each channel
    "filters of channels": ("", ".reshape(*w.shape[:-2], x.shape[-1], -1)"),  # (*taps, C, M)
    "one filter": ("", ""),
    "one filter, without that axis": ("[:, 0]", "[..., 0, :]"),  # (C, *taps), (*taps, C)
    "one filter, turned": (".swapaxes(0, 1)", ".swapaxes(-1, -2)"),  # (1, C, *taps), (*taps, C, 1)
}


@dataclass(frozen=True)
class Form:
    """Which templates the lines are made of; what `probe` varies.

    Attributes:
        layout: of the target's arrays.
        array: "numpy", "torch", "jax" or "lists" of numbers.
        lift: what the function lacks of a batch: "image", "plain" (neither batch nor channels).
        padding: a form of `padding.FORMS`, `SIDES`, or one that is built in.
        ints: roles that it wants as one number.
        all_axes: whether strides and windows have a number for the batch and the channels too.
        bias: what stands for none: "None", or "zeros".
        wide_bias: whether the bias has the axes of a result.
        unit_stride: of a pool without a stride, whose windows move by 1.
        device: where tensors are made, if not where they usually are.
        words: "same" and "valid" -> how each is spelled, where they are taken beside numbers.
        same: the rule of `by_name` that "same" stands for.
        depthwise: of filters that see one channel, how they lie: a key of `DEPTHWISE`.
        spied: whether such a dict notes what it is asked for.
    """

    layout: str
    array: str = "numpy"
    lift: str = ""
    padding: str = "numbers"
    ints: frozenset[str] = frozenset()
    all_axes: bool = False
    bias: str = "None"
    wide_bias: bool = False
    unit_stride: bool = False
    device: str = ""
    words: tuple[tuple[str, str], ...] = ()
    same: str = USUAL
    depthwise: str = ""
    spied: bool = False


def write(binding: Binding, form: Form) -> tuple[str, tuple[str, ...]]:
    """The lines that define the op by calls of the bound function, and their parameters."""
    roles = [*(r for r in _ORDER if r in binding.roles), *(f for f in _FLAGS if f in binding.roles)]
    lines = _Lines(binding, form, roles)
    above = [*_helpers(form), *(made.splitlines() for made in binding.made)]
    own = [line for part in above for one in (*part, "", "") for line in _folded(one)]
    names = tuple(_NAMES.get(role, role) for role in roles)
    body = [folded for line in lines.body() for folded in _folded(line)]
    text = "\n".join([*own, *_folded(f"def {binding.op}({lines.declared()}):"), *body])
    return text + "\n", names


def described(binding: Binding, form: Form) -> dict[str, Any]:
    """What `write` was given, JSON-ready; empty where a wrapper's lines are among what it wrote."""
    if binding.made:
        return {}
    plain = {"ints": sorted(form.ints), "words": [list(each) for each in form.words]}
    return {"binding": binding.plain(), "form": asdict(form) | plain}


def rewritten(description: Mapping[str, Any]) -> str:
    """The lines that `write` gives for a description: whoever is told both can compare them."""
    form = dict(description["form"])
    form["ints"] = frozenset(form["ints"])
    form["words"] = tuple(map(tuple, form["words"]))
    return write(Binding.of(description["binding"]), Form(**form))[0]


class _Lines:
    """The pieces of one adapter."""

    def __init__(self, binding: Binding, form: Form, roles: list[str]) -> None:
        self.binding, self.form, self.roles = binding, form, roles
        op = binding.named
        self.base, self.rank, self.backward = op.kind, op.rank, op.backward
        self.conv = self.base in WEIGHTED
        self.last = form.layout == "channels_last"

    def declared(self) -> str:
        """The parameters, with the contract's defaults."""
        ones, zeros = (1,) * self.rank, (0,) * self.rank
        defaults: dict[str, object] = {"padding": zeros, "dilation": ones, "groups": 1, **_FLAGS}
        defaults["output_padding"] = zeros
        if self.conv:
            defaults["stride"] = ones
        elif self.binding.may_leave_stride:
            defaults["stride"] = None
        if not self.backward:
            defaults["bias"] = None
        return ", ".join(
            _NAMES.get(role, role) + (f"={defaults[role]}" if role in defaults else "")
            for role in self.roles
        )

    def body(self) -> Iterator[str]:
        """The lines below the `def`."""
        form, plain = self.form, self.form.lift == "plain"
        single = [_NAMES.get(r, r) for r in self.roles if r in form.ints]
        if single and self.rank > 1:  # whoever copies the lines is told what they cannot say
            every = ", ".join(single) + ("," if len(single) == 1 else "")
            words = "not isinstance(n, str) and " if "padding" in form.ints and form.words else ""
            yield f"    if any({words}n and len({{*n}}) > 1 for n in ({every})):"
            yield '        raise NotImplementedError("it takes one number for all axes")'
        if form.bias == "zeros" and "bias" in self.roles:
            count = "w.shape[-1]" if self.last else "len(w)"
            if self.base == "conv_transpose":
                each = "w.shape[-2]" if self.last else "w.shape[1]"
                count = each + (" * groups" if "groups" in self.roles else "")
            yield f"    b = np.zeros({count}, x.dtype) if b is None else b"
        if form.wide_bias and "bias" in self.roles and not plain:
            yield f"    b = b if b is None else b.reshape({'1, ' * (self.rank + 1)}-1)"
        if "padding" in self.roles and form.padding in ("pairs", "flat", SIDES):
            only = "    if not isinstance(padding, str):\n    " if form.words else ""
            pairs = "tuple((p, p) if isinstance(p, int) else tuple(p) for p in padding)"
            yield f"{only}    padding = {pairs}"
        if "out" in self.binding.roles:
            yield from self.room()
        if form.lift:
            yield (
                "    if not len(x):\n        raise NotImplementedError"
                '("an empty batch has no image to be called with")'
            )
            yield from self.planes() if plain else self.images()
        else:
            yield from self.whole()

    # -- the call -----------------------------------------------------------------------------

    def whole(self) -> Iterator[str]:
        """One call of the function."""
        ahead = self.binding.forward_binding
        if ahead is not None:
            yield f"    cache = {self.call('forward', ahead)}[1]"
            yield "    if len(x) > 1:  # another call in between: the cache has to be this one's"
            other = {"x": "x[::-1] + x.dtype.type(1)"}
            yield f"        {self.call('forward', ahead, other)}"
        call = self.call("function", self.binding)
        if self.form.depthwise and self.backward:
            yield f"    dx, dw, *db = {call}"
            yield "    return dx, dw.reshape(w.shape), *db"
        elif self.form.wide_bias and self.backward:
            yield f"    dx, dw, db = {call}"
            yield "    return dx, dw, db if db is None else db.reshape(-1)"
        elif "out" in self.binding.roles:
            yield f"    y = {call}"
            yield "    return out if y is None else y"
        else:
            yield f"    return {call}"

    def images(self) -> Iterator[str]:
        """One call for each image; gradients of weights are summed."""
        one = {"x": "x[n]", "dy": "grad_y[n]"}
        call = self.call("function", self.binding, one)
        if self.conv and self.backward:
            yield f"    found = [{call} for n in range(len(x))]"
            yield "    dx, *sums = zip(*found)"
            yield "    sums = [None if any(g is None for g in gs) else sum(gs) for gs in sums]"
            if self.form.depthwise:
                yield "    sums[0] = sums[0].reshape(w.shape)"
            yield "    return np.stack([bare(one) for one in dx]), *sums"
        else:
            yield f"    return np.stack([bare({call}) for n in range(len(x))])"

    def planes(self) -> Iterator[str]:
        """One call for each plane and kernel, summed over the channels; channels come first."""
        none = "b if b is None else np.asarray(b[0] * 0)"
        one = {"x": "x[n, c]", "kernel": "w[m, c]", "bias": none}
        if self.conv and self.backward:
            call = self.call("function", self.binding, {**one, "dy": "grad_y[n, m]"})
            yield "    dx, dw = np.zeros(x.shape, x.dtype), np.zeros(w.shape, w.dtype)"
            yield "    for n, m, c in np.ndindex(len(x), *w.shape[:2]):"
            yield f"        found = {call}"
            yield "        dx[n, c] += bare(found[0]).reshape(x.shape[2:])"
            yield "        dw[m, c] += bare(found[1]).reshape(w.shape[2:])"
            yield "    return dx, dw, None"
            return
        call = self.call("function", self.binding, {**one, "dy": "grad_y[n, c]"})
        channels = "range(x.shape[1])"
        if not self.conv:
            yield f"    planes = [[bare({call}) for c in {channels}] for n in range(len(x))]"
            yield "    return np.array(planes)"
            return
        yield "    planes = ["
        yield f"        [[bare({call}) for c in {channels}] for m in range(len(w))]"
        yield "        for n in range(len(x))"
        yield "    ]"
        yield "    each = np.array(planes)"
        yield "    wide = np.result_type(each, np.float32)  # what halves are summed in"
        yield "    y = each.sum(axis=2, dtype=wide).astype(each.dtype)"
        end = f"y if b is None else y + b.reshape(-1{', 1' * self.rank})"
        yield f"    return {end if 'bias' in self.roles else 'y'}"

    def call(self, name: str, binding: Binding, instead: dict[str, str] | None = None) -> str:
        """A call of the function as its signature wants it."""
        parts = [self.value(role, binding, instead or {}) for role in binding.positional]
        for role, keyword in binding.keywords.items():
            text = self.value(role, binding, instead or {})
            if role == "bias" and binding.defaults.get("bias", 0) is not None:
                parts.append(f"**({{}} if b is None else {{{keyword!r}: {text}}})")
            else:
                parts.append(f"{keyword}={text}")
        return f"{name}({', '.join(parts)})"

    # -- one argument -------------------------------------------------------------------------

    def value(self, role: str, binding: Binding, instead: dict[str, str]) -> str:
        """What is handed over for a role."""
        name = _NAMES.get(role, role)
        if role in _ARRAYS or role == "out":
            text = instead.get(role, name)
            if role == "kernel":
                text += DEPTHWISE.get(self.form.depthwise, ("", ""))[self.last]
            kind = self.form.array
            return text if kind == "numpy" else f"{_MAKES[kind]}({text})"
        if role.startswith("layout:"):
            return repr(axes.layout_value(role, self.form.layout, self.rank))
        if role == "param":
            keys = params.every(self.base, self.rank) if self.form.spied else binding.held
            held = ", ".join(f"{key!r}: {self.item(key)}" for key in sorted(keys))
            return f"Asked({{{held}}})" if self.form.spied else f"{{{held}}}"
        if role == "cache":
            return "cache"
        if axes.whole(role):
            return self.part(role)
        if role == "padding":
            return self.padding()
        if role in ("stride", "dilation", "window", "output_padding"):
            return self.numbers(role, name)
        return name

    def item(self, key: str) -> str:
        """The value of a dict's key; of a role that the op does not have, what means nothing."""
        role = params.role(key, self.rank)
        whole = axes.whole(role) or role
        if whole in self.roles or (whole == "window" and self.conv):
            return self.part(role) if axes.whole(role) else self.value(role, self.binding, {})
        return "0" if whole == "padding" else "1"

    def numbers(self, role: str, name: str) -> str:
        """Strides, dilations and windows: a tuple, one number, or one for every axis there is."""
        text = name
        if role in self.form.ints:
            text = f"{name}[0]"
        elif self.form.all_axes:
            text = f"(1, *{name}, 1)" if self.last else f"(1, 1, *{name})"
        optional = role == "stride" and self.binding.may_leave_stride and text != name
        return f"{name} and {text}" if optional else text

    def padding(self) -> str:
        """The padding in its form."""
        form = self.form.padding
        if form in NAMED:
            none, same = NAMED[form]
            return f"{same!r} if any(padding) else {none!r}"
        if form == "flat":
            return "(*(lo for lo, _ in padding), *(hi for _, hi in padding))"
        if "padding" not in self.form.ints:
            return "padding"
        return f"padding{' if isinstance(padding, str) else padding' * bool(self.form.words)}[0]"

    def part(self, role: str) -> str:
        """The number of one axis or side."""
        kind = axes.whole(role) or ""
        axis = axes.AXES[-self.rank :].index(role.removeprefix(f"{kind}_")[0])
        if kind == "window" and self.conv:
            return f"w.shape[{axis if self.last else axis + 2}]"
        text = f"{_NAMES.get(kind, kind)}[{axis}]"
        side = self.form.padding == SIDES and role.endswith(("_lo", "_hi"))
        return f"{text}[{int(role.endswith('_hi'))}]" if side else text

    def room(self) -> Iterator[str]:
        """Memory for the result, full of what nobody may read."""
        space = "x.shape[1:-1]" if self.last else "x.shape[2:]"
        taps = ("w.shape[:-2]" if self.last else "w.shape[2:]") if self.conv else "kernel"
        many = "1" if not self.conv else ("w.shape[-1]" if self.last else "len(w)")
        if not self.conv:
            many = "x.shape[-1]" if self.last else "x.shape[1]"
        ones, zeros = f"(1,) * {self.rank}", f"(0,) * {self.rank}"
        steps = "stride" if "stride" in self.roles else (ones if self.conv else "kernel")
        pads = "padding" if "padding" in self.roles else zeros
        gaps = "dilation" if "dilation" in self.roles else ones
        yield f"    both = [2 * p if isinstance(p, int) else sum(p) for p in {pads}]"
        yield f"    sizes = zip({space}, {taps}, {steps}, both, {gaps})"
        yield "    size = [(n + p - d * (k - 1) - 1) // s + 1 for n, k, s, p, d in sizes]"
        yield "    if min(size) < 1:"
        yield '        raise ValueError("the kernel is larger than the padded input")'
        shape = f"(len(x), *size, {many})" if self.last else f"(len(x), {many}, *size)"
        # In the type of a result: an integer image under a real kernel has a real one.
        yield f"    dtype = {'np.result_type(x, w)' if self.conv else 'x.dtype'}"
        yield f"    out = np.full({shape}, np.nan if dtype.kind == 'f' else 99, dtype)"


def _folded(line: str) -> list[str]:
    """A call that is too long for one line, on several."""
    if len(line) <= _WIDE or not re.match(r"\s*(def |return |\w+ = )\w+[\w.]*\(", line):
        return [line]
    margin = " " * (len(line) - len(line.lstrip()) + 8)
    lines = [""]
    for part in _parts(line):
        if lines[-1].strip() and len(lines[-1]) + len(part) > _WIDE:
            lines.append(margin)
        lines[-1] += part
    return [text.rstrip() for text in lines]


def _parts(line: str) -> Iterator[str]:
    """The line's pieces, cut after the commas between the arguments of its one call."""
    depth, start = 0, 0
    for at, letter in enumerate(line):
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and depth == 1:
            yield line[start : at + 2]
            start = at + 2
    yield line[start:]


_MAKES = {"torch": "tensor", "jax": "array", "lists": "listed"}
_TENSOR = '''
def tensor(a):
    """On the array's own memory, where torch can have it."""
    if a is None:
        return None
    usual = a.flags.writeable and min(a.strides, default=0) >= 0
    return torch.from_numpy(a if usual else a.copy()){there}
'''
_JAX = """
def array(a):
    return None if a is None else jnp.asarray(a)
"""
_LISTS = """
def listed(a):
    return None if a is None else a.tolist()
"""
_BARE = '''
def bare(y):
    """The array alone, without what else a forward returns."""
    y = y[0] if isinstance(y, tuple) else y
    return np.asarray(y.detach().cpu() if hasattr(y, "detach") else y)
'''


def _helpers(form: Form) -> Iterator[list[str]]:
    if form.array == "torch":
        there = f".to({form.device!r})" if form.device else ""
        yield ["import torch", "", *_TENSOR.replace("{there}", there).splitlines()]
    if form.array == "lists":
        yield _LISTS.splitlines()
    if form.array == "jax":
        yield ["import jax.numpy as jnp", "", *_JAX.splitlines()]
    if form.lift:
        yield _BARE.splitlines()[1:]
