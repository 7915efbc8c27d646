"""Reading a stranger's signature: which parameter plays which role, and how to call it.

A role is what an argument means ("x", "kernel", "stride", ...); a function may call it by any of
the usual names.  Roles a function lacks are noted, and cases that need them are not put to it.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from convproof.errors import TargetError

BASES = ("conv", "max_pool", "avg_pool")
OPS: tuple[str, ...] = tuple(
    f"{base}{rank}d{way}" for base in BASES for rank in (1, 2, 3) for way in ("", "_backward")
)

# role -> the names it goes by, lower case and without underscores
_COMMON: dict[str, str] = {
    "x": "x input inputs data inp a img image images im aprev xin ain arr array signal tensor z h "
    "featuremap features activations",
    "bias": "b bias biases",
    "stride": "stride strides s windowstrides step steps",
    "padding": "padding pad pads p paddings zeropadding",
    "dilation": "dilation dilations dilate rate d rhsdilation kerneldilation dilationrate",
    "dy": "dy dout gradoutput gradoutputs grady gy dz gradout g dyout upstream upstreamgrad "
    "doutput outgrad outputgrad gradz delta dl dldy dldz ct cotangent da grad",
    "param": "convparam poolparam convparams poolparams param params hparams hparameters "
    "hyperparameters hparam config",
    "cache": "cache ctx saved",
}
_CONV: dict[str, str] = {
    "kernel": "w weight weights kernel kernels k filter filters filt f wt rhs",
    "groups": "groups group numgroups ngroups featuregroupcount g",
}
_POOL: dict[str, str] = {
    "window": "kernel kernelsize window windowsize poolsize ksize k size windowshape kernelshape f "
    "pool windowdimensions filtersize w",
    "ceil_mode": "ceilmode ceil",
    "count_include_pad": "countincludepad includepad countincludepadding",
    "window_h": "poolheight poolh kh windowh windowheight kernelheight kernelh hh ph",
    "window_w": "poolwidth poolw kw windoww windowwidth kernelwidth kernelw ww pw",
}
_ARRAYS = {
    ("conv", False): ("x", "kernel", "bias"),
    ("conv", True): ("x", "kernel", "bias", "dy"),
    ("pool", False): ("x", "window"),
    ("pool", True): ("x", "dy", "window"),
}
_OPTIONS = ("stride", "padding", "dilation", "groups", "ceil_mode", "count_include_pad")
_SIZES = ("window", "stride", "padding", "dilation")  # one number, or one per axis
_KEYWORD_NAMES = {"kernel": "w", "bias": "b", "dy": "grad_y", "window": "kernel"}


def split_op(op: str) -> tuple[str, int, bool]:
    """An op's base ("conv", "max_pool", "avg_pool"), rank and whether it is a backward.

    >>> split_op("max_pool2d_backward")
    ('max_pool', 2, True)
    """
    found = re.fullmatch(r"(conv|max_pool|avg_pool)([123])d(_backward)?", op)
    if found is None:
        raise TargetError(f"op={op!r}: allowed is one of {', '.join(OPS)}")
    return found[1], int(found[2]), found[3] is not None


def op_of_name(name: str) -> str | None:
    """The op a function of this name computes, or None where the name does not tell.

    >>> op_of_name("conv_forward_naive"), op_of_name("MaxPool1dGrad"), op_of_name("im2col")
    ('conv2d', 'max_pool1d_backward', None)
    """
    text = _words(name)
    if _OTHER.search(text):
        return None
    if "conv" in text or "correl" in text:
        base = "conv"
    elif "pool" in text and re.search(r"max", text):
        base = "max_pool"
    elif "pool" in text and re.search(r"avg|average|mean", text):
        base = "avg_pool"
    else:
        return None
    rank = re.search(r"(?<!\d)([123])_?d(?![a-z])", text)
    backward = re.search(r"backward|bwd|backprop|grad|vjp|(^|_)back(_|$)", text)
    if backward and _ONE_GRADIENT.search(text):
        return None
    return f"{base}{rank[1] if rank else 2}d{'_backward' if backward else ''}"


_OTHER = re.compile(
    r"trans(pos|_?conv)|deconv|adaptive|global|unpool|lp_?pool|fractional|_tbc|indices|"
    r"depth_?wise|separable"
)
_ONE_GRADIENT = re.compile(
    r"(input|weight|kernel|bias|filter|data|_[xwb])(_(grad\w*|bwd|backward))?$"
)


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def not_an_op(name: str) -> str | None:
    """What a function of this name computes instead of one of the ops, in words; else None.

    >>> not_an_op("depthwise_conv2d"), not_an_op("conv2d")
    ('another operation (depthwise_conv2d)', None)
    """
    text = _words(name)
    if not re.search("conv|pool", text):
        return None
    if _OTHER.search(text):
        return f"another operation ({name})"
    if re.search("grad|backward|bwd|backprop", text) and _ONE_GRADIENT.search(text):
        return f"one gradient alone ({name})"
    return None


@dataclass
class Binding:
    """A function, and where each role goes.

    Attributes:
        positional: roles in the order they are passed by position (they lead).
        keywords: role -> keyword name.
        defaults: role -> the parameter's own default, where it has one.
        ints: roles that the function wants as one int, not as a tuple.
        param: the roles that go into one dict (CS231n's `conv_param`), if there is such a dict.
        ignored: parameters that no role was found for, left at their defaults.
        guessed: required parameters whose role was guessed by their place.
    """

    function: Callable[..., Any]
    op: str
    positional: tuple[str, ...] = ()
    keywords: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    ints: set[str] = field(default_factory=set)
    forward: Callable[..., Any] | None = None
    forward_binding: Binding | None = None
    ignored: tuple[str, ...] = ()
    guessed: tuple[str, ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        """Every role the function takes, those inside a param dict included."""
        own = {*self.positional, *self.keywords}
        if self.forward_binding is not None:
            own |= self.forward_binding.roles
        if "param" in own:
            own |= {"stride", "padding"} if self.op.startswith("conv") else set(_SIZES[:3])
        if "window_h" in own:
            own.add("window")
        return frozenset(own)

    def plan(self, name: str | None = None) -> dict[str, Any]:
        """How it is called, as plain data: what a reproduction script needs to know."""
        function = self.function
        return {
            "function": name or getattr(function, "__qualname__", type(function).__qualname__),
            "module": getattr(function, "__module__", None),
            "positional": list(self.positional),
            "keywords": dict(self.keywords),
            "none": [role for role, value in self.defaults.items() if value is None],
        }

    @property
    def uses_cache(self) -> bool:
        """True if the backward wants what the forward returned beside its result."""
        return "cache" in {*self.positional, *self.keywords}


def _lookup(base: str) -> dict[str, str]:
    """normalised name -> role."""
    own = _CONV if base == "conv" else _POOL
    table: dict[str, str] = {}
    for group in (_COMMON, own):  # the op's own meanings win ("k", "w", "f", "g")
        for role, names in group.items():
            table.update({name.lower(): role for name in names.split()})
    return table


def _normal(name: str) -> str:
    return name.replace("_", "").lower()


def _role_of(name: str, table: Mapping[str, str], backward: bool) -> str | None:
    role = table.get(_normal(name))
    if _normal(name) == "g":  # groups of a forward; dy of a backward is spelled out
        return "groups"
    if role is None and backward:
        for start in ("grad", "d", "upstream"):
            if _normal(name).startswith(start) and len(_normal(name)) > len(start):
                return "dy"
    if role == "dy" and not backward:
        return None
    return role


def _wanted(base: str, backward: bool) -> tuple[str, ...]:
    return _ARRAYS[("conv" if base == "conv" else "pool", backward)]


def bind(function: Callable[..., Any], op: str, where: str = "") -> Binding:
    """Match `function`'s parameters to roles.

    Raises:
        TargetError: if a required parameter has no role, or the input has no parameter; the
            message lists what was found.

    >>> bind(lambda inp, weight, pad=0: None, "conv2d").keywords
    {'padding': 'pad'}
    """
    base, _, backward = split_op(op)
    shown = where or getattr(function, "__name__", "the function")
    try:
        # A torch module is called with anything; its `forward` says what it takes.
        visible = getattr(function, "forward", function) if _is_module(function) else function
        parameters = list(inspect.signature(visible).parameters.values())
    except (TypeError, ValueError):  # a builtin: assume the contract's order and names
        options = [r for r in _OPTIONS[:4] if base == "conv" or r != "groups"]
        return Binding(function, op, _wanted(base, backward), {name: name for name in options})
    table = _lookup(base)
    roles: dict[str, str | None] = {}
    for parameter in parameters:
        role = _role_of(parameter.name, table, backward)
        roles[parameter.name] = None if role in roles.values() else role
    named = [p for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    missing = [
        r
        for r in _wanted(base, backward)
        if r not in roles.values()
        and not (r == "window" and {"window_h", "param"} & set(roles.values()))
    ]
    cached = "cache" in roles.values()
    if cached:
        missing = [role for role in missing if role == "dy"]
    # a required parameter of unknown name takes the next array that has no place yet
    guessed = []
    for parameter in named:
        if roles[parameter.name] is None and parameter.default is parameter.empty and missing:
            roles[parameter.name] = missing.pop(0)
            guessed.append(parameter.name)
    unknown = [
        p.name
        for p in named
        if roles[p.name] is None and p.default is p.empty and p.kind is not p.KEYWORD_ONLY
    ]
    if unknown:
        raise TargetError(
            f"{shown}: no idea what to pass for {', '.join(unknown)} of {op}; known names are e.g. "
            "x, w, b, stride, padding, dilation, groups, kernel, grad_y"
        )
    binding = _finish(function, op, parameters, roles, missing, shown)
    binding.guessed = tuple(guessed)
    return binding


def _is_module(function: Any) -> bool:
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(function, torch.nn.Module)


def _finish(
    function: Callable[..., Any],
    op: str,
    parameters: list[inspect.Parameter],
    roles: Mapping[str, str | None],
    missing: list[str],
    shown: str,
) -> Binding:
    base = split_op(op)[0]
    kinds = {p.kind for p in parameters}
    positional: list[str] = []
    keywords: dict[str, str] = {}
    defaults: dict[str, Any] = {}
    ints: set[str] = set()
    leading = True
    for p in parameters:
        role = roles.get(p.name)
        if p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD):
            continue
        if role is None:
            leading = False
            continue
        if p.default is not p.empty:
            defaults[role] = p.default
        if role in _SIZES and (p.annotation is int or p.annotation == "int"):
            ints.add(role)
        required = p.default is p.empty or p.kind is p.POSITIONAL_ONLY
        if leading and p.kind is not p.KEYWORD_ONLY and (required or role in ("bias", "dy")):
            positional.append(role)
        else:
            leading = False
            keywords[role] = p.name
    if inspect.Parameter.VAR_POSITIONAL in kinds and not keywords:
        positional += [role for role in missing if role not in positional]
        missing = []
    if inspect.Parameter.VAR_KEYWORD in kinds:
        options = [r for r in _OPTIONS[:4] if base == "conv" or r != "groups"]
        for role in [*missing, *options]:
            if role not in positional and role not in keywords:
                keywords[role] = _KEYWORD_NAMES.get(role, role)
        missing = []
    lacking = [role for role in missing if role not in ("bias",)]
    if lacking:
        names = ", ".join(p.name for p in parameters) or "nothing"
        raise TargetError(
            f"{shown}: {op} needs a parameter for {', '.join(lacking)}, and its parameters are "
            f"{names}; name one e.g. {' or '.join(_KEYWORD_NAMES.get(r, r) for r in lacking)}"
        )
    ignored = tuple(n for n, role in roles.items() if role is None)
    return Binding(function, op, tuple(positional), keywords, defaults, ints, ignored=ignored)


class Param(dict[str, Any]):
    """CS231n's `conv_param` or `pool_param`, with every usual key; `read` has those asked for."""

    keys_of: ClassVar[dict[str, tuple[str, ...]]] = {
        "stride": ("stride",),
        "padding": ("pad", "padding"),
        "window": ("pool_height", "pool_width", "f", "kernel_size"),
    }

    def __init__(self, roles: Mapping[str, Any], base: str) -> None:
        self.read: set[str] = set()
        super().__init__(stride=roles["stride"], pad=roles["padding"], padding=roles["padding"])
        if base != "conv":
            window = roles["window"]
            pair = window if isinstance(window, tuple) else (window, window)
            self.update(pool_height=pair[0], pool_width=pair[-1], f=window, kernel_size=window)

    def __getitem__(self, key: str) -> Any:
        self.read.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """As a dict's; notes the key."""
        self.read.add(key)
        return super().get(key, default)

    def unread(self) -> frozenset[str]:
        """The roles none of whose keys was asked for; none at all if nothing was asked for."""
        if not self.read:
            return frozenset()
        return frozenset(
            role for role, keys in self.keys_of.items() if not self.read.intersection(keys)
        )
