"""A run of an optax transformation on record, equation by equation: see `trace`."""

from __future__ import annotations

import linecache
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from convproof.theory.symmetry.trace import Node, Record

# Equations that only hold a program: it is run in their place.
_CALLS = ("jit", "pjit", "closed_call", "core_call", "custom_jvp_call", "custom_vjp_call")


def recorded(jax: Any, step: Callable[..., Any], state: Any, weight: Any, gradients: Any) -> Record:
    """The run from a weight and a state (jax arrays) along gradients."""
    record = Record()
    leaves, shape = jax.tree.flatten(state)
    values = [weight, *leaves]
    nodes = [_note(record, "the weight", weight, (), "")] + [-1] * len(leaves)
    for gradient in gradients:
        program = jax.make_jaxpr(step)(values[0], gradient, jax.tree.unflatten(shape, values[1:]))
        mine = _note(record, "the gradient", gradient, (), "")
        given = [values[0], gradient, *values[1:]]
        from_nodes = [nodes[0], mine, *nodes[1:]]
        values, nodes = _evaluate(record, program.jaxpr, program.consts, given, from_nodes)
    record.end = nodes[0]
    return record


def _note(record: Record, name: str, value: Any, parents: tuple[int, ...], place: str) -> int:
    array = np.asarray(value)
    if array.dtype.kind not in "fiub":
        return -1
    record.nodes.append(Node(name, place, array.astype(float), parents))
    return len(record.nodes) - 1


def _evaluate(
    record: Record, program: Any, consts: Any, values: list[Any], nodes: list[int]
) -> tuple[list[Any], list[int]]:
    """Run a program's equations in order."""
    known: dict[Any, tuple[Any, int]] = {
        v: (c, -1) for v, c in zip(program.constvars, consts, strict=True)
    }
    known |= dict(zip(program.invars, zip(values, nodes, strict=True), strict=True))

    def read(variable: Any) -> tuple[Any, int]:
        return (variable.val, -1) if hasattr(variable, "val") else known[variable]

    for equation in program.eqns:
        given = [read(v) for v in equation.invars]
        name, inside = equation.primitive.name, _inside(equation.params)
        if name in _CALLS and inside is not None:
            jaxpr, more = getattr(inside, "jaxpr", inside), getattr(inside, "consts", ())
            results, made = _evaluate(
                record, jaxpr, more, [g[0] for g in given], [g[1] for g in given]
            )
        else:
            result = _bind(equation, [g[0] for g in given])
            results = list(result) if equation.primitive.multiple_results else [result]
            parents = tuple(dict.fromkeys(g[1] for g in given if g[1] >= 0))
            made = [_note(record, name, r, parents, _place(equation)) for r in results]
        known |= dict(zip(equation.outvars, zip(results, made, strict=True), strict=True))
    found = [read(v) for v in program.outvars]
    return [f[0] for f in found], [f[1] for f in found]


def _bind(equation: Any, values: list[Any]) -> Any:
    """One equation's result; versions of jax differ in how its parameters are told."""
    told = equation.primitive.get_bind_params(equation.params)
    functions, params = told if isinstance(told, tuple) else ((), told)
    return equation.primitive.bind(*functions, *values, **params)


def _inside(params: Any) -> Any:
    return next(
        (params[key] for key in ("jaxpr", "call_jaxpr", "fun_jaxpr") if key in params), None
    )


def _place(equation: Any) -> str:
    """The line that an equation comes from, if this version of jax tells it."""
    try:
        from jax._src import source_info_util

        frame = source_info_util.user_frame(equation.source_info.traceback)
        file, number = frame.file_name, frame.start_line
    except Exception:  # a private interface, for a comfort: the cause has no line then
        return ""
    text = linecache.getline(file, number).strip()
    return re.sub(r"\s+", " ", f"line {number} of {Path(file).name}: {text}")
