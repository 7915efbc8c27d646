"""Reading a stranger's signature: which parameter plays which role, and how to call it.

A role is what an argument means ("x", "kernel", "stride", ...); a function may call it by any of
the usual names.  Roles a function lacks are noted, and cases that need them are not put to it.
"""

from __future__ import annotations

import dis
import inspect
import sys
from collections.abc import Callable, Mapping
from typing import Any

from convproof.conformance.target import axes, params
from convproof.conformance.target.binding import Binding
from convproof.conformance.target.sources import unwrapped
from convproof.errors import TargetError
from convproof.laws.op import WEIGHTED, Op

# role -> the names it goes by, lower case and without underscores
_COMMON: dict[str, str] = {
    "x": "x input inputs data inp a img image images im aprev xin ain arr array signal tensor z h "
    "featuremap features activations in1",
    "bias": "b bias biases",
    "stride": "stride strides s windowstrides step steps subsample",
    "padding": "padding pad pads p paddings zeropadding",
    "dilation": "dilation dilations dilate rate d rhsdilation kerneldilation dilationrate",
    "dy": "dy dout gradoutput gradoutputs grady gy dz gradout g dyout upstream upstreamgrad "
    "doutput outgrad outputgrad gradz gout go delta dl dldy dldz ct cotangent da grad",
    "param": "convparam poolparam convparams poolparams param params hparams hparameters "
    "hyperparameters hparam config",
    "cache": "cache ctx saved",
}
_CONV: dict[str, str] = {
    "kernel": "w weight weights kernel kernels k filter filters filt f wt rhs in2 wts wgt wgts "
    "kern ker taps coeffs coefficients",
    "groups": "groups group numgroups ngroups featuregroupcount g",
}
_TRANSPOSED = {**_CONV, "output_padding": "outputpadding outpadding outpad outputpad adj opad"}
_POOL: dict[str, str] = {
    "window": "kernel kernelsize window windowsize poolsize ksize k size windowshape kernelshape f "
    "pool windowdimensions filtersize w blocksize win winsize windowlength span box boxsize side",
    "ceil_mode": "ceilmode ceil",
    "count_include_pad": "countincludepad includepad countincludepadding",
}
_ARRAYS = {
    ("conv", False): ("x", "kernel", "bias"),
    ("conv", True): ("x", "kernel", "bias", "dy"),
    ("pool", False): ("x", "window"),
    ("pool", True): ("x", "dy", "window"),
}
_OPTIONS = (
    *("stride", "padding", "dilation", "groups"),
    *("ceil_mode", "count_include_pad", "output_padding"),
)
_SIZES = ("window", "stride", "padding", "dilation")  # one number, or one per axis
_KEYWORD_NAMES = {"kernel": "w", "bias": "b", "dy": "grad_y", "window": "kernel"}


def _lookup(base: str) -> dict[str, str]:
    """normalised name -> role."""
    own = {"conv": _CONV, "conv_transpose": _TRANSPOSED}.get(base, _POOL)
    table: dict[str, str] = {}
    for group in (_COMMON, own):  # the op's own meanings win ("k", "w", "f", "g")
        for role, names in group.items():
            table.update({name.lower(): role for name in names.split()})
    return table


def _normal(name: str) -> str:
    return name.replace("_", "").lower()


def _role_of(
    parameter: inspect.Parameter, table: Mapping[str, str], backward: bool, rank: int
) -> str | None:
    name = _normal(parameter.name)
    has_default = parameter.default is not parameter.empty
    layout = axes.layout_role(parameter.name, parameter.default, has_default, rank)
    if layout is not None:
        return layout
    role = table.get(name)
    mode = parameter.default if name == "mode" and type(parameter.default) is str else ""
    if mode.lower() in ("valid", "same", "full"):
        return "padding"  # SciPy's word for it
    if name == "g":  # groups, unless a gradient has to be given
        return "dy" if backward and not has_default else "groups"
    if role == "bias" and (isinstance(parameter.default, bool) or _annotated(parameter, bool)):
        return None  # whether there is one, not which
    if role is None and backward:
        for start in ("grad", "d", "upstream"):
            if name.startswith(start) and len(name) > len(start):
                return "dy"
    if role is None and not backward and not has_default and name in _OUTPUTS.split():
        return "out"
    if role == "dy" and not backward:
        return None
    return role


_OUTPUTS = "out output y z dst result outarray outputarray"  # memory for the result


def role_of(function: Callable[..., Any], name: str, op: str) -> str | None:
    """What one of a function's parameters is of an op, by its name."""
    named = Op.of(op)
    table = _lookup(named.kind)
    found = {p.name: p for p in parameters_of(function) or ()}
    return _role_of(found[name], table, named.backward, named.rank) if name in found else None


def _annotated(parameter: inspect.Parameter, kind: type) -> bool:
    return parameter.annotation in (kind, kind.__name__)


def _wanted(base: str, backward: bool) -> tuple[str, ...]:
    return _ARRAYS[("conv" if base in WEIGHTED else "pool", backward)]


