"""IREE on the CPU: JAX writes a convolution or a pool down as StableHLO, IREE compiles and runs it.

What is lowered is what the target "jax" calls, gradients by jax.vjp too; but for those of maxima,
which are StableHLO's select_and_scatter, and that IREE does not take.  IREE makes float32 of
float64 unless it is told not to, as it is here.  Every new shape is a compilation of about a
second: the target's cost is high.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from convproof.conformance.target.libraries import lines_of
from convproof.conformance.target.libraries.jax_ import (
    FUNCTIONS,
    _max_pool_backward,
    _pulled,
    _value,
)
from convproof.conformance.target.target import Target

NEEDS = {"iree": "iree-base-compiler", "jax": "jax"}
EXTRA = "iree"

Array = np.ndarray[Any, Any]

COMPILED: dict[Any, Any] = {}


def _compiled(text: str) -> Any:
    """The function of a program's text."""
    import iree.compiler
    import iree.runtime as run

    if text not in COMPILED:
        options = ["--iree-input-demote-f64-to-f32=false", "--iree-llvmcpu-target-cpu=host"]
        made = iree.compiler.compile_str(
            text, target_backends=["llvm-cpu"], input_type="stablehlo", extra_args=options
        )
        context = run.SystemContext(config=run.Config("local-sync"))
        module = run.VmModule.copy_buffer(context.instance, made)
        context.add_vm_module(module)
        COMPILED[text] = context.modules[module.name].main
    return COMPILED[text]


def _in_jax(
    function: Callable[..., Any], arrays: list[Any], dy: Array | None, *numbers: Any
) -> list[Any]:
    """The function's value, or with `dy` its vector-Jacobian product."""
    import jax

    if dy is not None and any(a is not None and a.dtype.kind in "iub" for a in arrays):
        raise TypeError("JAX has no derivative by integers")
    given = [None if a is None else np.ascontiguousarray(a) for a in arrays]
    flow = [] if dy is None else [np.ascontiguousarray(dy)]
    with jax.enable_x64(True):
        whole = jax.jit(_pulled if flow else _value, static_argnums=(0, 1), keep_unused=True)
        text = whole.lower(function, numbers, given, *flow).as_text()
    found = _compiled(text)(*(a for a in given if a is not None), *flow)
    left = [np.array(a.to_host()) for a in (found if isinstance(found, tuple | list) else [found])]
    return [None if flow and a is None else left.pop(0) for a in given[: None if flow else 1]]


def target() -> Target:
    """IREE as a target."""
    taken = {op: f for op, f in FUNCTIONS.items() if f is not _max_pool_backward}
    return Target(
        "iree",
        spec="iree",
        own_errors=True,
        cost="high",
        conventions={"count_include_pad": True},
        accepts=dict.fromkeys(("conv", "max_pool", "avg_pool"), ("asymmetric_padding",)),
        **lines_of(taken, sys.modules[__name__]),
    )
