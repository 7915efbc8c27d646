"""The closed forms by which generated code takes its slices, read from the text that runs.

What is proved of slices, for all sizes, is proved of these expressions: nobody types them a second
time.  A text with anything in it that has no form in the calculus (another branch, a call) is
refused, so that a form cannot hide a case.
"""

from __future__ import annotations

import ast
import functools
import inspect
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Integer, Max, Min, Symbol, ceiling, floor

from convproof.errors import LoweringError
from convproof.lower import runtime

EMPTY = "if hi <= lo:\n    return (slice(0, 0), slice(0, 0))"


@dataclass(frozen=True)
class Slices:
    """The outputs from `lo` to before `hi` of a tap, and of which pixels: start, stop, step."""

    lo: Expr
    hi: Expr
    start: Expr
    stop: Expr
    step: Expr


def span_form(text: str | None = None, **given: Expr) -> Slices:
    """What `runtime.span` computes, where it is not empty, its parameters replaced.

    >>> span_form().lo
    Max(0, ceiling(-offset/stride))
    """
    lo, hi, guard, result = _statements(runtime.span, text, 4)
    names = _parameters(runtime.span)
    bounds = {}
    for name, line in (("lo", lo), ("hi", hi)):
        bounds[name] = _assigned(line, name, names)
    if ast.unparse(guard) != EMPTY:
        raise LoweringError(f"span: {ast.unparse(guard)!r} is not {EMPTY!r}")
    outs, pixels = _tuple(result, "span")
    if ast.unparse(outs) != "slice(lo, hi)":
        raise LoweringError(f"span: the outputs are {ast.unparse(outs)!r}")
    every = [_expression(one, {**names, **bounds}) for one in _sliced(pixels, "span")]
    swap = {names[name]: expr for name, expr in given.items()}
    return Slices(*(one.xreplace(swap) for one in (bounds["lo"], bounds["hi"], *every)))


def taps_form(text: str | None = None, **given: Expr) -> tuple[Expr, Expr]:
    """From which tap to before which `runtime.few_spans` looks, its parameters replaced.

    >>> taps_form()[1]
    Min(taps, floor((fine - offset - 1)/gap) + 1)
    """
    lo, hi, result = _statements(runtime.few_spans.__wrapped__, text, 3)
    names = _parameters(runtime.few_spans.__wrapped__)
    each = "[(tap, *span(gap * tap + offset, stride, coarse, fine)) for tap in range(lo, hi)]"
    if ast.unparse(result) != f"return {each}":
        raise LoweringError(f"few_spans: {ast.unparse(result)!r} is not {each!r}")
    swap = {names[name]: expr for name, expr in given.items()}
    return _assigned(lo, "lo", names).xreplace(swap), _assigned(hi, "hi", names).xreplace(swap)


def _parameters(function: Callable[..., Any]) -> dict[str, Expr]:
    return {name: Symbol(name, integer=True) for name in inspect.signature(function).parameters}


def _statements(function: Callable[..., Any], text: str | None, count: int) -> list[ast.stmt]:
    """The statements after the docstring, so many of them."""
    source = textwrap.dedent(inspect.getsource(function)) if text is None else text
    (defined,) = ast.parse(source).body
    assert isinstance(defined, ast.FunctionDef)
    body = defined.body[1:] if ast.get_docstring(defined) else defined.body
    if len(body) != count:
        raise LoweringError(
            f"{defined.name} has {len(body)} statements: {count} have a closed form"
        )
    return body


def _assigned(line: ast.stmt, name: str, names: Mapping[str, Expr]) -> Expr:
    if not isinstance(line, ast.Assign) or ast.unparse(line.targets[0]) != name:
        raise LoweringError(f"{ast.unparse(line)!r} does not say what {name} is")
    return _expression(line.value, names)


def _tuple(line: ast.stmt, where: str) -> list[ast.expr]:
    if not isinstance(line, ast.Return) or not isinstance(line.value, ast.Tuple):
        raise LoweringError(f"{where}: {ast.unparse(line)!r} gives no pair of slices")
    return line.value.elts


def _sliced(call: ast.expr, where: str) -> list[ast.expr]:
    if not isinstance(call, ast.Call) or ast.unparse(call.func) != "slice" or len(call.args) != 3:
        raise LoweringError(f"{where}: {ast.unparse(call)!r} is no slice of three numbers")
    return call.args


def _expression(node: ast.expr, names: Mapping[str, Expr]) -> Expr:
    """A whole-number expression of Python as one of SymPy."""
    read = functools.partial(_expression, names=names)
    match node:
        case ast.Constant(value=int() as number):
            return Integer(number)
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.UnaryOp(ast.USub(), ast.BinOp(left=left, op=ast.FloorDiv(), right=right)):
            return ceiling(-read(left) / read(right))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -read(operand)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return read(left) + read(right)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return read(left) - read(right)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return read(left) * read(right)
        case ast.BinOp(left=left, op=ast.FloorDiv(), right=right):
            return floor(read(left) / read(right))
        case ast.Call(func=ast.Name(id="max"), args=[_, _, *_] as args, keywords=[]):
            return Max(*map(read, args))
        case ast.Call(func=ast.Name(id="min"), args=[_, _, *_] as args, keywords=[]):
            return Min(*map(read, args))
    raise LoweringError(f"{ast.unparse(node)!r} has no form in the calculus")