def bind(function: Callable[..., Any], op: str, where: str = "") -> Binding:
    """Match `function`'s parameters to roles.

    Raises:
        TargetError: if a required parameter has no role, or the input has no parameter; the
            message lists what was found.

    >>> bind(lambda inp, weight, pad=0: None, "conv2d").keywords
    {'padding': 'pad'}
    """
    named_op = Op.of(op)
    base, rank, backward = named_op.kind, named_op.rank, named_op.backward
    shown = where or getattr(function, "__name__", "the function")
    parameters = parameters_of(function)
    if parameters is None:  # a builtin: assume the contract's order and names
        options = [r for r in _OPTIONS[:4] if base in WEIGHTED or r != "groups"]
        return Binding(function, op, _wanted(base, backward), {name: name for name in options})
    table = _lookup(base)
    parameters = _with_options(function, parameters, table)
    named = [p for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    found = {p.name: _role_of(p, table, backward, rank) for p in parameters}
    several = [p.name for p in named if axes.part(p.name, rank)]
    taken = {role for name, role in found.items() if name not in several and role is not None}
    parts, halves = axes.separate(several, rank, taken, base not in WEIGHTED)
    roles: dict[str, str | None] = {}
    for name, role in {**found, **parts}.items():
        roles[name] = None if role in roles.values() else role
    whole = axes.wholes(parts.values())
    missing = [
        r
        for r in _wanted(base, backward)
        if r not in roles.values() and not (r == "window" and (r in whole or "param" in taken))
    ]
    cached = "cache" in roles.values()
    if cached:
        missing = [role for role in missing if role == "dy"]
    # a required parameter of unknown name takes the next array that has no place yet; a bias,
    # which need not be there at all, comes after the gradient, which must
    missing.sort(key=lambda role: role == "bias" and backward)
    guessed = []
    for parameter in named:
        free = roles[parameter.name] is None and parameter.name not in halves
        if free and parameter.default is parameter.empty and missing:
            roles[parameter.name] = missing.pop(0)
            guessed.append(parameter.name)
    unknown = [p.name for p in named if roles[p.name] is None and p.default is p.empty]
    half = next((name for name in unknown if name in halves), None)
    if half is not None:
        raise TargetError(f"{shown}: {half} of {op} needs a parameter for {halves[half]}")
    if unknown:
        raise TargetError(
            f"{shown}: no idea what to pass for {', '.join(unknown)} of {op}; known names are e.g. "
            "x, w, b, stride, padding, dilation, groups, kernel, grad_y"
        )
    binding = _finish(function, op, parameters, roles, missing, shown)
    binding.guessed = tuple(guessed)
    return binding


def parameters_of(function: Callable[..., Any]) -> list[inspect.Parameter] | None:
    """What a function takes; None for a builtin that does not say."""
    schema = getattr(function, "schema", None)
    if schema is not None and hasattr(schema, "arguments"):  # compiled by torch.jit.script
        return [
            inspect.Parameter(
                item.name,
                inspect.Parameter.POSITIONAL_OR_KEYWORD,
                default=item.default_value if item.has_default_value() else inspect._empty,
                annotation=str(item.type),
            )
            for item in schema.arguments
        ]
    try:
        # A torch module is called with anything; its `forward` says what it takes.
        visible = getattr(function, "forward", function) if _is_module(function) else function
        return list(inspect.signature(visible).parameters.values())
    except Exception:  # a stranger's signature may be no signature at all
        return None


def _with_options(
    function: Callable[..., Any], parameters: list[inspect.Parameter], table: Mapping[str, str]
) -> list[inspect.Parameter]:
    """The parameters; in place of `**options`, the names that the function's code asks it for.

    Names that it does not ask for are either passed over in silence or an error.  A function
    that asks for none by name passes them on, and keeps its `**options`.
    """
    code = getattr(unwrapped(function), "__code__", None)
    rest = next((p for p in parameters if p.kind is p.VAR_KEYWORD), None)
    if rest is None or code is None:
        return parameters
    without = [p for p in parameters if p is not rest]
    if not any(rest.name in str(step.argval) for step in dis.get_instructions(code)):
        return without  # taken and never looked at
    own = {p.name for p in parameters}
    texts = [text for text in code.co_consts if isinstance(text, str) and text.isidentifier()]
    wanted = {*_OPTIONS, "bias", "window"}
    asked = [
        inspect.Parameter(text, inspect.Parameter.KEYWORD_ONLY)
        for text in dict.fromkeys(texts)
        if text not in own
        and (table.get(_normal(text)) in wanted or axes.part(text, 2))
        and len(text) > 1
    ]
    return [*without, *asked] if asked else parameters


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
    base = Op.of(op).kind
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
        if role in _SIZES and _annotated(p, int):
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
        options = [r for r in _OPTIONS[:4] if base in WEIGHTED or r != "groups"]
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
    held = params.usual(base) if "param" in roles.values() else frozenset()
    found = tuple(positional), keywords, defaults, frozenset(ints)
    return Binding(function, op, *found, ignored=ignored, held=held)
